// The first step of undisguising: letters spread by one separator are joined.
#pragma once

#include <cstddef>
#include <string_view>

#include "classifiers/text/folded_view.h"

namespace pantau {

inline constexpr std::size_t kSeparatorCharactersMax = 3;

// Returns whether there are any; if not, `joined` is left as it is.
bool join_spread_letters(std::string_view plain, FoldedView& joined);

}  // namespace pantau
