#include "pipeline/archive/chunker.h"

#include <atomic>
#include <mutex>
#include <random>
#include <thread>

#include "tests/archive/archive_fixture.h"

namespace pantau {
namespace {

using Chunks = ArchiveTest;

// What the chunker promises, computed in the most obvious way.
std::vector<SeenRow> lines_of(std::string_view text, std::size_t line_bytes_max) {
  std::vector<SeenRow> rows;
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  for (std::uint64_t line = 1; at < text.size(); line++) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view bytes = text.substr(at, end - at);
    if (bytes.size() > line_bytes_max) {
      const std::size_t shown = std::min(kTooLongSampleBytes, line_bytes_max + 1);
      rows.push_back({std::string(bytes.substr(0, shown)), line, at, true});
    } else if (!is_blank(bytes)) {
      rows.push_back({std::string(bytes), line, at, false});
    }
    at = end + 1;
  }
  return rows;
}

const std::vector<std::string>& tricky_texts() {
  static const std::vector<std::string> texts = {
      "",
      "\n",
      "a",
      "a\n",
      "\n\n\na\n\n",
      "{\"a\":1}\n{\"b\":2}\n{\"c\":3}",
      "one\r\ntwo\r\n\r\nthree\r\n",
      "\xEF\xBB\xBF",
      "\xEF\xBB\xBF"
      "a\nb\n",
      "\xEF\xBB",
      "a\n\xEF\xBB\xBF"
      "b\n",
      std::string(150, 'x') + "\n" + std::string(151, 'y') + "\nz\n" + std::string(400, 'w'),
      std::string(152, 'x'),
      std::string(500, 'x') + "\n" + std::string(500, 'y') + "\n",
      "a\rb\rc\n\rd",
  };
  return texts;
}

TEST_F(Chunks, EveryChunkSizeGivesTheSameLines) {
  for (const std::string& text : tricky_texts()) {
    const InputFile file = write("lines.ndjson", text);
    const std::vector<SeenRow> expected = lines_of(text, 150);
    for (std::size_t bytes = 1; bytes <= 200; bytes++) {
      const SeenFile seen = see(file, Framing::Lines, {bytes, 150});
      ASSERT_EQ(seen.rows, expected) << bytes << " " << testing::PrintToString(text);
      ASSERT_EQ(seen.bytes, text.size() - (text.starts_with("\xEF\xBB\xBF") ? 3 : 0));
    }
  }
}

std::string random_lines(std::mt19937& random) {
  std::string text;
  const std::size_t lines = random() % 30;
  for (std::size_t line = 0; line < lines; line++) {
    const std::size_t size = random() % 4 == 0 ? random() % 120 : random() % 12;
    for (std::size_t i = 0; i < size; i++) text += "ab \r{}"[random() % 6];
    if (line + 1 < lines || random() % 2 == 0) text += '\n';
  }
  return text;
}

TEST_F(Chunks, AnyChunkSizeGivesTheSameLinesOfRandomText) {
  std::mt19937 random(1);
  for (int i = 0; i < 400; i++) {
    const std::string text = random_lines(random);
    const InputFile file = write("lines.ndjson", text);
    const std::vector<SeenRow> expected = lines_of(text, 64);
    for (int j = 0; j < 8; j++) {
      const std::size_t bytes = 1 + random() % 100;
      const SeenFile seen = see(file, Framing::Lines, {bytes, 64});
      ASSERT_EQ(seen.rows, expected) << bytes << " " << testing::PrintToString(text);
    }
  }
}

TEST_F(Chunks, ResumeAtEveryPositionGivesTheTail) {
  std::string text = "\xEF\xBB\xBF";
  for (int i = 0; i < 60; i++)
    text += std::string(static_cast<std::size_t>(i * 7 % 90), 'a') + "\n";
  text += "the end";
  for (const std::string& packed : {text, gzipped(text), zstd_packed(text), bzip2_packed(text)}) {
    const InputFile file = write("resume", packed);
    const SeenFile whole = see(file, Framing::Lines, {37, 64});
    ASSERT_GT(whole.positions.size(), 20u);
    for (const FilePosition& from : whole.positions) {
      const SeenFile tail = see(file, Framing::Lines, {50, 64}, from);
      std::vector<SeenRow> expected;
      for (const SeenRow& row : whole.rows) {
        if (row.offset >= from.offset) expected.push_back(row);
      }
      ASSERT_EQ(tail.rows, expected) << from.offset;
      ASSERT_EQ(tail.error, "");
    }
  }
}

TEST_F(Chunks, ResumeFarBehindTheHead) {
  std::string text;
  for (int i = 0; i < 30000; i++) text += "line " + std::to_string(i) + "\n";
  for (const std::string& packed : {text, gzipped(text)}) {
    const InputFile file = write("resume", packed);
    const SeenFile whole = see(file, Framing::Lines, {20000, 64000});
    const FilePosition from = whole.positions[whole.positions.size() - 3];
    ASSERT_GT(from.offset, kHeadBytesMax);
    const SeenFile tail = see(file, Framing::Lines, {20000, 64000}, from);
    ASSERT_FALSE(tail.rows.empty());
    EXPECT_EQ(tail.rows.front().offset, from.offset);
    EXPECT_EQ(tail.rows.front().line, from.line);
    EXPECT_EQ(tail.rows.back(), whole.rows.back());
  }
}

TEST_F(Chunks, ResumeInAFileThatShrankIsAnError) {
  const std::string text = "one\ntwo\n";
  for (const std::string& packed : {text, gzipped(text)}) {
    const SeenFile seen = see(write("short", packed), Framing::Lines, {}, {100, 9});
    EXPECT_EQ(seen.error.substr(0, 34), "short: it is 92 bytes shorter than") << seen.error;
  }
}

TEST_F(Chunks, AHugeLineIsSkippedInBoundedMemory) {
  std::string text = "before\n";
  text += std::string(40u << 20, 'x');
  text += "\nafter\n";
  const InputFile file = write("huge.ndjson.gz", gzipped(text));
  const SeenFile seen = see(file, Framing::Lines);
  ASSERT_EQ(seen.rows.size(), 3u);
  EXPECT_EQ(seen.rows[1].too_long, true);
  EXPECT_EQ(seen.rows[1].bytes, std::string(kTooLongSampleBytes, 'x'));
  EXPECT_EQ(seen.rows[2], (SeenRow{"after", 3, 7 + (40u << 20) + 1, false}));
  EXPECT_EQ(seen.bytes, text.size());
}

TEST_F(Chunks, ALongLineWithinTheLimitIsWhole) {
  const std::string text = "a\n" + std::string(3u << 20, 'x') + "\nb\n";
  const SeenFile seen = see(write("long.ndjson", text), Framing::Lines);
  ASSERT_EQ(seen.rows.size(), 3u);
  EXPECT_EQ(seen.rows[1].bytes.size(), 3u << 20);
  EXPECT_FALSE(seen.rows[1].too_long);
}

TEST_F(Chunks, BuffersAreUsedAgain) {
  std::string text;
  for (int i = 0; i < 20000; i++) text += "{\"line\":" + std::to_string(i) + "}\n";
  const InputFile file = write("many.ndjson", text);
  ChunkerOptions options;
  options.limits.chunk_bytes = 4096;
  options.pool = BufferPool::make(4096);
  auto chunker = Chunker::open(file, options);
  ASSERT_TRUE(chunker);
  ASSERT_TRUE((*chunker)->start(Framing::Lines));
  std::size_t chunks = 0;
  while (true) {
    auto chunk = (*chunker)->next();
    ASSERT_TRUE(chunk);
    if (!*chunk) break;
    chunks++;
  }
  EXPECT_GT(chunks, 60u);
  EXPECT_LE(options.pool->buffers_made(), 3u);
}

TEST_F(Chunks, MayBeReadOnOtherThreads) {
  std::string text;
  for (int i = 0; i < 50000; i++) text += "{\"line\":" + std::to_string(i) + "}\n";
  const InputFile file = write("many.ndjson", text);
  ChunkerOptions options;
  options.limits.chunk_bytes = 4096;
  auto opened = Chunker::open(file, options);
  ASSERT_TRUE(opened && (*opened)->start(Framing::Lines));
  std::unique_ptr<Chunker> chunker = *std::move(opened);
  std::mutex mutex;  // of the chunker
  std::atomic<std::uint64_t> rows = 0;
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < 4; i++) {
      workers.emplace_back([&] {
        while (true) {
          std::optional<Chunk> chunk;
          {
            const std::lock_guard lock(mutex);
            chunk = chunker ? chunker->next().value() : std::nullopt;
            if (!chunk) chunker.reset();  // the last chunks outlive it and its pool
          }
          if (!chunk) return;
          RowIterator iterator(*chunk);
          Row row;
          while (iterator.next(row)) rows++;
        }
      });
    }
  }
  EXPECT_EQ(rows, 50000u);
}

