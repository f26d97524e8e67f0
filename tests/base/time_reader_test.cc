#include "classifiers/base/time_reader.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace pantau {
namespace {

TEST(TimeReader, ReadsWhatIsReadWithoutMemory) {
  std::mt19937_64 random(20241128);
  TimeReader reader;
  const std::string_view ends[] = {"Z",      "z",         ".5Z",    ".123Z",  ".12Z",  ".1234567Z",
                                   "+08:00", "-03:30",    "+24:00", "+08:60", "+0800", ".123+07:00",
                                   "",       ".123456Z ", "+08:0a", ".a23Z",  "=08:00"};
  int good = 0;
  for (int i = 0; i < 300'000; i++) {
    std::string text = "2024-02-28T15:37:05";
    text[3] = static_cast<char>('0' + random() % 10);
    text[6] = static_cast<char>('0' + random() % 10);
    text[8] = static_cast<char>('0' + random() % 4);
    text[9] = static_cast<char>('0' + random() % 10);
    text[17] = static_cast<char>('0' + random() % 7);
    for (std::uint64_t changes = random() % 3; changes > 1; changes--) {
      const bool any = random() % 4 == 0;
      text[random() % 19] = any ? static_cast<char>(random()) : "0123456789-:Tt /;"[random() % 17];
    }
    text += ends[random() % std::size(ends)];
    const std::optional<Instant> expected = parse_rfc3339(text);
    ASSERT_EQ(reader.read(text), expected) << text;
    good += expected ? 1 : 0;
  }
  EXPECT_GT(good, 50'000);
}

TEST(TimeReader, TakesNothingForADayThatItHasNotRead) {
  for (const char filler : {'\0', '\1', '\xFF', '0'}) {
    TimeReader reader;
    EXPECT_FALSE(reader.read(std::string(10, filler) + "T00:00:00Z").has_value());
  }
}

}  // namespace
}  // namespace pantau
