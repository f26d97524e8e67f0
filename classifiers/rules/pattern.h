// A pattern, compiled: where it holds in the views of a text. RE2 is the judge.
#pragma once

#include <re2/re2.h>

#include <atomic>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/result.h"
#include "classifiers/rules/possible_match.h"
#include "classifiers/rules/syntax.h"
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

// So often RE2 is asked in vain whether a match begins at a certain place of a text, before it is
// asked where one begins.
inline constexpr int kAnchoredTriesMax = 16;

// The views of one text; `undisguised` is null where it does not differ.
struct TextViews {
  const FoldedView* plain = nullptr;
  const FoldedView* undisguised = nullptr;
};

re2::RE2::Options expression_options();

// Of thousands of expressions, few ever meet a text that they could match: RE2 compiles them when
// they do. Whether it can is known before.
class Expression {
 public:
  // Nothing but why it does not compile (or may not be used), if so. If `syntax` is given, what
  // is understood of it.
  static Result<Expression> compile(std::string_view source,
                                    std::optional<Syntax>* syntax = nullptr);

  Expression(Expression&& other) noexcept
      : source_(std::move(other.source_)), re_(other.re_.exchange(nullptr)) {}
  Expression& operator=(Expression&&) = delete;
  ~Expression() { delete re_.load(); }

  const std::string& source() const { return source_; }

  // Any number of threads may ask.
  const re2::RE2& re() const {
    const re2::RE2* const re = re_.load(std::memory_order_acquire);
    return re != nullptr ? *re : compile_now();
  }

 private:
  explicit Expression(std::string_view source) : source_(source) {}
  const re2::RE2& compile_now() const;

  std::string source_;
  mutable std::atomic<const re2::RE2*> re_ = nullptr;
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

// What could match in the views of a text, ordered.
struct PossibleMatches {
  std::vector<PossibleMatch> plain;
  std::vector<PossibleMatch> undisguised;
};

// Finds all places of a pattern (given by its expressions, the first of which has the number
// `first`): every match of every expression in the plain view, and of the undisguised view those
// that overlap none of these. Every match must be a possible one.
void find_places(std::span<const Expression> pattern, std::uint32_t first,
                 const PossibleMatches& possible, const TextViews& views, Places& places);

}  // namespace pantau
