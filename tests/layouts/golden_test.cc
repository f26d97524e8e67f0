// tests/layouts/LAYOUT/*.in are files of that layout, *.out what they hold.
// UPDATE_GOLDEN=1 writes the second anew; the difference is to be reviewed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "pipeline/archive/chunker.h"
#include "pipeline/archive/rows.h"
#include "tests/layouts/reading_text.h"

namespace pantau {
namespace {

namespace fs = std::filesystem;

struct Fixture {
  const Layout* layout;
  fs::path path;
};

std::vector<Fixture> all_fixtures() {
  std::vector<Fixture> fixtures;
  for (const Layout* const layout : all_layouts()) {
    const fs::path folder = fs::path(PANTAU_SOURCE_DIR) / "tests/layouts" / layout->name();
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() == ".in") fixtures.push_back({layout, entry.path()});
    }
  }
  std::ranges::sort(fixtures, {}, &Fixture::path);
  return fixtures;
}

std::string contents(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

// The file as a sweep reads it, from opening to records.
std::string readings_of(const Fixture& fixture, std::size_t chunk_bytes) {
  InputFile file;
  file.name = file.path = fixture.path.string();
  ChunkerOptions options;
  options.limits.chunk_bytes = chunk_bytes;
  const auto chunker = std::move(Chunker::open(file, options).value());
  EXPECT_EQ(recognise_layout(chunker->head()).name(), fixture.layout->name());
  EXPECT_TRUE(chunker->start(fixture.layout->framing()));
  const auto reader = std::move(fixture.layout->make_reader(chunker->header()).value());
  std::string text;
  while (true) {
    const std::optional<Chunk> chunk = chunker->next().value();
    if (!chunk) return text;
    Arena arena;
    RowIterator rows(*chunk);
    Row row;
    while (rows.next(row)) {
      Record record;
      const Reading reading = reader->read(row.bytes, record, arena);
      text += std::to_string(row.line) + ": " + text_of(reading, record);
    }
  }
}

TEST(Golden, FixturesReadAsTheyShould) {
  const std::vector<Fixture> fixtures = all_fixtures();
  ASSERT_GE(fixtures.size(), 3u);
  for (const Fixture& fixture : fixtures) {
    fs::path out = fixture.path;
    out.replace_extension(".out");
    const std::string text = readings_of(fixture, 512 * 1024);
    if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(out, std::ios::binary) << text;
    EXPECT_EQ(text, contents(out)) << fixture.path;
    EXPECT_EQ(readings_of(fixture, 1), text) << fixture.path << ", line by line";
  }
}

}  // namespace
}  // namespace pantau
