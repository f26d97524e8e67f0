// The reader of the record format against a library's parser that is asked for each field: the
// same record or the same reason, whatever a line looks like and whatever lines came before it.
#include "tests/support/plain_reader.h"

#include <gtest/gtest.h>

#include "pipeline/layouts/layouts.h"
#include "tests/layouts/reading_text.h"
#include "tests/support/random_lines.h"

namespace pantau {
namespace {

// What one of the two says, as text.
std::string said_plainly(std::string_view line) {
  const PlainReading reading = read_plainly(line);
  return reading.reason.empty() ? to_text(reading.record) : reading.reason;
}

std::string said_by(OneLine& reader, std::string_view line) {
  const Reading reading = reader.read(line, '"');
  return reading.is == Reading::Is::Act ? to_text(plain_record(reader.record()))
                                        : std::string(reading.reason);
}

class Readers {
 public:
  void expect_agreement(const std::string& line) {
    if (read_plainly(line).unsure) return;
    const std::string expected = said_plainly(line);
    OneLine fresh(pantau_layout());
    ASSERT_EQ(said_by(fresh, line), expected) << testing::PrintToString(line);
    ASSERT_EQ(said_by(experienced_, line), expected) << testing::PrintToString(line);
    records_ += expected.find(' ') != std::string::npos ? 1 : 0;
  }

  std::size_t records() const { return records_; }

 private:
  OneLine experienced_{pantau_layout()};
  std::size_t records_ = 0;
};

constexpr std::uint64_t kSeeds = 150;
constexpr std::size_t kLines = 120;

// `damage_percent` of the lines are damaged.
void compare(std::size_t damage_percent, std::size_t& records) {
  for (std::uint64_t seed = 1; seed <= kSeeds; seed++) {
    Dice dice(seed);
    RandomWorld world(seed);
    std::vector<RandomWriter> writers;
    const std::size_t count = dice.between(1, 4);
    for (std::size_t i = 0; i < count; i++) writers.emplace_back(dice, dice.percent(50));
    Readers readers;
    for (std::size_t i = 0; i < kLines; i++) {
      const PlainRecord record = random_details(dice, world.record());
      std::string line = writers[dice.below(writers.size())].line(record);
      if (dice.percent(damage_percent)) line = damaged(dice, line);
      readers.expect_agreement(line);
      if (testing::Test::HasFatalFailure()) FAIL() << "seed " << seed << ", line " << i;
    }
    records += readers.records();
  }
}

TEST(PlainReader, AgreesOnLinesOfManyWriters) {
  std::size_t records = 0;
  compare(0, records);
  EXPECT_GT(records, kSeeds * kLines * 8 / 10);
}

TEST(PlainReader, AgreesOnDamagedLines) {
  std::size_t records = 0;
  compare(70, records);
  EXPECT_GT(records, kSeeds * kLines / 4);
  EXPECT_LT(records, kSeeds * kLines * 9 / 10);
}

// What a record is made of comes back, so the two cannot agree on nothing.
TEST(PlainReader, ReadsWhatAWriterWrote) {
  for (std::uint64_t seed = 1; seed <= kSeeds; seed++) {
    Dice dice(seed);
    RandomWorld world(seed);
    RandomWriter writer(dice, false);
    for (int i = 0; i < 30; i++) {
      const PlainRecord record = random_details(dice, world.record());
      const PlainReading reading = read_plainly(writer.line(record));
      if (!reading.reason.empty()) continue;  // a target that is a must may be missing
      ASSERT_EQ(to_text(reading.record), to_text(record)) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace pantau
