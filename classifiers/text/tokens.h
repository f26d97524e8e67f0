// What the steps of undisguising call a letter, a digit, and a token: letters, digits and the signs
// that may stand for letters.
#pragma once

#include <array>
#include <cstddef>

#include "classifiers/text/words.h"

namespace pantau {

// Digit 0 … 9 as a letter; 0 where none is meant.
inline constexpr std::array<char, 10> kLetterOfDigit = {'o', 'i', 0,   'e', 'a',
                                                        's', 'g', 't', 'b', 'g'};

inline char letter_of_digit(char c) {
  return is_ascii_digit(c) ? kLetterOfDigit[static_cast<std::size_t>(c - '0')] : '\0';
}

inline bool is_letter_or_digit(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c);
}

inline bool is_token_character(char c) {
  return is_letter_or_digit(c) || c == '!' || c == '@' || c == '$' || c == '|';
}

}  // namespace pantau
