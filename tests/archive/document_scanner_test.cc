// The cutter of documents: against documents that are made up item by item, so that it is known
// where each stands; in any pieces, and gone on with from any place.
#include "pipeline/archive/document_scanner.h"

#include <algorithm>
#include <array>

#include "tests/archive/archive_fixture.h"
#include "tests/support/dice.h"
#include "tests/support/seeds.h"

namespace pantau {
namespace {

constexpr std::array<std::string_view, 2> kArrays = {"items[]", "chats.list[].items[]"};

std::vector<std::string> cut(std::string_view text, std::size_t piece = SIZE_MAX) {
  DocumentScanner scanner(kArrays);
  std::vector<DocumentItem> items;
  for (std::size_t at = 0; at < text.size();) {
    at += scanner.scan(text.substr(at, piece), items, SIZE_MAX);
  }
  std::vector<std::string> texts;
  for (const DocumentItem& item : items) {
    texts.emplace_back(text.substr(item.begin, item.end - item.begin));
  }
  return texts;
}

using Texts = std::vector<std::string>;

TEST(DocumentScanner, CutsElementsOfTheArraysThatWereAskedFor) {
  EXPECT_EQ(cut(R"([1, {"a":[]}, "x"])"), (Texts{"1", R"({"a":[]})", R"("x")"}));
  EXPECT_EQ(cut(R"({"n":1,"items":[{"a":1},{"b":"}]"}],"m":[{"c":1}]})"),
            (Texts{R"({"a":1})", R"({"b":"}]"})"}));
  EXPECT_EQ(cut(R"({"chats":{"list":[{"id":1,"items":[7]},{"items":[8,9]}]}})"),
            (Texts{"7", "8", "9"}));
  EXPECT_EQ(cut("[]"), Texts{});
  EXPECT_EQ(cut(R"({"items":[]})"), Texts{});
}

TEST(DocumentScanner, ADocumentWithoutSuchAnArrayIsAnItem) {
  EXPECT_EQ(cut("{\"a\":[1]}\n{\"items\":[2]}\r\n{\"b\":{\"items\":[3]}}"),
            (Texts{"{\"a\":[1]}", "2", "{\"b\":{\"items\":[3]}}"}));
}

TEST(DocumentScanner, WhatIsNoDocumentIsAnItemALine) {
  EXPECT_EQ(cut("oh, no [1]\n{\"a\":1}\n]]\n"), (Texts{"oh, no [1]", "{\"a\":1}", "]]"}));
}

TEST(DocumentScanner, AStringThatIsNotEndedEndsWithItsLine) {
  EXPECT_EQ(cut("[{\"a\":\"cut\n,{\"b\":2}]"), (Texts{"{\"a\":\"cut", "{\"b\":2}"}));
}

TEST(DocumentScanner, SurroundingsAreTheMembersBeforeTheArray) {
  DocumentScanner scanner(kArrays);
  std::vector<DocumentItem> items;
  const std::string_view text =
      R"({"name":"A \"b\"","deep":{"id":7},"id":12,"items":[1],"late":1,"chats":{"list":[{"id":3,"items":[2]}]}})";
  std::vector<std::string> seen;
  for (std::size_t at = 0; at < text.size();) {
    at += scanner.scan(text.substr(at), items, SIZE_MAX);
    if (scanner.surroundings() && (seen.empty() || seen.back() != *scanner.surroundings())) {
      seen.push_back(*scanner.surroundings());
    }
  }
  EXPECT_EQ(seen, (Texts{R"({"name":"A \"b\"","id":12})", R"({"id":3})"}));
}

TEST(DocumentScanner, HostileFramesTakeNoMemory) {
  const std::string deep(1 << 20, '[');
  const std::string keys = "{" + std::string(1 << 20, '"');
  const std::string key = "{\"" + std::string(1 << 20, 'k') + "\":" + std::string(1 << 20, '1');
  for (const std::string& text : {"{\"a\":" + deep, keys, key, "{" + std::string(1 << 20, '}')}) {
    DocumentScanner scanner(kArrays);
    std::vector<DocumentItem> items;
    for (std::size_t at = 0; at < text.size();) {
      at += scanner.scan(std::string_view(text).substr(at), items, SIZE_MAX);
    }
    if (scanner.surroundings()) {
      EXPECT_LE(scanner.surroundings()->size(), kSurroundingsBytesMax);
    }
    SUCCEED();
  }
}

