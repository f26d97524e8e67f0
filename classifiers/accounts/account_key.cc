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

template <class Word>
Word load(const char* text) {
  Word word;
  std::memcpy(&word, text, sizeof word);
  return word;
}

// A text of fewer than sixteen characters, and zeros (the digit) behind it: put together in
// registers, because what is written in parts and read as a whole has to be waited for.
struct FilledUp {
  std::uint64_t low = kZeros;
  std::uint64_t high = kZeros;

  static constexpr std::uint64_t kZeros = 0x3030303030303030;

  explicit FilledUp(std::string_view text) {
    const char* const begin = text.data();
    const std::size_t size = text.size();
    if (size >= 8) {
      low = load<std::uint64_t>(begin);
      if (size > 8) high = filled(load<std::uint64_t>(begin + size - 8), size - 8);
    } else if (size >= 4) {
      const std::uint64_t head = load<std::uint32_t>(begin);
      const std::uint64_t tail = load<std::uint32_t>(begin + size - 4);
      low = head | filled(tail << 32, size) >> 32 << 32;
    } else {
      for (std::size_t i = size; i-- > 0;) {
        low = low << 8 | static_cast<unsigned char>(begin[i]);
      }
    }
  }

 private:
  // The last `count` bytes of a word, fewer than eight and more than none, with zeros behind them.
  static std::uint64_t filled(std::uint64_t word, std::size_t count) {
    return word >> (64 - 8 * count) | kZeros << (8 * count);
  }
};

#if defined(__SSE2__)
// Sixteen characters at once.
class Sixteen {
 public:
  explicit Sixteen(const char* from)
      : bytes_(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))) {}
  explicit Sixteen(FilledUp text)
      : bytes_(
            _mm_set_epi64x(static_cast<long long>(text.high), static_cast<long long>(text.low))) {}

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
  explicit Sixteen(const char* from) { std::memcpy(bytes_.data(), from, 16); }
  explicit Sixteen(FilledUp text) {
    std::memcpy(bytes_.data(), &text.low, 8);
    std::memcpy(bytes_.data() + 8, &text.high, 8);
  }

  bool all_digits() const {
    return std::ranges::all_of(bytes_, [](char c) { return c >= '0' && c <= '9'; });
  }

  bool all_sixbit() const {
    return std::ranges::all_of(bytes_, [](char c) {
      return (c >= '!' && c <= '@') || (c >= '[' && c <= '_') || (c >= 'a' && c <= 'z');
    });
  }

  void write_small_letters(char* to) const { std::ranges::transform(bytes_, to, small_letter); }

 private:
  std::array<char, 16> bytes_;
};
#endif

// Whether all stretches of sixteen have a property that digits have, too. The last one overlaps.
template <class Property>
bool all_sixteens(std::string_view text, Property property) {
  if (text.size() < 16) return property(Sixteen(FilledUp(text)));
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
  return load<std::uint64_t>(text);
}

// The key's last `count` characters, fewer than eight but some, and zero bytes behind them.
std::uint64_t last_characters(std::string_view key, std::size_t count) {
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

// A packing's groups of eight characters, the last of which may have fewer.
struct Digits {
  static constexpr std::size_t kGroupBytes = 4;
  static std::uint64_t group(std::uint64_t characters) { return digits_of(characters); }
  static std::uint64_t last_group(std::string_view key, std::size_t count) {
    const std::uint64_t filler = count % 2 != 0 ? 0x0FULL << (8 * count) : 0;
    return digits_of(last_characters(key, count) | filler);
  }
  static std::size_t last_bytes(std::size_t count) { return (count + 1) / 2; }
};

struct Sixbits {
  static constexpr std::size_t kGroupBytes = 6;
  static std::uint64_t group(std::uint64_t characters) { return sixbits_of(characters); }
  // Blanks where characters are missing: code 0.
  static std::uint64_t last_group(std::string_view key, std::size_t count) {
    return sixbits_of(last_characters(key, count) | each_byte(' ') << (8 * count));
  }
  static std::size_t last_bytes(std::size_t count) { return (count * 6 + 7) / 8; }
};

// May write a word beyond the last group.
template <class Packing>
std::size_t pack(std::string_view key, char* to) {
  const char* const begin = to;
  std::size_t at = 0;
  for (; at + 8 <= key.size(); at += 8, to += Packing::kGroupBytes) {
    const std::uint64_t group = Packing::group(eight_characters(key.data() + at));
    std::memcpy(to, &group, sizeof group);
  }
  const std::size_t left = key.size() - at;
  if (left != 0) {
    const std::uint64_t group = Packing::last_group(key, left);
    std::memcpy(to, &group, sizeof group);
  }
  return static_cast<std::size_t>(to - begin) + Packing::last_bytes(left);
}

// `bytes`, fewer than eight, as the low ones of a word.
std::uint64_t word_of(std::string_view bytes) {
  std::uint64_t word = 0;
  if (bytes.size() >= 4) {
    const std::uint64_t tail = load<std::uint32_t>(bytes.data() + bytes.size() - 4);
    return load<std::uint32_t>(bytes.data()) | tail << (8 * (bytes.size() - 4));
  }
  for (std::size_t i = bytes.size(); i-- > 0;)
    word = word << 8 | static_cast<unsigned char>(bytes[i]);
  return word;
}

template <class Packing>
bool is_packed_as(std::string_view key, std::string_view kept) {
  if (kept.size() != key.size() / 8 * Packing::kGroupBytes + Packing::last_bytes(key.size() % 8)) {
    return false;
  }
  std::size_t at = 0;
  for (; at + 8 <= key.size(); at += 8, kept.remove_prefix(Packing::kGroupBytes)) {
    if (Packing::group(eight_characters(key.data() + at)) !=
        word_of(kept.substr(0, Packing::kGroupBytes))) {
      return false;
    }
  }
  const std::size_t left = key.size() - at;
  return left == 0 || Packing::last_group(key, left) == word_of(kept);
}

}  // namespace

FoldedHandle::FoldedHandle(std::string_view handle) {
  handle = without_at(handle);
  if (handle.size() > kAccountKeyBytesMax) return;
  size_ = handle.size();
  char* const to = bytes_.data();
  if (size_ < 16) {
    Sixteen(FilledUp(handle)).write_small_letters(to);
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
  if (all_digits(key)) return {KeyPacking::Digits, pack<Digits>(key, to)};
  if (all_sixbit(key)) return {KeyPacking::Sixbit, pack<Sixbits>(key, to)};
  std::memcpy(to, key.data(), key.size());
  return {KeyPacking::None, key.size()};
}

// What is written and read again at once has to be waited for; so nothing is written. Digits have
// six bits as well, but a key that was kept in six bits has something else, and so differs.
bool is_packed_as(std::string_view key, KeyPacking packing, std::string_view kept) {
  switch (packing) {
    case KeyPacking::Digits:
      return all_digits(key) && is_packed_as<Digits>(key, kept);
    case KeyPacking::Sixbit:
      return all_sixbit(key) && is_packed_as<Sixbits>(key, kept);
    case KeyPacking::None:
      return key == kept;
  }
  return false;
}

}  // namespace pantau
