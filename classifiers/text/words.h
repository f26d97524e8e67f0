// Characters of a UTF-8 text, and what is a part of a word in a folded text: an ASCII letter, digit
// or '_', or any letter, mark or digit beyond ASCII.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "classifiers/text/byte_range.h"
#include "classifiers/text/utf8.h"

namespace pantau {

inline bool is_ascii_letter(char c) {
  return c >= 'a' && c <= 'z';
}
inline bool is_ascii_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_ascii_word(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c) || c == '_';
}

// The character that begins at `at`, and the one that ends before `at`.
char32_t character_at(std::string_view text, std::size_t at);
char32_t character_before(std::string_view text, std::size_t at);

bool is_word_character(char32_t c);

// Whether a word could begin or end at `at`: no word character before it or after it.
bool word_continues_before(std::string_view text, std::size_t at);
bool word_continues_at(std::string_view text, std::size_t at);

// The first run of word characters at or behind `from`; empty, at the text's end, if
// there is none.
ByteRange next_word(std::string_view text, std::size_t from);

}  // namespace pantau
