// tests/layouts/LAYOUT/*.in are files of that layout, *.out what they hold.
// UPDATE_GOLDEN=1 writes the second anew; the difference is to be reviewed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/layouts/reading_file.h"

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

// The file as a sweep reads it, from opening to records.
std::string readings_of(const Fixture& fixture, std::size_t chunk_bytes) {
  EXPECT_EQ(recognised(fixture.path).name(), fixture.layout->name()) << fixture.path;
  const FileReading file = read_whole_file(*fixture.layout, fixture.path, chunk_bytes);
  EXPECT_TRUE(file.adds_up()) << fixture.path;
  return file.text;
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