TEST_F(Chunks, ThePaddingMayBeRead) {
  const std::string text = "a\n" + std::string(500, 'b') + "\nc";
  const InputFile file = write("padding", text);
  for (std::size_t bytes = 1; bytes < 600; bytes += 7) {
    ChunkerOptions options;
    options.limits.chunk_bytes = bytes;
    auto chunker = Chunker::open(file, options);
    ASSERT_TRUE(chunker && (*chunker)->start(Framing::Lines));
    while (true) {
      auto chunk = (*chunker)->next();
      ASSERT_TRUE(chunk);
      if (!*chunk) break;
      const std::string_view with_padding((*chunk)->bytes.data(),
                                          (*chunk)->bytes.size() + kChunkPaddingBytes);
      EXPECT_EQ(std::string(with_padding).size(), with_padding.size());  // read under ASan
    }
  }
}

TEST_F(Chunks, TellsWhatIsOddAboutAFile) {
  const auto facts = [this](std::string_view bytes) {
    return see(write("odd", bytes), Framing::Lines).facts;
  };
  EXPECT_TRUE(facts("").empty);
  EXPECT_TRUE(facts("\xEF\xBB\xBF").empty);
  EXPECT_TRUE(facts(gzipped("")).empty);
  EXPECT_FALSE(facts("\n").empty);
  EXPECT_TRUE(facts("a").last_unended);
  EXPECT_FALSE(facts("a\n").last_unended);
  EXPECT_EQ(facts("a\n").not_text, "");
  EXPECT_EQ(facts(std::string("\xFF\xFE{\0", 4)).not_text, "UTF-16 text");
  EXPECT_EQ(facts(std::string("{\0\"\0", 4)).not_text, "binary data");
  EXPECT_EQ(facts("PK\x03\x04zip").not_text, "a ZIP archive (or an office document)");
  EXPECT_EQ(facts("SQLite format 3").not_text, "an SQLite database");
  EXPECT_EQ(facts("%PDF-1.7").not_text, "a PDF document");
  EXPECT_EQ(facts("\x89PNG\r\n").not_text, "a PNG image");
}

TEST_F(Chunks, TheHeadHasNoByteOrderMarkAndAnEnd) {
  const std::string text = "\xEF\xBB\xBF" + std::string(200000, 'a');
  auto chunker = Chunker::open(write("head", text));
  ASSERT_TRUE(chunker);
  EXPECT_EQ((*chunker)->head(), std::string(kHeadBytesMax - 3, 'a'));
}

TEST_F(Chunks, AMissingFileIsAnError) {
  const SeenFile seen = see(input("nowhere"), Framing::Lines);
  EXPECT_EQ(seen.error, "nowhere: cannot open: No such file or directory");
}

}  // namespace
}  // namespace pantau
