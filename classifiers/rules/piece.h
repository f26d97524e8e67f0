// What the texts look like that an expression matches: words, and what is between them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "classifiers/rules/syntax.h"

namespace pantau {

// So many sequences describe one expression, at most; where it has more they are made coarser.
inline constexpr std::size_t kSequencesMax = 32;
inline constexpr std::size_t kPiecesMax = 32;  // of one sequence

// Texts of pieces side by side are put together only up to so many, and so long ones.
inline constexpr std::size_t kJoinedTextsMax = 64;
inline constexpr std::size_t kJoinedBytesMax = 64;

// A piece of what is matched.
struct Piece {
  enum class Kind : std::uint8_t {
    Text,       // one of `texts`, all of them word characters
    Open,       // any word characters
    Separator,  // characters that belong to no word; one of `texts` is among them, if there are any
    Border,     // nothing, but a word's characters are not on both sides
    Gap,        // anything, or nothing
  };
  Kind kind = Kind::Gap;
  bool may_be_empty = false;  // of Open
  std::vector<std::string> texts;

  friend bool operator==(const Piece&, const Piece&) = default;
};

using PieceSequence = std::vector<Piece>;

// Sequences of which at least one describes any text that the expression matches. None has two
// pieces of one kind side by side, but texts that were too many to be put together.
std::vector<PieceSequence> sequences_of(const SyntaxNode& node);

}  // namespace pantau
