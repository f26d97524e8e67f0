// Numbers that are looked up in place of words and of parts of words. What differs has different
// keys, nearly always: whoever finds one has found what it stands for, or seldom something else.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace pantau {

static_assert(std::endian::native == std::endian::little, "a text's first byte is the lowest");

inline std::uint64_t load_eight(const char* at) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, at, sizeof(bytes));
  return bytes;
}

// The first and the last eight bytes of a word, as numbers; of a shorter word, with zeros behind
// them and before them.
struct WordBytes {
  std::uint64_t first = 0;
  std::uint64_t last = 0;

  std::uint32_t first_low() const { return static_cast<std::uint32_t>(first); }
  std::uint32_t first_high() const { return static_cast<std::uint32_t>(first >> 32); }
  std::uint32_t last_low() const { return static_cast<std::uint32_t>(last); }
  std::uint32_t last_high() const { return static_cast<std::uint32_t>(last >> 32); }
};

// Eight bytes behind `start` must be readable. Without branches: no processor can guess how long
// the next word is.
inline WordBytes bytes_of_word(const char* start, std::uint32_t size) {
  const std::uint32_t in_first = std::min<std::uint32_t>(size, 8);
  const std::uint32_t bits_beyond = 64 - in_first * 8;
  return {load_eight(start) << bits_beyond >> bits_beyond, load_eight(start + (size - in_first))
                                                               << bits_beyond};
}

// Of a word by itself.
inline WordBytes bytes_of_word(std::string_view word) {
  char padded[8] = {};
  if (word.size() >= sizeof(padded)) {
    return bytes_of_word(word.data(), static_cast<std::uint32_t>(word.size()));
  }
  std::memcpy(padded, word.data(), word.size());
  return bytes_of_word(padded, static_cast<std::uint32_t>(word.size()));
}

// Of a word so near to the end of `text` that eight bytes from its start on cannot be read.
inline WordBytes bytes_of_last_word(std::string_view text, std::uint32_t start,
                                    std::uint32_t size) {
  constexpr std::size_t kEight = sizeof(std::uint64_t);
  if (text.size() < kEight) return bytes_of_word(text.substr(start, size));
  const std::size_t last_eight = text.size() - kEight;
  const std::uint64_t bytes = load_eight(text.data() + last_eight) >> (start - last_eight) * 8;
  const std::uint32_t bits_beyond = 64 - size * 8;
  return {bytes << bits_beyond >> bits_beyond, bytes << bits_beyond};
}

// A key is a sum of products with these odd numbers, mixed.
struct KeyFactors {
  static constexpr std::uint32_t kWordFirstLow = 0x9E3779B1;
  static constexpr std::uint32_t kWordFirstHigh = 0x85EBCA77;
  static constexpr std::uint32_t kWordLastLow = 0xC2B2AE3D;
  static constexpr std::uint32_t kWordLastHigh = 0x27D4EB2F;
  static constexpr std::uint32_t kPairFirst = 0x165667B1;
  static constexpr std::uint32_t kPairSecond = 0xD3A2646D;
  static constexpr std::uint32_t kJointFirst = 0xFD7046C5;
  static constexpr std::uint32_t kJointSecond = 0xB55A4F09;
  static constexpr std::uint32_t kPrefixLow = 0x8F1BBCDD;
  static constexpr std::uint32_t kPrefixHigh = 0xCA62C1D7;
  static constexpr std::uint32_t kSuffixLow = 0x6ED9EBA1;
  static constexpr std::uint32_t kSuffixHigh = 0x5A827999;
  static constexpr std::uint32_t kMix = 0x2C1B3C6D;
};

inline std::uint32_t mixed_key(std::uint32_t sum) {
  return (sum ^ sum >> 16) * KeyFactors::kMix;
}

inline std::uint32_t word_key(WordBytes word) {
  return mixed_key(word.first_low() * KeyFactors::kWordFirstLow +
                   word.first_high() * KeyFactors::kWordFirstHigh +
                   word.last_low() * KeyFactors::kWordLastLow +
                   word.last_high() * KeyFactors::kWordLastHigh);
}

// Of two words side by side, of their keys.
inline std::uint32_t pair_key(std::uint32_t first, std::uint32_t second) {
  return mixed_key(first * KeyFactors::kPairFirst + second * KeyFactors::kPairSecond);
}

// Of the last four bytes of a word and the first four of the next, or the whole of a shorter one.
inline std::uint32_t joint_key(WordBytes first, WordBytes second) {
  return mixed_key(first.last_high() * KeyFactors::kJointFirst +
                   second.first_low() * KeyFactors::kJointSecond);
}

// What of a word's first or last eight bytes is looked at, if so many bytes are.
inline std::uint64_t prefix_mask(std::uint32_t bytes) {
  return ~std::uint64_t{0} >> (64 - bytes * 8);
}
inline std::uint64_t suffix_mask(std::uint32_t bytes) {
  return ~std::uint64_t{0} << (64 - bytes * 8);
}

// Of the first bytes of a word, at most eight; none is of a shorter word.
inline std::uint32_t prefix_key(WordBytes word, std::uint32_t bytes) {
  word.first &= prefix_mask(bytes);
  return mixed_key(word.first_low() * KeyFactors::kPrefixLow +
                   word.first_high() * KeyFactors::kPrefixHigh);
}

// Of the last ones.
inline std::uint32_t suffix_key(WordBytes word, std::uint32_t bytes) {
  word.last &= suffix_mask(bytes);
  return mixed_key(word.last_low() * KeyFactors::kSuffixLow +
                   word.last_high() * KeyFactors::kSuffixHigh);
}

// Of the character beyond ASCII that begins at `at`.
inline std::uint32_t character_key(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, text.data() + at, std::min(size, text.size() - at));
  return mixed_key(bytes * KeyFactors::kWordFirstLow);
}

inline constexpr std::uint32_t kWindowBytesMin = 3;
inline constexpr std::uint32_t kWindowBytesMax = 4;

// Of three or four bytes anywhere.
inline std::uint32_t window_key(const char* at, std::uint32_t bytes) {
  std::uint32_t value = 0;
  std::memcpy(&value, at, bytes == kWindowBytesMax ? kWindowBytesMax : kWindowBytesMin);
  return mixed_key(value * KeyFactors::kWordFirstLow);
}

}  // namespace pantau
