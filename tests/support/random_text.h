// Texts such as people write them, some to be seen and some to hide.
//
// A text is put together of pieces that the lists know (names, hashtags, handles,
// number phrases, words of patterns) and pieces that only nearly are, each perhaps
// disguised. Pure chance would hit neither.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/dice.h"

namespace pantau {

// What a world's texts are made of.
struct TextPieces {
  std::vector<std::string> names;  // slogans too
  std::vector<std::string> hashtags;
  std::vector<std::string> handles;
  std::vector<std::string> words;
  std::size_t numbers_percent = 0;  // so many further pieces are number phrases
};

std::string random_text(Dice& dice, const TextPieces& pieces);

// Of just so many bytes, its pieces near the borders of vectors of bytes.
std::string random_text_of_size(Dice& dice, const TextPieces& pieces, std::size_t size);

// Of at least so many bytes, its pieces few and far between.
std::string random_long_text(Dice& dice, const TextPieces& pieces, std::size_t size);

// Any characters of all of Unicode, as valid UTF-8.
std::string random_characters(Dice& dice, std::size_t count);

// `text` written in some other way that should, or should nearly, read the same.
std::string random_disguise(Dice& dice, std::string_view text);

// A phrase that names a number, or nearly.
std::string random_number_phrase(Dice& dice);

}  // namespace pantau