// Documents whose items are known because they were put there.
class RandomDocuments {
 public:
  explicit RandomDocuments(std::uint64_t seed) : dice_(seed) {
    for (std::size_t n = dice_.between(1, 4); n > 0; n--) {
      add_document();
      text += dice_.percent(50) ? "\n" : " ";
    }
  }

  std::string text;
  std::vector<std::pair<std::uint64_t, std::string>> items;  // offset, bytes

 private:
  std::string space() {
    return dice_.percent(70) ? "" : dice_.pick(std::vector<std::string>{" ", "\n", "\r\n  ", "\t"});
  }
  std::string string() {
    static const std::vector<std::string> pieces = {"{", "}", "[", "]",   "\\\"",  "\\\\",   "a",
                                                    ",", ":", "é", "\\n", "items", "\\u0022"};
    std::string made = "\"";
    for (std::size_t n = dice_.below(6); n > 0; n--) made += dice_.pick(pieces);
    return made + "\"";
  }
  std::string value(int depth) {
    const std::size_t what = dice_.below(depth > 3 ? 3 : 5);
    if (what == 0) return string();
    if (what == 1) return dice_.pick(std::vector<std::string>{"0", "-1.5e3", "true", "null"});
    if (what == 2) return dice_.percent(50) ? "{}" : "[]";
    std::string made = what == 3 ? "{" : "[";
    for (std::size_t n = dice_.between(1, 3); n > 0; n--) {
      made += space();
      if (what == 3) made += string() + space() + ":" + space();
      made += value(depth + 1) + space() + (n > 1 ? "," : "");
    }
    return made + (what == 3 ? "}" : "]");
  }
  void add_item() {
    const std::string item = value(0);
    items.emplace_back(text.size(), item);
    text += item;
  }
  void add_array() {
    text += "[" + space();
    for (std::size_t n = dice_.below(5); n > 0; n--) {
      add_item();
      text += space() + (n > 1 ? "," + space() : "");
    }
    text += "]";
  }
  void add_document() {
    const std::size_t what = dice_.below(4);
    if (what == 0) return add_array();
    if (what == 1) {
      items.emplace_back(text.size(), "{\"other\":" + value(1) + "}");
      text += items.back().second;
      return;
    }
    text += "{\"name\":" + string() + "," + space() + "\"frame\":" + value(1) + ",";
    if (what == 2) {
      text += "\"items\" :" + space();
      add_array();
    } else {
      text += "\"chats\":{\"list\":[{\"id\":1,\"items\":";
      add_array();
      text += "},{\"items\":";
      add_array();
      text += "}]}";
    }
    text += space() + (dice_.percent(50) ? ",\"behind\":" + value(1) : "") + "}";
  }

  Dice dice_;
};

TEST(DocumentScanner, FindsWhatWasPutThereInAnyPieces) {
  for (std::uint64_t i = 0; i < worlds_wanted(2000); i++) {
    const RandomDocuments made(first_seed() + i);
    Texts wanted;
    for (const auto& [offset, bytes] : made.items) wanted.push_back(bytes);
    for (const std::size_t piece : {SIZE_MAX, std::size_t{1}, 1 + i % 40}) {
      ASSERT_EQ(cut(made.text, piece), wanted) << "seed " << first_seed() + i << ":\n" << made.text;
    }
  }
}

struct Seen {
  std::uint64_t offset;
  std::uint64_t line;
  std::string bytes;
  std::string around;
  bool operator==(const Seen&) const = default;
};

using Documents = ArchiveTest;

