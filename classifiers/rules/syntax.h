// What an expression says, as a tree: as much of RE2's syntax as rule packs use.
//
// RE2 judges what matches. The tree is only for finding out what a text must have so that
// RE2 need be asked at all, and for telling good syntax from bad without compiling: therefore
// the parser gives up on whatever it does not know for sure. Searched are folded texts, which
// have no capital letters of ASCII, nor the two characters beyond it that RE2 takes for
// letters of ASCII under (?i), U+017F and U+212A.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pantau {

// Deeper groups, and larger expressions, are left to RE2 altogether.
inline constexpr int kSyntaxDepthMax = 100;

// A set of characters, of which one is to stand at a place.
struct CharacterSet {
  std::bitset<128> ascii;
  bool beyond = false;                    // has characters beyond ASCII:
  std::vector<std::string> beyond_named;  // these, in UTF-8; empty if they are too many to name
  bool beyond_all = false;                // certainly all of them
  bool is_rough = false;                  // some that are in it, perhaps, are not
};

struct SyntaxNode {
  enum class Kind : std::uint8_t {
    Nothing,      // the empty text
    Text,         // these word characters of ASCII
    Characters,   // one character of a set
    Border,       // no characters; and not both what is before and behind are word characters
    Sequence,     // all parts, one behind the other
    Alternation,  // one of the parts
    Repetition,   // the only part, so many times
  };
  static constexpr int kNoLimit = -1;

  Kind kind = Kind::Nothing;
  std::string text;
  CharacterSet set;
  std::vector<SyntaxNode> parts;
  int times_min = 0;
  int times_max = 0;
};

struct Syntax {
  SyntaxNode root;
  // RE2 is sure to compile it, within any limit that we set, and it matches no empty text.
  bool is_certain = false;
};

// Nothing if the expression is wrong, or beyond what is understood here.
std::optional<Syntax> parse_syntax(std::string_view expression);

// The characters of ASCII that \w and \b take for parts of words.
constexpr bool is_syntax_word(unsigned c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

}  // namespace pantau
