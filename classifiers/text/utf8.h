// Reading UTF-8, where a call for each character would cost more than the reading.
#pragma once

#include <unicode/utf8.h>

#include <cstddef>
#include <string_view>

namespace pantau {

inline bool is_ascii(char byte) {
  return static_cast<unsigned char>(byte) < 0x80;
}

// Whether the byte is a character's second or later.
inline bool is_inside_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

// ICU's macros narrow implicitly.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"

// Reads the character that begins at `at` and moves `at` behind it.
inline char32_t next_character(std::string_view text, std::size_t& at) {
  UChar32 c;
  U8_NEXT_OR_FFFD(text.data(), at, text.size(), c);
  return static_cast<char32_t>(c);
}

#pragma GCC diagnostic pop

}  // namespace pantau
