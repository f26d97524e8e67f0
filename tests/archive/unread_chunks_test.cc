// Chunks that are left to be read by others are those that the chunker would have read itself.
#include <random>

#include "tests/archive/archive_fixture.h"

namespace pantau {
namespace {

using UnreadChunks = ArchiveTest;

struct SeenLate {
  std::vector<SeenRow> rows;
  std::size_t unread = 0;
  std::size_t chunks = 0;
  std::string error;
  FileFacts facts;
};

// As see() in archive_fixture.h, but each chunk is read behind its back, and then numbered.
SeenLate see_late(const InputFile& file, ChunkLimits limits, FilePosition from = {}) {
  SeenLate late;
  ChunkerOptions options;
  options.limits = limits;
  options.leaves_unread = true;
  const auto chunker = Chunker::open(file, options);
  EXPECT_TRUE(chunker && (*chunker)->start(Framing::Lines, from));
  std::uint64_t lines = 0;
  for (;;) {
    Result<std::optional<Chunk>> next = (*chunker)->next();
    if (!next) late.error = next.error().message;
    if (!next || !*next) break;
    Chunk& chunk = **next;
    const bool is_unread = chunk.unread.file != nullptr;
    const std::size_t announced = chunk.unread.bytes;
    EXPECT_TRUE(read_chunk(chunk));
    chunk.line += lines;
    if (is_unread) {
      EXPECT_EQ(chunk.bytes.size(), announced);
      lines += chunk.lines;
    }
    SeenFile seen;
    add_rows(chunk, seen);
    late.rows.insert(late.rows.end(), seen.rows.begin(), seen.rows.end());
    late.unread += is_unread ? 1 : 0;
    late.chunks++;
  }
  late.facts = (*chunker)->facts();
  return late;
}

std::string random_text(std::mt19937& random) {
  std::string text = random() % 4 == 0 ? "\xEF\xBB\xBF" : "";
  const std::size_t lines = random() % 60;
  for (std::size_t line = 0; line < lines; line++) {
    text.append(random() % 5 == 0 ? random() % 150 : random() % 20, "ab \r{"[random() % 5]);
    if (line + 1 < lines || random() % 2 == 0) text += '\n';
  }
  return text;
}

TEST_F(UnreadChunks, HaveTheSameLinesWhateverTheSize) {
  std::mt19937 random(7);
  std::size_t unread = 0;
  for (int i = 0; i < 300; i++) {
    const InputFile file = write("lines.ndjson", random_text(random));
    for (int j = 0; j < 8; j++) {
      const ChunkLimits limits{1 + random() % 200, 100};
      const SeenFile seen = see(file, Framing::Lines, limits);
      const SeenLate late = see_late(file, limits);
      ASSERT_EQ(late.rows, seen.rows) << limits.chunk_bytes;
      ASSERT_EQ(late.facts.last_unended, seen.facts.last_unended);
      unread += late.unread;
    }
  }
  EXPECT_GT(unread, 1000U) << "too few for this to be a test";
}

TEST_F(UnreadChunks, GoOnFromAnyPosition) {
  std::string text;
  for (int i = 0; i < 3000; i++) text += "line " + std::to_string(i) + '\n';
  const InputFile file = write("lines.ndjson", text);
  const ChunkLimits limits{512, 4096};
  const SeenFile whole = see(file, Framing::Lines, limits);
  for (const FilePosition& from : whole.positions) {
    const SeenLate late = see_late(file, limits, from);
    const SeenFile seen = see(file, Framing::Lines, limits, from);
    ASSERT_EQ(late.rows, seen.rows) << from.offset;
  }
}

TEST_F(UnreadChunks, AreNearlyAllOfALargeFileAndNoneOfAPackedOne) {
  std::string text;
  for (int i = 0; i < 30'000; i++) text += "line " + std::to_string(i) + '\n';
  const ChunkLimits limits{4096, 1 << 20};
  const SeenLate plain = see_late(write("plain", text), limits);
  EXPECT_GE(plain.unread + 3, plain.chunks);
  EXPECT_EQ(plain.rows.size(), 30'000U);
  EXPECT_EQ(see_late(write("packed", gzipped(text)), limits).unread, 0U);
}

TEST_F(UnreadChunks, OfAFileThatShrinksAreAnError) {
  const InputFile file = write("lines.ndjson", std::string(100'000, '\n'));
  ChunkerOptions options;
  options.limits = {4096, 1 << 20};
  options.leaves_unread = true;
  const auto chunker = Chunker::open(file, options);
  ASSERT_TRUE(chunker && (*chunker)->start(Framing::Lines));
  Result<std::optional<Chunk>> first = (*chunker)->next();
  ASSERT_TRUE(first && *first);
  std::filesystem::resize_file(path("lines.ndjson"), 1000);
  const Status read = read_chunk(**first);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().fault, Fault::Source);
  EXPECT_EQ(read.error().message, "lines.ndjson: it is shorter than it was (at byte 1000)");
}

}  // namespace
}  // namespace pantau
