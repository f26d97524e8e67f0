// Folding once more, the slow and obvious way: the twin that classifiers/text must
// agree with.
//
// Everything is asked of ICU at the time it is needed, a character at a time;
// there is no table, no fast path and no text but a list of characters. It was
// written from the contract alone, so that the two are two readings of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pantau {

// [start, end), of bytes or of characters as the owner says.
struct PlainRange {
  std::uint32_t start = 0;
  std::uint32_t end = 0;

  friend bool operator==(const PlainRange&, const PlainRange&) = default;
  friend auto operator<=>(const PlainRange&, const PlainRange&) = default;
};

inline bool overlap(PlainRange a, PlainRange b) {
  return a.start < b.end && b.start < a.end;
}

// A character of a view and what it came from: bytes of the original in a plain
// view, characters of the plain view in an undisguised one.
struct PlainCharacter {
  char32_t value = 0;
  PlainRange source;

  friend bool operator==(const PlainCharacter&, const PlainCharacter&) = default;
};

using PlainView = std::vector<PlainCharacter>;

PlainView plain_view(std::string_view text);
PlainView undisguised_view(const PlainView& plain);

// What the characters of a view from `range.start` to `range.end` came from.
PlainRange source_of(const PlainView& view, PlainRange range);

bool same_text(const PlainView& a, const PlainView& b);
std::string to_utf8(const PlainView& view);
std::u32string to_characters(const PlainView& view);
void append_utf8(std::string& text, char32_t c);

bool is_plain_word(char32_t c);
bool is_plain_letter(char32_t c);  // a-z
bool is_plain_digit(char32_t c);   // 0-9

}  // namespace pantau
