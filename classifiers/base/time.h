// Instants, calendar days and time zones.
//
// The time zones are the system's (package tzdata), read through Howard
// Hinnant's date library, because neither compiler of Debian 12 has the time
// zone part of C++20. Nothing here reads the clock.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "classifiers/base/result.h"

namespace date {
class time_zone;
}

namespace pantau {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;

// A calendar day somewhere on Earth, without saying where.
using Day = std::chrono::local_days;

// "2024-11-27T08:00:00+08:00" (RFC 3339: an offset is a must, 'T' may be 't' or
// a blank, a leap second counts as the second after it). Nothing for any other text.
std::optional<Instant> parse_rfc3339(std::string_view text);

// "2024-11-27". Nothing for any other text or a day that does not exist.
std::optional<Day> parse_day(std::string_view text);

// "2024-11-27T00:00:00.5Z": UTC, with as many decimals as are needed.
std::string format_rfc3339(Instant instant);

// "2024-11-27"
std::string format_day(Day day);

// A zone of the IANA database. Copied freely; all functions are thread-safe.
class TimeZone {
 public:
  static TimeZone utc();

  // By name, "Asia/Makassar"; an error for a name that the database lacks.
  static Result<TimeZone> find(std::string_view name);

  // The day that people there have at `instant`.
  Day day_of(Instant instant) const;

  // The first instant at which people there have `day` or a later one.
  Instant start_of(Day day) const;

  std::string_view name() const;

 private:
  explicit TimeZone(const date::time_zone* zone) : zone_(zone) {}
  const date::time_zone* zone_;  // owned by the library, for ever
};

}  // namespace pantau
