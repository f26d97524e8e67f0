// A pattern, compiled: where it holds in the views of a text. RE2 is the judge.
#pragma once

#include <re2/re2.h>

#include <cstddef>
#include <memory>
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

// Finds all places of a pattern (given by its expressions), as ranges of the plain view, in
// order: every match of every expression in the plain view, and of the undisguised view those
// that overlap none of these. Appends kPlacesMax places at most.
void find_places(const std::vector<Expression>& pattern, const TextViews& views,
                 std::vector<ByteRange>& places);

}  // namespace pantau
