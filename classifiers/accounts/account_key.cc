#include "classifiers/accounts/account_key.h"

// The hash in our own object file, not behind a call into a library: keys are short.
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace pantau {
namespace {

char small_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

std::string_view without_at(std::string_view handle) {
  if (handle.starts_with('@')) handle.remove_prefix(1);
  return handle;
}

#if defined(__SSE2__)
// Sixteen characters at once.
class Sixteen {
 public:
  explicit Sixteen(const char* from)
      : bytes_(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))) {}

  bool all_digits() const { return all(between(bytes_, '0', '9')); }

  bool all_sixbit() const {
    return all(_mm_or_si128(between(bytes_, 'a', 'z'),
                            _mm_or_si128(between(bytes_, '!', '@'), between(bytes_, '[', '_'))));
  }

  void write_small_letters(char* to) const {
    const __m128i capitals = _mm_and_si128(between(bytes_, 'A', 'Z'), _mm_set1_epi8('a' - 'A'));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm_or_si128(bytes_, capitals));
  }

 private:
  static __m128i between(__m128i bytes, char first, char last) {
    const __m128i above = _mm_sub_epi8(bytes, _mm_set1_epi8(first));
    const __m128i above_max = _mm_set1_epi8(static_cast<char>(last - first));
    return _mm_cmpeq_epi8(_mm_min_epu8(above, above_max), above);
  }
  static bool all(__m128i are) { return _mm_movemask_epi8(are) == 0xFFFF; }

  __m128i bytes_;
};
#else
class Sixteen {
 public:
  explicit Sixteen(const char* from) : bytes_(from) {}

  bool all_digits() const {
    return std::all_of(bytes_, bytes_ + 16, [](char c) { return c >= '0' && c <= '9'; });
  }

  bool all_sixbit() const {
    return std::all_of(bytes_, bytes_ + 16, [](char c) {
      return (c >= '!' && c <= '@') || (c >= '[' && c <= '_') || (c >= 'a' && c <= 'z');
    });
  }

  void write_small_letters(char* to) const {
    std::transform(bytes_, bytes_ + 16, to, small_letter);
  }

 private:
  const char* bytes_;
};
#endif

// A text of fewer than sixteen characters, with digits behind it.
std::array<char, 16> filled_up(std::string_view text) {
  std::array<char, 16> filled;
  filled.fill('0');
  if (text.size() >= 8) {
    std::memcpy(filled.data(), text.data(), 8);
    std::memcpy(filled.data() + text.size() - 8, text.data() + text.size() - 8, 8);
  } else {
    for (std::size_t i = 0; i < text.size(); i++) filled[i] = text[i];
  }
  return filled;
}

// Whether all stretches of sixteen have a property that digits have, too. The last one overlaps.
template <class Property>
bool all_sixteens(std::string_view text, Property property) {
  if (text.size() < 16) return property(Sixteen(filled_up(text).data()));
  for (std::size_t at = 0; at + 16 < text.size(); at += 16) {
    if (!property(Sixteen(text.data() + at))) return false;
  }
  return property(Sixteen(text.data() + text.size() - 16));
}

bool all_digits(std::string_view text) {
  return all_sixteens(text, [](const Sixteen& part) { return part.all_digits(); });
}

// The ASCII characters but controls, the blank, capitals and `{|}~ have a code of six bits. (The
// blank would be code 0, which means that there is no character.)
bool all_sixbit(std::string_view text) {
  return all_sixteens(text, [](const Sixteen& part) { return part.all_sixbit(); });
}

constexpr std::uint64_t each_byte(std::uint8_t value) {
  return value * 0x0101010101010101ULL;
}

std::uint64_t eight_characters(const char* text) {
  std::uint64_t word;
  std::memcpy(&word, text, sizeof word);
  return word;
}

// The key's last `count` characters, fewer than eight, and zeros behind them.
std::uint64_t last_characters(std::string_view key, std::size_t count) {
  if (count == 0) return 0;
  if (key.size() >= 8) return eight_characters(key.data() + key.size() - 8) >> (64 - 8 * count);
  std::uint64_t word = 0;
  std::memcpy(&word, key.data(), count);
  return word;
}

