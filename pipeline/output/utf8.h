// Where a character of UTF-8 ends, and where it is broken off.
#pragma once

#include <cstddef>
#include <string_view>

namespace pantau {

struct Utf8Part {
  std::size_t size = 1;       // bytes; at least 1
  bool is_character = false;  // else the bytes belong to no character
};

// What stands at the start of `text`, which is not empty: a character (RFC 3629: no
// surrogates, nothing overlong, nothing above U+10FFFF), or the longest part that
// began like one (the "maximal subpart" of Unicode's chapter 3.9), or one stray byte.
inline Utf8Part utf8_part(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {1, true};
  if (lead < 0xC2 || lead > 0xF4) return {1, false};
  const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  // Only the second byte's range depends on the first.
  const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  for (std::size_t i = 1; i < size; i++) {
    if (i == text.size()) return {i, false};
    const bool fits = i == 1 ? byte(i) >= low && byte(i) <= high : (byte(i) & 0xC0) == 0x80;
    if (!fits) return {i, false};
  }
  return {size, true};
}

// The begin of `text`, not longer than that, and whole characters.
inline std::string_view front_of(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t end = 0;
  for (;;) {
    const std::size_t size = utf8_part(text.substr(end)).size;
    if (end + size > bytes_max) return text.substr(0, end);
    end += size;
  }
}

}  // namespace pantau
