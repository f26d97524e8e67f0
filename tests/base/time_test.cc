#include "classifiers/base/time.h"

#include <gtest/gtest.h>

#include <random>

namespace pantau {
namespace {

TEST(Time, ReadsRfc3339) {
  for (const auto& [text, utc] : std::initializer_list<std::pair<const char*, const char*>>{
           {"2024-11-27T08:00:00+08:00", "2024-11-27T00:00:00Z"},
           {"2024-11-27t08:00:00z", "2024-11-27T08:00:00Z"},
           {"2024-11-27 08:00:00.5-03:30", "2024-11-27T11:30:00.5Z"},
           {"2024-02-29T23:59:60Z", "2024-03-01T00:00:00Z"},
           {"2024-01-01T00:00:00.1234567Z", "2024-01-01T00:00:00.123456Z"},
           {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"}}) {
    const auto instant = parse_rfc3339(text);
    ASSERT_TRUE(instant.has_value()) << text;
    EXPECT_EQ(format_rfc3339(*instant), utc);
  }
}

TEST(Time, RefusesWhatIsNoRfc3339) {
  for (const char* text :
       {"", "2024-11-27", "2024-11-27T08:00:00", "2024-11-27T08:00:00+0800", "2024-11-27T08:00Z",
        "2024-02-30T00:00:00Z", "2024-13-01T00:00:00Z", "2024-01-01T24:00:00Z",
        "2024-01-01T00:60:00Z", "2024-01-01T00:00:61Z", "2024-01-01T00:00:00.Z",
        "2024-01-01T00:00:00+24:00", " 2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z ",
        "24-01-01T00:00:00Z", "Wed Feb 14 23:59:59 +0000 2024", "1707955199"}) {
    EXPECT_FALSE(parse_rfc3339(text).has_value()) << text;
  }
}

// The rule of the first nineteen characters, one after the other.
bool is_second(std::string_view text) {
  constexpr std::string_view kShape = "0000-00-00T00:00:00";
  if (text.size() < kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); i++) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    const bool t = text[i] == 'T' || text[i] == 't' || text[i] == ' ';
    if (kShape[i] == '0' ? !digit : kShape[i] == 'T' ? !t : text[i] != kShape[i]) return false;
  }
  const auto number = [&](std::size_t at, std::size_t size) {
    return std::stoi(std::string(text.substr(at, size)));
  };
  const std::chrono::year_month_day day =
      std::chrono::year(number(0, 4)) / number(5, 2) / number(8, 2);
  return day.ok() && number(11, 2) < 24 && number(14, 2) < 60 && number(17, 2) <= 60;
}

TEST(Time, LooksAtEveryCharacter) {
  std::mt19937_64 random(20241127);
  int good = 0;
  for (int i = 0; i < 200'000; i++) {
    std::string text = "2024-02-28T15:37:05Z";
    for (std::uint64_t changes = random() % 3; changes > 0; changes--) {
      const bool any = random() % 4 == 0;
      text[random() % 19] = any ? static_cast<char>(random()) : "0123456789-:Tt /;"[random() % 17];
    }
    ASSERT_EQ(parse_rfc3339(text).has_value(), is_second(text)) << text;
    good += is_second(text) ? 1 : 0;
  }
  EXPECT_GT(good, 50'000);
}

TEST(Time, KnowsTheDatabasesZones) {
  EXPECT_FALSE(TimeZone::find("Asia/Makasar").has_value());
  const TimeZone makassar = *TimeZone::find("Asia/Makassar");
  const Instant before = *parse_rfc3339("2024-09-21T15:59:59.999999Z");
  EXPECT_EQ(format_day(makassar.day_of(before)), "2024-09-21");
  EXPECT_EQ(format_day(makassar.day_of(before + std::chrono::microseconds(1))), "2024-09-22");
  EXPECT_EQ(makassar.start_of(*parse_day("2024-09-22")), before + std::chrono::microseconds(1));
}

// A day begins at the first instant that has it, also where clocks change at midnight.
TEST(Time, StartOfADayIsItsFirstInstant) {
  for (const char* name : {"Asia/Jakarta", "Asia/Jayapura", "America/New_York", "America/Sao_Paulo",
                           "Europe/Lisbon", "Asia/Beirut", "Pacific/Apia"}) {
    const TimeZone zone = *TimeZone::find(name);
    for (Day day = *parse_day("2011-01-01"); day < *parse_day("2019-12-31");
         day += std::chrono::days(1)) {
      const Instant start = zone.start_of(day);
      ASSERT_GE(zone.day_of(start), day) << name << ' ' << format_day(day);
      ASSERT_LT(zone.day_of(start - std::chrono::microseconds(1)), day)
          << name << ' ' << format_day(day);
    }
  }
}

}  // namespace
}  // namespace pantau
