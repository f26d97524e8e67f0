#include "classifiers/text/words.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace pantau {
namespace {

bool is_word_character_beyond_ascii(char32_t c) {
  return (U_MASK(u_charType(static_cast<UChar32>(c))) &
          (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0;
}

}  // namespace

// ICU's macros narrow implicitly.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"

char32_t next_character(std::string_view text, std::size_t& at) {
  UChar32 c;
  U8_NEXT_OR_FFFD(text.data(), at, text.size(), c);
  return static_cast<char32_t>(c);
}

#pragma GCC diagnostic pop

char32_t character_before(std::string_view text, std::size_t at) {
  do at--;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return next_character(text, at);
}

char32_t character_at(std::string_view text, std::size_t at) {
  return next_character(text, at);
}

bool is_word_character(char32_t c) {
  return c < 0x80 ? is_ascii_word(static_cast<char>(c)) : is_word_character_beyond_ascii(c);
}

bool word_continues_before(std::string_view text, std::size_t at) {
  return at > 0 && is_word_character(character_before(text, at));
}

bool word_continues_at(std::string_view text, std::size_t at) {
  return at < text.size() && is_word_character(character_at(text, at));
}

}  // namespace pantau
