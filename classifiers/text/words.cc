#include "classifiers/text/words.h"

#include <unicode/uchar.h>

namespace pantau {
namespace {

bool is_word_character_beyond_ascii(char32_t c) {
  return (U_MASK(u_charType(static_cast<UChar32>(c))) &
          (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0;
}

// Whether a word character begins at `at`, and where it ends. ASCII, nearly all of most
// texts, is decided without decoding.
bool is_word_at(std::string_view text, std::size_t at, std::size_t& end) {
  end = at;
  if (is_ascii(text[at])) return is_ascii_word(text[end++]);
  return is_word_character(next_character(text, end));
}

}  // namespace

char32_t character_before(std::string_view text, std::size_t at) {
  do at--;
  while (at > 0 && is_inside_character(text[at]));
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

ByteRange next_word(std::string_view text, std::size_t from) {
  std::size_t start = from;
  std::size_t next;
  while (start < text.size() && !is_word_at(text, start, next)) start = next;
  std::size_t end = start;
  while (end < text.size() && is_word_at(text, end, next)) end = next;
  return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
}

}  // namespace pantau
