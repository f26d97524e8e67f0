// The first step of undisguising: letters spread by one separator are joined.
#pragma once

#include <cstddef>

#include "classifiers/text/folded_view.h"

namespace pantau {

inline constexpr std::size_t kSeparatorCharactersMax = 3;

// Returns whether there are any; if not, `joined` is left as it is. Between two words of a run
// there is a blank: where the original has more white space than between other letters, and where
// words of calls begin and end (split_words.h).
bool join_spread_letters(const FoldedView& plain, FoldedView& joined);

}  // namespace pantau