// Two digits a byte, for eight characters: the values in the low four bytes.
std::uint32_t digits_of(std::uint64_t word) {
  word &= each_byte(0x0F);
  word = (word << 4 | word >> 8) & 0x00FF00FF00FF00FFULL;
  word = (word | word >> 8) & 0x0000FFFF0000FFFFULL;
  return static_cast<std::uint32_t>(word | word >> 16);
}

std::size_t pack_digits(std::string_view key, char* to) {
  std::size_t at = 0;
  for (; at + 8 <= key.size(); at += 8) {
    const std::uint32_t digits = digits_of(eight_characters(key.data() + at));
    std::memcpy(to + at / 2, &digits, sizeof digits);
  }
  const std::size_t left = key.size() - at;
  const std::uint64_t filler = left % 2 != 0 ? 0x0FULL << (8 * left) : 0;
  const std::uint32_t digits = digits_of(last_characters(key, left) | filler);
  std::memcpy(to + at / 2, &digits, sizeof digits);
  return (key.size() + 1) / 2;
}

// Six bits a character, for eight characters: the codes in the low six bytes. The code of a
// small letter is its capital's, less 32; of the others, theirs less 32.
std::uint64_t sixbits_of(std::uint64_t word) {
  const std::uint64_t is_letter_like = word & each_byte(0x40);
  std::uint64_t codes = (word & ~(is_letter_like >> 1)) ^ each_byte(0x20);
  codes &= each_byte(0x3F);
  codes = (codes & 0x003F003F003F003FULL) | (codes & 0x3F003F003F003F00ULL) >> 2;
  codes = (codes & 0x00000FFF00000FFFULL) | (codes & 0x0FFF00000FFF0000ULL) >> 4;
  return (codes & 0x0000000000FFFFFFULL) | (codes & 0x00FFFFFF00000000ULL) >> 8;
}

std::size_t pack_sixbit(std::string_view key, char* to) {
  std::size_t at = 0;
  for (; at + 8 <= key.size(); at += 8, to += 6) {
    const std::uint64_t codes = sixbits_of(eight_characters(key.data() + at));
    std::memcpy(to, &codes, sizeof codes);
  }
  // Blanks where characters are missing: code 0.
  const std::size_t left = key.size() - at;
  const std::uint64_t blanks = left == 0 ? 0 : each_byte(' ') << (8 * left);
  const std::uint64_t codes = sixbits_of(last_characters(key, left) | blanks);
  std::memcpy(to, &codes, sizeof codes);
  return at / 8 * 6 + (left * 6 + 7) / 8;
}

}  // namespace

FoldedHandle::FoldedHandle(std::string_view handle) {
  handle = without_at(handle);
  if (handle.size() > kAccountKeyBytesMax) return;
  size_ = handle.size();
  char* const to = bytes_.data();
  if (size_ < 16) {
    Sixteen(filled_up(handle).data()).write_small_letters(to);
    return;
  }
  for (std::size_t at = 0; at + 16 < size_; at += 16) {
    Sixteen(handle.data() + at).write_small_letters(to + at);
  }
  Sixteen(handle.data() + size_ - 16).write_small_letters(to + size_ - 16);
}

bool has_handle_key(std::string_view handle, std::string_view key) {
  return std::ranges::equal(without_at(handle), key, {}, small_letter);
}

PlatformHash::PlatformHash(std::string_view platform)
    : seed_(XXH3_64bits(platform.data(), platform.size())) {}

AccountHash PlatformHash::operator()(std::string_view key) const {
  return {XXH3_64bits_withSeed(key.data(), key.size(), seed_)};
}

bool is_all_digits(std::string_view key) {
  return !key.empty() && all_digits(key);
}

PackedKey pack_key(std::string_view key, char* to) {
  if (key.empty()) return {};
  if (all_digits(key)) return {KeyPacking::Digits, pack_digits(key, to)};
  if (all_sixbit(key)) return {KeyPacking::Sixbit, pack_sixbit(key, to)};
  std::memcpy(to, key.data(), key.size());
  return {KeyPacking::None, key.size()};
}

}  // namespace pantau
