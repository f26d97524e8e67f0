#include <random>

#include "pipeline/archive/chunker.h"
#include "tests/archive/archive_fixture.h"

namespace pantau {
namespace {

using CsvChunks = ArchiveTest;

std::vector<std::string> texts_of(const SeenFile& seen) {
  std::vector<std::string> texts;
  for (const SeenRow& row : seen.rows) texts.push_back(row.bytes);
  return texts;
}

using Texts = std::vector<std::string>;

// What the chunker promises: the rows behind the header, where a quote that is
// never closed up to the end or to the limit costs its first physical line.
std::vector<SeenRow> rows_of(std::string_view text, std::size_t row_bytes_max) {
  std::vector<SeenRow> rows;
  const char delimiter = csv_delimiter(text);
  std::uint64_t line = 1;
  bool has_header = false;
  for (std::size_t at = 0; at < text.size();) {
    CsvExtent extent = first_csv_row(text.substr(at), delimiter);
    bool too_long = false;
    if (extent.bytes > row_bytes_max + 1) {
      const std::size_t bytes = first_line_bytes(text.substr(at));
      std::string_view content = text.substr(at, bytes);
      if (content.ends_with('\n')) content.remove_suffix(1);
      if (content.ends_with('\r')) content.remove_suffix(1);
      too_long = content.size() > row_bytes_max;
      extent = {bytes, content.size(), 1, true};
    }
    const std::string_view content = text.substr(at, extent.content);
    if (!is_blank(content)) {
      const std::size_t shown =
          too_long ? std::min(kTooLongSampleBytes, row_bytes_max + 1) : content.size();
      if (has_header) rows.push_back({std::string(content.substr(0, shown)), line, at, too_long});
      has_header = true;
    }
    at += extent.bytes;
    line += extent.lines;
  }
  return rows;
}

const std::vector<std::string>& tricky_texts() {
  static const std::vector<std::string> texts = {
      "",
      "a,b",
      "a,b\n",
      "a,b\n1,2\n3,4",
      "\n\na,b\n\n1,2\n",
      "a,b\r\n1,2\r\n\r\n3,4\r\n",
      "a,b\r1,2\r\r3,4\r",
      "a,b\r1,\"x\ry\"\r3,4",
      "a;b\n\"x,y;\nz\";2\n3;4\n",
      "a\tb\n1\t\"two\nlines\"\n3\t4\n",
      "a,b\n\"say \"\"yes\"\"\n\",2\n3,4\n",
      "a,b\n1,\"never closed\n3,4\n5,6\n",
      "a,b\n1,\"never closed",
      "a,b\n1,\"never closed\n",
      "a,b\n1,\"two\r\n\r\n3,\"\"\r\n5,6\r\n",
      "a,b\n1,x\"y\n3,\"z\"w\"\n",
      "\"a\nname\",b\n1,2\n",
      "a,b\n" + std::string(300, 'x') + ",1\n3,4\n",
      "a,b\n\"" + std::string(60, 'x') + "\n" + std::string(60, 'y') + "\n" + std::string(60, 'z') +
          "\",1\n3,4\n",
      "a,b\r\n" + std::string(199, 'x') + "\r\n" + std::string(200, 'y') + "\r\n3,4\r\n",
  };
  return texts;
}

// Rows whose length is near the limit may fall on either side of it by their
// line end; texts here stay clear of that.
TEST_F(CsvChunks, EveryChunkSizeGivesTheSameRows) {
  for (const std::string& text : tricky_texts()) {
    const InputFile file = write("rows.csv", text);
    const std::vector<SeenRow> expected = rows_of(text, 150);
    for (std::size_t bytes = 1; bytes <= 200; bytes++) {
      const SeenFile seen = see(file, Framing::Csv, {bytes, 150});
      ASSERT_EQ(seen.rows, expected) << bytes << " " << testing::PrintToString(text);
    }
  }
}

TEST_F(CsvChunks, AnyChunkSizeGivesTheSameRowsOfRandomText) {
  std::mt19937 random(2);
  constexpr std::string_view kLetters = "abc,,\"\"\"\n\n\r ;";
  for (int i = 0; i < 3000; i++) {
    std::string text = "a,b\n";
    const std::size_t size = random() % 120;
    for (std::size_t j = 0; j < size; j++) text += kLetters[random() % kLetters.size()];
    const InputFile file = write("rows.csv", text);
    const std::vector<SeenRow> expected = rows_of(text, 1000);
    for (int j = 0; j < 6; j++) {
      const std::size_t bytes = 1 + random() % 60;
      const SeenFile seen = see(file, Framing::Csv, {bytes, 1000});
      ASSERT_EQ(seen.rows, expected) << bytes << " " << testing::PrintToString(text);
    }
  }
}

// With a limit that cuts rows apart it matters only that the cuts do not depend
// on the size of the chunks.
TEST_F(CsvChunks, TheLimitCutsTheSameWayWhateverTheChunks) {
  std::mt19937 random(3);
  constexpr std::string_view kLetters = "abcdefgh,\"\"\n\r\n";
  for (int i = 0; i < 3000; i++) {
    std::string text = "a,b\n";
    const std::size_t size = random() % 200;
    for (std::size_t j = 0; j < size; j++) text += kLetters[random() % kLetters.size()];
    const InputFile file = write("rows.csv", text);
    const SeenFile expected = see(file, Framing::Csv, {20, 20});
    ASSERT_EQ(expected.bytes, text.size() - 4);
    for (int j = 0; j < 6; j++) {
      const std::size_t bytes = 1 + random() % 20;
      const SeenFile seen = see(file, Framing::Csv, {bytes, 20});
      ASSERT_EQ(seen.rows, expected.rows) << bytes << " " << testing::PrintToString(text);
    }
  }
}

TEST_F(CsvChunks, TheHeaderIsApart) {
  const SeenFile seen = see(write("rows.csv",
                                  "\xEF\xBB\xBF"
                                  "a;b\r\n1;2\r\n"),
                            Framing::Csv);
  EXPECT_EQ(seen.header, "a;b");
  EXPECT_EQ(seen.rows, (std::vector<SeenRow>{{"1;2", 2, 8, false}}));
}

TEST_F(CsvChunks, AnUnclosedQuoteCostsOneLine) {
  const SeenFile seen = see(write("rows.csv", "a,b\n1,\"x\n3,4\n5,6\n"), Framing::Csv);
  EXPECT_EQ(texts_of(seen), (Texts{"1,\"x", "3,4", "5,6"}));
  EXPECT_EQ(seen.rows[1].line, 3u);
}

TEST_F(CsvChunks, AnUnclosedQuoteIsGivenUpAtTheLimit) {
  std::string text = "a,b\n1,\"x\n";
  const std::size_t rows = 420000;
  for (std::size_t i = 0; i < rows; i++) text += "1234567890,1234567890,1234567890,1234567890\n";
  text += "\"last\",1\n";
  ASSERT_GT(text.size(), 17u << 20);
  const SeenFile seen = see(write("rows.csv", text), Framing::Csv);
  EXPECT_EQ(seen.rows.size(), rows + 2);
  EXPECT_EQ(seen.rows[0].bytes, "1,\"x");
  EXPECT_EQ(seen.rows.back().bytes, "\"last\",1");
  EXPECT_EQ(seen.rows.back().line, rows + 3);
  EXPECT_GT(seen.chunks, 20u);
}

TEST_F(CsvChunks, ResumeAtEveryPositionGivesTheTailAndTheHeader) {
  std::string text =
      "\xEF\xBB\xBF"
      "a,b\r\n";
  for (int i = 0; i < 50; i++) {
    text += "\"cell\r\n" + std::string(static_cast<std::size_t>(i), 'x') + "\"," + "y\r\n";
  }
  for (const std::string& packed : {text, gzipped(text), zstd_packed(text)}) {
    const InputFile file = write("rows.csv", packed);
    const SeenFile whole = see(file, Framing::Csv, {60, 200});
    ASSERT_GT(whole.positions.size(), 20u);
    for (const FilePosition& from : whole.positions) {
      const SeenFile tail = see(file, Framing::Csv, {77, 200}, from);
      std::vector<SeenRow> expected;
      for (const SeenRow& row : whole.rows) {
        if (row.offset >= from.offset) expected.push_back(row);
      }
      ASSERT_EQ(tail.rows, expected) << from.offset;
      ASSERT_EQ(tail.header, "a,b");
    }
  }
}

}  // namespace
}  // namespace pantau
