#include "classifiers/base/time.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <bit>
#include <cstdint>
#include <cstring>
#include <stdexcept>

namespace pantau {
namespace {

namespace chrono = std::chrono;

// Reads fixed-width fields from the front of a text; every function says
// whether the text went on as expected.
class Fields {
 public:
  explicit Fields(std::string_view text) : rest_(text) {}

  bool number(std::size_t digits, int& value) {
    if (rest_.size() < digits) return false;
    value = 0;
    for (std::size_t i = 0; i < digits; i++) {
      if (rest_[i] < '0' || rest_[i] > '9') return false;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(digits);
    return true;
  }

  bool any_of(std::string_view characters, char& found) {
    for (const char expected : characters) {
      found = expected;
      if (character(expected)) return true;
    }
    return false;
  }

  bool character(char expected) {
    if (rest_.empty() || rest_.front() != expected) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // ".123456789" to microseconds; further digits are read and dropped.
  bool fraction(int& microseconds) {
    microseconds = 0;
    if (!character('.')) return true;  // there need be none
    int scale = 100'000;
    bool any = false;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      microseconds += (rest_.front() - '0') * scale;
      scale /= 10;
      any = true;
      rest_.remove_prefix(1);
    }
    return any;
  }

  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

bool read_day(Fields& fields, chrono::year_month_day& day) {
  int year;
  int month;
  int number;
  if (!fields.number(4, year) || !fields.character('-') || !fields.number(2, month) ||
      !fields.character('-') || !fields.number(2, number)) {
    return false;
  }
  day = chrono::year(year) / chrono::month(static_cast<unsigned>(month)) /
        chrono::day(static_cast<unsigned>(number));
  return day.ok();
}

// Eight characters at once, as the bytes of a number; what differs from `pattern` remains.
std::uint64_t eight_less(const char* text, const char* pattern) {
  std::uint64_t bytes;
  std::uint64_t expected;
  std::memcpy(&bytes, text, sizeof bytes);
  std::memcpy(&expected, pattern, sizeof expected);
  return bytes ^ expected;
}

// "2024-10-01T08:00:00", of which every part has its place: the begin of nearly every time of an
// archive, and so read without a branch a character. A digit less '0' is below ten, and a
// separator less itself is zero.
constexpr std::size_t kSecondCharacters = 19;
static_assert(std::endian::native == std::endian::little, "the first character is the lowest byte");

bool read_second(std::string_view text, chrono::sys_seconds& second) {
  if (text.size() < kSecondCharacters) return false;
  const char separator = text[10];
  const std::uint64_t date = eight_less(text.data(), "0000-00-");
  const std::uint64_t time = eight_less(text.data() + 11, "00:00:00");
  const std::uint64_t day_digits = eight_less(text.data() + 3, "0-00-00T") >> 40 & 0xFFFF;
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  constexpr std::uint64_t kMoreThanNine = 0x7676767676767676;  // carries into the high bit
  const auto not_digits = [](std::uint64_t bytes) {
    return (bytes | (bytes + kMoreThanNine)) & kHighBits;
  };
  const std::uint64_t wrong = not_digits(date) | not_digits(time) | not_digits(day_digits) |
                              (date & 0xFF0000FF00000000) | (time & 0x0000FF0000FF0000);
  if (wrong != 0 || (separator != 'T' && separator != 't' && separator != ' ')) return false;
  const auto two = [](std::uint64_t bytes, int at) {
    return static_cast<unsigned>((bytes >> at * 8 & 0xFF) * 10 + (bytes >> (at + 1) * 8 & 0xFF));
  };
  const chrono::year_month_day day =
      chrono::year(static_cast<int>(two(date, 0) * 100 + two(date, 2))) /
      chrono::month(two(date, 5)) / chrono::day(two(day_digits, 0));
  const unsigned hours = two(time, 0);
  const unsigned minutes = two(time, 3);
  const unsigned seconds = two(time, 6);
  if (!day.ok() || hours > 23 || minutes > 59 || seconds > 60) return false;
  second = chrono::sys_days(day) + chrono::hours(hours) + chrono::minutes(minutes) +
           chrono::seconds(seconds);
  return true;
}

// The offset from UTC in minutes: "Z", "+08:00", "-03:30".
bool read_offset(Fields& fields, chrono::minutes& offset) {
  char sign;
  if (fields.any_of("Zz", sign)) {
    offset = chrono::minutes(0);
    return true;
  }
  int hours;
  int minutes;
  if (!fields.any_of("+-", sign) || !fields.number(2, hours) || !fields.character(':') ||
      !fields.number(2, minutes) || hours > 23 || minutes > 59) {
    return false;
  }
  offset = chrono::hours(hours) + chrono::minutes(minutes);
  if (sign == '-') offset = -offset;
  return true;
}

}  // namespace

std::optional<Instant> parse_rfc3339(std::string_view text) {
  chrono::sys_seconds second;
  if (!read_second(text, second)) return std::nullopt;
  Fields fields(text.substr(kSecondCharacters));
  int microsecond;
  chrono::minutes offset;
  if (!fields.fraction(microsecond) || !read_offset(fields, offset) || !fields.at_end()) {
    return std::nullopt;
  }
  return second + chrono::microseconds(microsecond) - offset;
}

std::optional<Day> parse_day(std::string_view text) {
  Fields fields(text);
  chrono::year_month_day day;
  if (!read_day(fields, day) || !fields.at_end()) return std::nullopt;
  return chrono::local_days(day);
}

std::string format_day(Day day) {
  const chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string format_rfc3339(Instant instant) {
  const auto day = chrono::floor<chrono::days>(instant);
  const chrono::hh_mm_ss time(instant - day);
  std::string text =
      fmt::format("{}T{:02}:{:02}:{:02}", format_day(Day(day.time_since_epoch())),
                  time.hours().count(), time.minutes().count(), time.seconds().count());
  if (time.subseconds().count() != 0) {
    text += fmt::format(".{:06}", time.subseconds().count());
    text.erase(text.find_last_not_of('0') + 1);
  }
  return text + 'Z';
}

TimeZone TimeZone::utc() {
  return TimeZone(date::locate_zone("Etc/UTC"));
}

Result<TimeZone> TimeZone::find(std::string_view name) {
  try {
    return TimeZone(date::locate_zone(std::string(name)));
  } catch (const std::runtime_error&) {  // the library's way to say that there is none
    return fail(Fault::Config, fmt::format("unknown time zone '{}'", name));
  }
}

Day TimeZone::day_of(Instant instant) const {
  const auto second = chrono::floor<chrono::seconds>(instant);
  const date::sys_info info = zone_->get_info(second);
  return Day(chrono::floor<chrono::days>(second + info.offset).time_since_epoch());
}

Instant TimeZone::start_of(Day day) const {
  const date::local_days local(day.time_since_epoch());
  return Instant(zone_->to_sys(local, date::choose::earliest).time_since_epoch());
}

std::string_view TimeZone::name() const {
  return zone_->name();
}

}  // namespace pantau
