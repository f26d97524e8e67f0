// A pattern, compiled: where it holds in the views of a text. RE2 is the judge.
#pragma once

#include <re2/re2.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/result.h"
#include "classifiers/text/byte_range.h"
#include "classifiers/text/fold.h"

namespace pantau {

// A text can repeat a word a million times; a reviewer needs to see it, not to see it a
// million times. So many places of one pattern, and of one candidate, are kept: the first.
inline constexpr std::size_t kPlacesMax = 256;

// The most memory that one expression may use while searching.
inline constexpr int kExpressionBytesMax = 8 << 20;

// A longer expression is a mistake of its author.
inline constexpr std::size_t kExpressionCharactersMax = 4096;

// The views of one text; `undisguised` is null where it does not differ.
struct TextViews {
  const FoldedView* plain = nullptr;
  const FoldedView* undisguised = nullptr;
};

class Expression {
 public:
  // Nothing but why it does not compile (or may not be used), if so.
  static Result<Expression> compile(std::string_view source);

  const re2::RE2& re() const { return *re_; }

 private:
  explicit Expression(std::unique_ptr<re2::RE2> re) : re_(std::move(re)) {}
  std::unique_ptr<re2::RE2> re_;
};

// Where a pattern holds in a text: ranges of the plain view, ordered by start and end. Not cut to
// kPlacesMax, which is for showing them.
class Places {
 public:
  bool empty() const { return ranges_.empty(); }
  const std::vector<ByteRange>& ranges() const { return ranges_; }

  // Whether one of them overlaps `range`.
  bool overlap(ByteRange range) const;

  // Where the last of those ends that begin at or before the end of `range`, and where the first
  // of those begins that begin behind it: no other lies nearer. Nothing if there is none.
  std::optional<std::uint32_t> end_before(ByteRange range) const;
  std::optional<std::uint32_t> start_behind(ByteRange range) const;

  void clear();
  void add(ByteRange range) { ranges_.push_back(range); }
  void sort();  // after the last add(), before any question

 private:
  std::vector<ByteRange> ranges_;
  std::vector<std::uint32_t> furthest_end_;  // of all ranges up to this one
};

// In which views an expression could match; what is not set need not be searched.
struct MayMatch {
  bool plain = true;
  bool undisguised = true;
};

// Finds all places of a pattern (given by its expressions): every match of every expression in the
// plain view, and of the undisguised view those that overlap none of these. `may_match` is by
// expression; empty if nothing is known of them.
void find_places(std::span<const Expression> pattern, std::span<const MayMatch> may_match,
                 const TextViews& views, Places& places);

}  // namespace pantau
