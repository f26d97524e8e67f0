// Ids and times are read eight characters at once; regular expressions read them here.
#include <gtest/gtest.h>

#include "classifiers/base/time.h"
#include "classifiers/model/record.h"
#include "tests/support/dice.h"
#include "tests/support/plain_reader.h"

namespace pantau {
namespace {

std::string some_of(Dice& dice, std::string_view characters, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; i++) text += characters[dice.below(characters.size())];
  return text;
}

// Mostly digits, with one or two other characters at any place.
TEST(Values, IdsAreDamagedWhereACalculatedNumberStands) {
  Dice dice(1);
  std::size_t damaged = 0;
  for (int i = 0; i < 300'000; i++) {
    std::string id = some_of(dice, "0123456789", dice.below(40));
    const std::size_t others = dice.below(4);
    for (std::size_t k = 0; k < others; k++) {
      id.insert(dice.below(id.size() + 1), some_of(dice, ".,eE+-_x /:\x80", 1));
    }
    if (dice.percent(20)) id += "E+" + some_of(dice, "0123456789", dice.between(1, 4));
    ASSERT_EQ(is_damaged_id(id), is_plainly_damaged(id)) << id;
    damaged += is_plainly_damaged(id) ? 1 : 0;
  }
  EXPECT_GT(damaged, 10'000U);
}

void expect_same(const std::string& text) {
  const std::optional<Instant> expected = plain_time(text);
  const std::optional<Instant> found = parse_rfc3339(text);
  ASSERT_EQ(found.has_value(), expected.has_value()) << testing::PrintToString(text);
  if (expected) {
    ASSERT_EQ(*found, *expected) << text;
  }
}

// A time, and each of its characters any other one.
TEST(Values, TimesAreTimesWhateverCharacterIsOdd) {
  for (const std::string time : {"2024-11-27T08:59:09Z", "2000-02-29t23:59:60.123456789+23:59",
                                 "1999-12-31 00:00:00.5-00:01"}) {
    expect_same(time);
    for (std::size_t at = 0; at < time.size(); at++) {
      for (int c = 0; c < 256; c++) {
        std::string other = time;
        other[at] = static_cast<char>(c);
        expect_same(other);
        if (HasFatalFailure()) return;
      }
      expect_same(time.substr(0, at));
      expect_same(time.substr(at));
      expect_same(std::string(time).insert(at, "0"));
      expect_same(std::string(time).erase(at, 1));
      if (HasFatalFailure()) return;
    }
  }
}

TEST(Values, TimesOfEveryDayAndSecond) {
  Dice dice(2);
  std::size_t times = 0;
  for (int i = 0; i < 200'000; i++) {
    const auto two = [&](std::size_t below) {
      const std::size_t number = dice.percent(95) ? dice.below(below) : dice.below(100);
      return std::to_string(number / 10) + std::to_string(number % 10);
    };
    std::string text = some_of(dice, "012", 1) + some_of(dice, "0123456789", 3) + "-" + two(13) +
                       "-" + two(32) + "T" + two(24) + ":" + two(60) + ":" + two(61);
    if (dice.percent(30)) text += "." + some_of(dice, "0123456789", dice.below(10));
    text += dice.percent(40) ? "Z" : some_of(dice, "+-", 1) + two(24) + ":" + two(60);
    expect_same(text);
    if (HasFatalFailure()) return;
    times += plain_time(text) ? 1 : 0;
  }
  EXPECT_GT(times, 100'000U);
}

}  // namespace
}  // namespace pantau
