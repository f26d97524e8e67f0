#include "classifiers/base/time_reader.h"

#include <bit>
#include <cstring>

namespace pantau {
namespace {

namespace chrono = std::chrono;

static_assert(std::endian::native == std::endian::little, "the first character is the lowest byte");

constexpr std::size_t kDayCharacters = 10;
constexpr std::size_t kSecondCharacters = 19;  // "2024-10-01T08:00:00"

template <class Word>
Word load(const char* text) {
  Word word;
  std::memcpy(&word, text, sizeof word);
  return word;
}

// Whether each byte is one of the digits, of eight or of as many as `bytes` has.
bool are_digits(std::uint64_t bytes_less_zero) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  constexpr std::uint64_t kMoreThanNine = 0x7676767676767676;  // carries into the high bit
  return ((bytes_less_zero | (bytes_less_zero + kMoreThanNine)) & kHighBits) == 0;
}

unsigned two_digits(std::uint64_t bytes_less_zero, int at) {
  const std::uint64_t both = bytes_less_zero >> at * 8;
  return static_cast<unsigned>((both & 0xFF) * 10 + (both >> 8 & 0xFF));
}

// "08:00:00" as seconds, or nothing; its end may be a leap second.
std::optional<chrono::seconds> time_of_day(const char* text) {
  const std::uint64_t time = load<std::uint64_t>(text) ^ 0x30303A30303A3030;
  constexpr std::uint64_t kColons = 0x0000FF0000FF0000;
  if ((time & kColons) != 0 || !are_digits(time)) return std::nullopt;
  const unsigned hours = two_digits(time, 0);
  const unsigned minutes = two_digits(time, 3);
  const unsigned seconds = two_digits(time, 6);
  if (hours > 23 || minutes > 59 || seconds > 60) return std::nullopt;
  return chrono::seconds((hours * 60 + minutes) * 60 + seconds);
}

// What stands behind the second in nearly all archives.
struct Rest {
  chrono::milliseconds fraction{0};
  chrono::minutes offset{0};
};

// "Z", ".123Z" or "+08:00"; nothing for anything else, which may be sound.
std::optional<Rest> common_rest(std::string_view rest) {
  Rest result;
  if (rest.size() == 1) {
    if (rest[0] != 'Z') return std::nullopt;
    return result;
  }
  if (rest.size() == 5 && rest[0] == '.' && rest[4] == 'Z') {
    const std::uint64_t digits = load<std::uint32_t>(rest.data() + 1) ^ 0x5A303030;
    if (!are_digits(digits)) return std::nullopt;
    result.fraction = chrono::milliseconds((digits & 0xFF) * 100 + (digits >> 8 & 0xFF) * 10 +
                                           (digits >> 16 & 0xFF));
    return result;
  }
  if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':') return std::nullopt;
  const std::uint64_t hours = load<std::uint16_t>(rest.data() + 1) ^ 0x3030;
  const std::uint64_t minutes = load<std::uint16_t>(rest.data() + 4) ^ 0x3030;
  if (!are_digits(hours) || !are_digits(minutes)) return std::nullopt;
  const unsigned hour = two_digits(hours, 0);
  const unsigned minute = two_digits(minutes, 0);
  if (hour > 23 || minute > 59) return std::nullopt;
  result.offset = chrono::minutes(hour * 60 + minute);
  if (rest[0] == '-') result.offset = -result.offset;
  return result;
}

}  // namespace

// Ten characters of zero belong in the first place: there they must not be what is known.
TimeReader::TimeReader() {
  days_[0].day = 1;
}

std::optional<Instant> TimeReader::read(std::string_view text) {
  if (text.size() <= kSecondCharacters || text[kDayCharacters] != 'T') return parse_rfc3339(text);
  const KnownDay* const known = day(text.substr(0, kDayCharacters));
  if (known == nullptr) return std::nullopt;
  const auto time = time_of_day(text.data() + kDayCharacters + 1);
  const auto rest = common_rest(text.substr(kSecondCharacters));
  if (!time || !rest) return parse_rfc3339(text);
  return known->begin + *time + rest->fraction - rest->offset;
}

// Null if there is no such day.
const TimeReader::KnownDay* TimeReader::day(std::string_view text) {
  const auto year_and_month = load<std::uint64_t>(text.data());
  const auto day = load<std::uint16_t>(text.data() + 8);
  // The digits of the day and the last of the month.
  const std::size_t digits = day;
  const std::size_t place =
      (digits >> 8 & 15) | (digits & 3) << 4 | (year_and_month >> 48 & 1) << 6;
  KnownDay& known = days_[place];
  if (known.year_and_month == year_and_month && known.day == day) return &known;
  const std::optional<Day> read = parse_day(text);
  if (!read) return nullptr;
  known = {year_and_month, day, chrono::sys_days(read->time_since_epoch())};
  return &known;
}

}  // namespace pantau