std::vector<Seen> read(const InputFile& file, std::size_t chunk_bytes, FilePosition from,
                       std::vector<FilePosition>* positions, bool* unended = nullptr,
                       std::size_t item_bytes_max = 16 << 20) {
  ChunkerOptions options;
  options.limits = {chunk_bytes, item_bytes_max};
  const auto chunker = std::move(Chunker::open(file, options).value());
  EXPECT_TRUE(chunker->start(Framing::Documents, from, kArrays));
  std::vector<Seen> seen;
  std::uint64_t offset = from.offset;
  while (const std::optional<Chunk> chunk = chunker->next().value()) {
    EXPECT_TRUE(from.offset == 0 || chunk->offset == offset) << "there is no gap";
    offset = chunk->offset + chunk->bytes.size() + chunk->bytes_skipped;
    if (chunk->too_long) seen.push_back({chunk->offset, chunk->line, "(too long)", ""});
    RowIterator rows(*chunk);
    for (Row row; rows.next(row);) {
      seen.push_back({row.offset, row.line, std::string(row.bytes),
                      chunk->surroundings ? *chunk->surroundings : ""});
    }
    if (positions != nullptr) positions->push_back(chunker->position());
  }
  if (unended != nullptr) *unended = chunker->facts().last_unended;
  return seen;
}

TEST_F(Documents, AreTheSameInAnyChunksAndFromAnyPlace) {
  for (std::uint64_t i = 0; i < worlds_wanted(100); i++) {
    const RandomDocuments made(first_seed() + i);
    const InputFile file = write("made.json", i % 2 == 0 ? made.text : "\xEF\xBB\xBF" + made.text);
    const std::vector<Seen> whole = read(file, 1 << 20, {}, nullptr);
    ASSERT_EQ(whole.size(), made.items.size());
    for (std::size_t n = 0; n < whole.size(); n++) {
      ASSERT_EQ(whole[n].bytes, made.items[n].second) << made.text;
      ASSERT_EQ(whole[n].offset, made.items[n].first + (i % 2 == 0 ? 0 : 3));
      ASSERT_EQ(whole[n].line,
                1 + count_line_feeds(std::string_view(made.text).substr(0, made.items[n].first)));
    }
    std::vector<FilePosition> positions;
    ASSERT_EQ(read(file, 1 + i % 30, {}, &positions), whole) << made.text;
    for (const FilePosition& position : positions) {
      std::vector<Seen> rest;
      for (const Seen& one : whole) {
        if (one.offset >= position.offset) rest.push_back(one);
      }
      ASSERT_EQ(read(file, 1 + i % 17, position, nullptr), rest) << made.text;
    }
  }
}

TEST_F(Documents, AnItemAboveTheLimitIsToldAndTheNextIsRead) {
  const std::string text =
      R"({"items":[{"a":1},{"b":")" + std::string(300, 'x') + R"([{","c":[]},{"d":1}],"z":1})";
  const InputFile file = write("long.json", text);
  std::vector<FilePosition> positions;
  bool unended = true;
  const std::vector<Seen> seen = read(file, 20, {}, &positions, &unended, 50);
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_EQ(seen[0].bytes, R"({"a":1})");
  EXPECT_EQ(seen[1].bytes, "(too long)");
  EXPECT_EQ(seen[1].offset, text.find("{\"b"));
  EXPECT_EQ(seen[2].bytes, R"({"d":1})");
  EXPECT_FALSE(unended);
  for (const FilePosition& position : positions) {
    for (const Seen& one : read(file, 20, position, nullptr, nullptr, 50)) {
      EXPECT_GE(one.offset, position.offset);
      EXPECT_TRUE(std::ranges::find(seen, one) != seen.end()) << one.bytes;
    }
  }
}

TEST_F(Documents, OneThatIsCutOffIsTold) {
  for (const std::string_view text : {R"({"items":[{"a":1},{"b)", R"({"items":[{"a":1},)"}) {
    bool unended = false;
    const std::vector<Seen> seen = read(write("cut.json", text), 100, {}, nullptr, &unended);
    EXPECT_TRUE(unended) << text;
    ASSERT_FALSE(seen.empty());
    EXPECT_EQ(seen[0].bytes, R"({"a":1})");
  }
  bool unended = true;
  read(write("whole.json", R"({"items":[{"a":1}]})"), 100, {}, nullptr, &unended);
  EXPECT_FALSE(unended);
}

}  // namespace
}  // namespace pantau
