// What folding makes of a segment, and of a character in it.
//
// A segment is what NFKC case folding cannot look beyond: mostly one character, a letter with its
// accents at most. So all that a segment turns into came from the segment's bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pantau {

// In the folded segment all white space is U+0020; what has no place in a view is gone.
std::u32string fold_segment(std::u32string_view segment);

enum class Folding : std::uint8_t {
  Unknown,
  Character,  // it becomes one character
  Text,       // several
  Blank,
  Nothing,
  Other,  // something longer, or with a blank in it
};

// What is remembered of a character.
struct CharacterFacts {
  Folding folding = Folding::Unknown;  // of a segment that is this character alone
  bool begins_segment = false;
  bool vanishes = false;  // a segment with it folds to what it does without
  std::uint8_t size = 0;
  std::array<char, 4> bytes = {};  // `size` bytes: the character or text
};

// Asks ICU only once for a character of the two planes that people write in. Thread-safe.
CharacterFacts facts_of(char32_t c);

}  // namespace pantau
