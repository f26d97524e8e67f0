#include "classifiers/rules/piece.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

namespace pantau {
namespace {

using Kind = Piece::Kind;
using Sequences = std::vector<PieceSequence>;

// The characters of a larger set are not named one by one.
constexpr std::size_t kNamedCharactersMax = 10;
// So often a repetition is written out.
constexpr int kWrittenOutMax = 3;
// Too many sequences become so few, by so many pieces at their begin and at their end.
constexpr std::size_t kCoarseSequencesMax = 8;
constexpr std::size_t kEndPiecesMax = 3;

Sequences gap() {
  return {{Piece{Kind::Gap, false, {}}}};
}

bool is_only(const Sequences& sequences, Kind a, Kind b) {
  return std::ranges::all_of(sequences, [&](const PieceSequence& sequence) {
    return std::ranges::all_of(
        sequence, [&](const Piece& piece) { return piece.kind == a || piece.kind == b; });
  });
}

std::size_t longest(const std::vector<std::string>& texts) {
  std::size_t longest = 0;
  for (const std::string& text : texts) longest = std::max(longest, text.size());
  return longest;
}

void remove_repeated(std::vector<std::string>& texts) {
  std::ranges::sort(texts);
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

// Two pieces, one behind the other, as one, if that is possible.
bool join(Piece& piece, const Piece& next) {
  if (piece.kind != next.kind) return false;
  switch (piece.kind) {
    case Kind::Open:
      piece.may_be_empty = piece.may_be_empty && next.may_be_empty;
      return true;
    case Kind::Separator:
      if (piece.texts.empty()) piece.texts = next.texts;
      return true;
    case Kind::Border:
    case Kind::Gap:
      return true;
    case Kind::Text:
      break;
  }
  if (piece.texts.size() * next.texts.size() > kJoinedTextsMax) return false;
  if (longest(piece.texts) + longest(next.texts) > kJoinedBytesMax) return false;
  std::vector<std::string> texts;
  texts.reserve(piece.texts.size() * next.texts.size());
  for (const std::string& a : piece.texts) {
    for (const std::string& b : next.texts) texts.push_back(a + b);
  }
  piece.texts = std::move(texts);
  return true;
}

void append(const PieceSequence& behind, PieceSequence& sequence) {
  for (const Piece& piece : behind) {
    if (!sequence.empty() && join(sequence.back(), piece)) continue;
    if (sequence.size() < kPiecesMax) {
      sequence.push_back(piece);
    } else {
      sequence.back() = {Kind::Gap, false, {}};
    }
  }
}

// Whether two sequences have the same kinds of pieces; and in how many places texts differ.
bool same_shape(const PieceSequence& a, const PieceSequence& b, std::size_t& differences) {
  differences = 0;
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); i++) {
    if (a[i].kind != b[i].kind || a[i].may_be_empty != b[i].may_be_empty) return false;
    if (a[i].texts == b[i].texts) continue;
    // One that names no characters stands for all.
    if (a[i].texts.empty() || b[i].texts.empty()) return false;
    differences++;
  }
  return true;
}

// Makes one of sequences that differ in the texts of at most `differences_max` pieces. With one,
// the result describes the same texts as before, with more perhaps others as well.
void merge(Sequences& sequences, std::size_t differences_max) {
  std::size_t kept = 0;
  bool any_merged = false;
  for (std::size_t i = 0; i < sequences.size(); i++) {
    bool merged = false;
    for (std::size_t into = 0; into < kept && !merged; into++) {
      std::size_t differences = 0;
      merged =
          same_shape(sequences[into], sequences[i], differences) && differences <= differences_max;
      for (std::size_t p = 0; merged && p < sequences[i].size(); p++) {
        if (sequences[into][p].texts != sequences[i][p].texts) {
          std::ranges::move(sequences[i][p].texts, std::back_inserter(sequences[into][p].texts));
        }
      }
    }
    any_merged = any_merged || merged;
    if (merged) continue;
    if (kept != i) sequences[kept] = std::move(sequences[i]);
    kept++;
  }
  sequences.resize(kept);
  if (!any_merged) return;
  for (PieceSequence& sequence : sequences) {
    for (Piece& piece : sequence) remove_repeated(piece.texts);
  }
}

// Whether two pieces can be one that describes what either does.
bool is_alike(const Piece& a, const Piece& b) {
  return a.kind == b.kind && a.texts.empty() == b.texts.empty();
}

void unite(Piece& piece, const Piece& other) {
  piece.may_be_empty = piece.may_be_empty || other.may_be_empty;
  piece.texts.insert(piece.texts.end(), other.texts.begin(), other.texts.end());
}

Piece& piece_at(PieceSequence& sequence, std::size_t offset, bool from_end) {
  return sequence[from_end ? sequence.size() - 1 - offset : offset];
}

// Unites the pieces so far from the begin, or from the end, of each. Nothing if they are unlike.
std::optional<Piece> united(Sequences& sequences, std::size_t offset, bool from_end) {
  Piece all = piece_at(sequences.front(), offset, from_end);
  for (std::size_t i = 1; i < sequences.size(); i++) {
    const Piece& piece = piece_at(sequences[i], offset, from_end);
    if (!is_alike(all, piece)) return std::nullopt;
    unite(all, piece);
  }
  remove_repeated(all.texts);
  return all;
}

// One sequence in place of all: what they begin and end with alike, and anything between.
PieceSequence united(Sequences sequences) {
  if (sequences.size() == 1) return std::move(sequences.front());
  std::size_t shortest = sequences.front().size();
  for (const PieceSequence& sequence : sequences) shortest = std::min(shortest, sequence.size());
  PieceSequence result;
  while (result.size() < shortest) {
    std::optional<Piece> piece = united(sequences, result.size(), false);
    if (!piece) break;
    result.push_back(*std::move(piece));
  }
  PieceSequence behind;
  while (result.size() + behind.size() < shortest) {
    std::optional<Piece> piece = united(sequences, behind.size(), true);
    if (!piece) break;
    behind.push_back(*std::move(piece));
  }
  std::ranges::reverse(behind);
  append({Piece{Kind::Gap, false, {}}}, result);
  append(behind, result);
  return result;
}

// What a sequence begins and ends with: the kinds of so many pieces.
std::string ends_of(PieceSequence& sequence, std::size_t pieces) {
  std::string ends;
  for (const bool from_end : {false, true}) {
    for (std::size_t i = 0; i < std::min(pieces, sequence.size()); i++) {
      ends += static_cast<char>('a' + static_cast<int>(piece_at(sequence, i, from_end).kind));
    }
    ends += ' ';
  }
  return ends;
}

// A few sequences in place of many: those that begin and end alike become one.
void coarsen(Sequences& sequences) {
  for (std::size_t pieces = kEndPiecesMax;; pieces--) {
    std::map<std::string, Sequences> groups;
    for (PieceSequence& sequence : sequences) {
      groups[ends_of(sequence, pieces)].push_back(sequence);
    }
    if (groups.size() > kCoarseSequencesMax && pieces > 0) continue;
    sequences.clear();
    for (auto& [ends, group] : groups) sequences.push_back(united(std::move(group)));
    return;
  }
}

// Few enough of them.
void limit(Sequences& sequences) {
  merge(sequences, 1);
  if (sequences.size() > kSequencesMax) merge(sequences, kPiecesMax);
  if (sequences.size() > kSequencesMax) coarsen(sequences);
}

// Each sequence of `first` with each of `second` behind it.
Sequences concatenation(Sequences first, Sequences second) {
  const auto are_too_many = [&] { return first.size() * second.size() > kSequencesMax * 2; };
  if (are_too_many()) {
    merge(first, kPiecesMax);
    merge(second, kPiecesMax);
    if (are_too_many()) coarsen(first.size() > second.size() ? first : second);
    if (are_too_many()) coarsen(first.size() > second.size() ? first : second);
  }
  Sequences result;
  result.reserve(first.size() * second.size());
  for (const PieceSequence& before : first) {
    for (const PieceSequence& behind : second) append(behind, result.emplace_back(before));
  }
  if (result.size() > 1) limit(result);
  return result;
}

Sequences characters(const CharacterSet& set) {
  Piece words{Kind::Text, false, {}};
  bool has_other = false;
  for (unsigned c = 0; c < set.ascii.size(); c++) {
    if (!set.ascii.test(c)) continue;
    if (is_syntax_word(c)) {
      words.texts.emplace_back(1, static_cast<char>(c));
    } else {
      has_other = true;
    }
  }
  Sequences sequences;
  if (words.texts.size() > kNamedCharactersMax) words = {Kind::Open, false, {}};
  if (words.kind == Kind::Open || !words.texts.empty()) sequences.push_back({std::move(words)});
  if (has_other) {
    sequences.push_back({Piece{Kind::Separator, false, {}}});
  } else if (set.beyond) {
    sequences.push_back({Piece{Kind::Separator, false, set.beyond_named}});
  }
  return sequences.empty() ? gap() : sequences;
}

Sequences repeated_separator(const SyntaxNode& node, Sequences once) {
  Piece separator{Kind::Separator, false, {}};
  if (once.size() == 1 && once.front().size() == 1) separator = once.front().front();
  const bool may_be_none = node.times_min == 0 || std::ranges::any_of(once, &PieceSequence::empty);
  Sequences result;
  if (may_be_none) result.emplace_back();
  if (node.times_max != 0) result.push_back({std::move(separator)});
  return result;
}

Sequences repetition(const SyntaxNode& node) {
  Sequences once = sequences_of(node.parts.front());
  const bool has_limit = node.times_max != SyntaxNode::kNoLimit;
  if (is_only(once, Kind::Separator, Kind::Separator)) {
    return repeated_separator(node, std::move(once));
  }
  if (is_only(once, Kind::Text, Kind::Open) && (!has_limit || node.times_max > kWrittenOutMax)) {
    Sequences open = {{Piece{Kind::Open, true, {}}}};
    return node.times_min == 0 ? open : concatenation(std::move(once), std::move(open));
  }
  Sequences result;
  Sequences power = {{}};
  for (int times = 0;; times++) {
    if (times >= node.times_min) result.insert(result.end(), power.begin(), power.end());
    if (times == kWrittenOutMax || times == node.times_max) break;
    power = concatenation(std::move(power), once);
  }
  if (!has_limit || node.times_max > kWrittenOutMax) {
    for (PieceSequence& sequence : concatenation(concatenation(once, gap()), once)) {
      result.push_back(std::move(sequence));
    }
  }
  limit(result);
  return result;
}

}  // namespace

std::vector<PieceSequence> sequences_of(const SyntaxNode& node) {
  switch (node.kind) {
    case SyntaxNode::Kind::Nothing:
      return {{}};
    case SyntaxNode::Kind::Text:
      return {{Piece{Kind::Text, false, {node.text}}}};
    case SyntaxNode::Kind::Characters:
      return characters(node.set);
    case SyntaxNode::Kind::Border:
      return {{Piece{Kind::Border, false, {}}}};
    case SyntaxNode::Kind::Repetition:
      return repetition(node);
    case SyntaxNode::Kind::Sequence:
    case SyntaxNode::Kind::Alternation:
      break;
  }
  Sequences result;
  if (node.kind == SyntaxNode::Kind::Sequence) result.emplace_back();
  for (const SyntaxNode& part : node.parts) {
    Sequences sequences = sequences_of(part);
    if (node.kind == SyntaxNode::Kind::Sequence) {
      result = concatenation(std::move(result), std::move(sequences));
    } else {
      std::ranges::move(sequences, std::back_inserter(result));
    }
  }
  if (node.kind == SyntaxNode::Kind::Alternation) limit(result);
  return result;
}

}  // namespace pantau
