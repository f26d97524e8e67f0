#include "pipeline/layouts/mapped_time.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "classifiers/base/toml_reader.h"
#include "pipeline/layouts/item_fields.h"

namespace pantau {
namespace {

// The first three letters of months in English and Indonesian.
constexpr std::array<std::string_view, 15> kMonths = {"jan", "feb", "mar", "apr", "may",
                                                      "jun", "jul", "aug", "sep", "oct",
                                                      "nov", "dec", "mei", "agu", "okt"};
constexpr std::array<int, 15> kMonthNumbers = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 5, 8, 10};

constexpr std::string_view kParts = "YymdHMSbz%";

// The parts of a time as they are found.
struct Clock {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::string_view offset;  // "+0700", "+07:00" or "Z"
};

bool take_number(std::string_view& text, std::size_t digits_max, int& number) {
  std::size_t digits = 0;
  while (digits < std::min(digits_max, text.size()) && text[digits] >= '0' && text[digits] <= '9') {
    digits++;
  }
  std::from_chars(text.data(), text.data() + digits, number);
  text.remove_prefix(digits);
  return digits > 0;
}

bool take_month(std::string_view& text, int& number) {
  std::string name;
  std::size_t letters = 0;
  while (letters < text.size() &&
         ((text[letters] | 0x20) >= 'a' && (text[letters] | 0x20) <= 'z')) {
    if (name.size() < 3) name += static_cast<char>(text[letters] | 0x20);
    letters++;
  }
  text.remove_prefix(letters);
  const auto found = std::ranges::find(kMonths, name);
  if (found == kMonths.end()) return false;
  number = kMonthNumbers[static_cast<std::size_t>(found - kMonths.begin())];
  return true;
}

bool take_offset(std::string_view& text, std::string_view& offset) {
  const std::size_t size = text.starts_with('Z') ? 1 : text.substr(0, 4).ends_with(':') ? 6 : 5;
  if (text.size() < size) return false;
  offset = text.substr(0, size);
  text.remove_prefix(size);
  return true;
}

bool take_part(char part, std::string_view& text, Clock& clock) {
  switch (part) {
    case 'Y':
      return take_number(text, 4, clock.year);
    case 'y':
      if (!take_number(text, 2, clock.year)) return false;
      clock.year += 2000;
      return true;
    case 'm':
      return take_number(text, 2, clock.month);
    case 'd':
      return take_number(text, 2, clock.day);
    case 'H':
      return take_number(text, 2, clock.hour);
    case 'M':
      return take_number(text, 2, clock.minute);
    case 'S':
      return take_number(text, 2, clock.second);
    case 'b':
      return take_month(text, clock.month);
    case 'z':
      return take_offset(text, clock.offset);
    default:
      return text.starts_with('%') && (text.remove_prefix(1), true);
  }
}

bool follow(std::string_view format, std::string_view text, Clock& clock) {
  for (std::size_t i = 0; i < format.size(); i++) {
    if (format[i] == '%' && i + 1 < format.size()) {
      if (!take_part(format[++i], text, clock)) return false;
      continue;
    }
    if (!text.starts_with(format[i])) return false;
    text.remove_prefix(1);
  }
  return text.empty();
}

// When clocks in the zone show what UTC's show at `as_utc`; the first time, where they do so twice.
Instant instant_in(const TimeZone& zone, Instant as_utc) {
  const date::local_time<std::chrono::microseconds> local(as_utc.time_since_epoch());
  const date::time_zone* const there = date::locate_zone(zone.name());
  return Instant(there->to_sys(local, date::choose::earliest).time_since_epoch());
}

bool is_format(std::string_view format) {
  for (std::size_t i = 0; i < format.size(); i++) {
    if (format[i] != '%') continue;
    if (++i == format.size() || kParts.find(format[i]) == std::string_view::npos) return false;
  }
  return true;
}

}  // namespace

MappedTime MappedTime::read(const toml::table& table, Mistakes& mistakes) {
  MappedTime time;
  TomlReader reader(table, "time", mistakes);
  if (const auto format = reader.text("format")) {
    time.format_ = format->text;
    if (!is_format(time.format_)) {
      mistakes.add(format->place, "behind '%' stands one of Y y m d H M S b z %");
    }
  }
  if (const auto name = reader.text("zone")) {
    const Result<TimeZone> zone = TimeZone::find(name->text);
    if (zone) {
      time.zone_ = *zone;
    } else {
      mistakes.add(name->place, zone.error().message);
    }
  }
  reader.finish();
  return time;
}

std::string_view MappedTime::to_rfc3339(std::string_view text, Arena& arena) const {
  if (format_ == "unix") return from_unix_time(text.substr(0, text.find('.')), arena);
  std::string_view format = format_;
  if (format_ == "rfc3339") {
    const std::string_view whole = pantau::to_rfc3339(text, arena);
    if (!whole.empty()) return whole;
    format = text.find('T') == std::string_view::npos ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%dT%H:%M:%S";
  }
  Clock clock;
  if (!follow(format, text, clock)) return {};
  const std::string local =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", clock.year, clock.month, clock.day,
                  clock.hour, clock.minute, clock.second);
  if (!clock.offset.empty()) {
    return pantau::to_rfc3339(arena.keep(local + std::string(clock.offset)), arena);
  }
  const std::optional<Instant> as_utc = parse_rfc3339(local + "Z");
  if (!as_utc) return {};
  return arena.keep(format_rfc3339(instant_in(zone_, *as_utc)));
}

}  // namespace pantau
