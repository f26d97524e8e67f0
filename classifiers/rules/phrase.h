// Words in their order, as an expression needs them, and which of them to look for.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "classifiers/rules/piece.h"

namespace pantau {

// What one word of a text must be like. Words are the longest runs of letters and digits of ASCII
// and '_', as \w and \b have it.
struct WordSlot {
  enum class Kind : std::uint8_t {
    Word,    // one of `texts`
    Prefix,  // begins with one of them
    Suffix,  // ends with one of them
    Inside,  // has one of them
    Any,
  };
  Kind kind = Kind::Any;
  std::vector<std::string> texts;
};

// Where in the text a match begins, if a phrase's first slot is a certain word.
enum class MatchStart : std::uint8_t {
  AtWord,      // with that word
  InWord,      // somewhere in it
  BeforeWord,  // behind the word before it
  Anywhere,
};

// What of a phrase is looked for: in all texts, therefore something rare.
struct Feature {
  enum class Kind : std::uint8_t {
    Word,       // slot `slot`, of kind Word
    Pair,       // slots `slot` and the next one, both of kind Word
    Joint,      // the end of slot `slot` and the begin of the next one
    Prefix,     // slot `slot`, of that kind
    Suffix,     // the same
    Inside,     // the same
    Character,  // one of `characters` before slot `slot`, which may be the one behind the last
  };
  Kind kind = Kind::Word;
  std::size_t slot = 0;
  std::vector<std::string> characters;
};

// Words of a text side by side.
struct Phrase {
  std::vector<WordSlot> slots;
  MatchStart start = MatchStart::Anywhere;
  Feature feature;
};

// A feature's texts must be so long to be looked for inside of words, at their begin or at their
// end.
inline constexpr std::size_t kInsideBytesMin = 3;
inline constexpr std::size_t kAffixBytesMin = 2;
inline constexpr std::size_t kJointBytesMin = 4;  // on each side, or a whole word

// So many bytes of a begin or an end are looked up, the most that are there.
inline constexpr std::array<std::uint32_t, 4> kAffixBytes = {8, 5, 3, kAffixBytesMin};

// Phrases of which at least one is in any text that matches, within the match; their number is
// that of the expression's sequences. Nothing if a match may lack all that can be looked for.
std::optional<std::vector<Phrase>> phrases_of(const SyntaxNode& expression);

}  // namespace pantau
