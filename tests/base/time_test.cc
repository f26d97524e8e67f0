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
