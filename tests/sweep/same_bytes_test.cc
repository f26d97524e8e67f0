// The same input gives the same bytes, whatever the threads and wherever chunks are cut.
#include <gtest/gtest.h>

#include "tests/sweep/regency.h"

namespace pantau {
namespace {

class SameBytes : public testing::Test {
 protected:
  void SetUp() override {
    expected_ = sweep_to(regency_config(), folder_);
    ASSERT_EQ(expected_.status, 0) << expected_.error;
    ASSERT_GT(std::ranges::count(expected_.flags, '\n'), 100);
    ASSERT_GT(std::ranges::count(expected_.rejects, '\n'), 10);
  }

  Folder folder_;
  Left expected_;
};

TEST_F(SameBytes, ForAnyNumberOfThreads) {
  for (const unsigned threads : {1U, 2U, 3U, 8U}) {
    SweepConfig config = regency_config();
    config.threads = threads;
    config.chunk_limits.chunk_bytes = 20'000;
    EXPECT_EQ(sweep_to(config, folder_), expected_) << threads << " threads";
  }
}

TEST_F(SameBytes, ForAnySizeOfChunks) {
  for (const std::size_t bytes : {64U, 1'000U, 4'096U, 100'003U, 2U << 20}) {
    SweepConfig config = regency_config();
    config.threads = 2;
    config.chunk_limits.chunk_bytes = bytes;
    EXPECT_EQ(sweep_to(config, folder_), expected_) << "chunks of " << bytes << " bytes";
  }
}

TEST_F(SameBytes, WhetherOrNotEveryLineIsCheckedInFull) {
  SweepConfig config = regency_config();
  config.validate = Validate::All;
  EXPECT_EQ(sweep_to(config, folder_).flags, expected_.flags);
}

TEST_F(SameBytes, FromAnIndexAsFromTheRosterItself) {
  SweepConfig config = regency_config();
  const std::string index = folder_ / "roster.index";
  ASSERT_EQ(
      run_program({PANTAU_PROGRAM, "roster", "build", config.roster, "-o", index}, folder_).status,
      0);
  config.roster = index;
  EXPECT_EQ(sweep_to(config, folder_), expected_);
}

// Names and NIP are on the roster and must be nowhere else.
TEST_F(SameBytes, AndNoNameOrNipOfTheRosterAmongThem) {
  const std::string roster = read_file(kRegency + "roster.csv");
  Arena arena;
  CsvRows rows(roster, ',', arena);
  CsvRow row;
  ASSERT_TRUE(rows.next(row));
  const auto column = [&](std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(row.cells, name) - row.cells.begin());
  };
  const std::size_t name = column("name");
  const std::size_t nip = column("nip");
  std::size_t people = 0;
  while (rows.next(row)) {
    ASSERT_EQ(expected_.flags.find(row.cells[name]), std::string::npos) << row.cells[name];
    if (!row.cells[nip].empty()) {
      ASSERT_EQ(expected_.flags.find(row.cells[nip]), std::string::npos);
    }
    people++;
  }
  EXPECT_GT(people, 3'000U);
}

}  // namespace
}  // namespace pantau
