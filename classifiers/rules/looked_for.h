// What every text is looked through for before an expression is asked: for whoever writes
// patterns, because one that nothing can be looked for of is dear.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pantau {

// An expression may stand for thousands of words; so many of a place are shown.
inline constexpr std::size_t kLookedForShownMax = 12;

// In order, without repetitions: a word ("coblos"), two side by side ("ayo coblos"), with * for
// what else a word may have ("menang*"), and | between what may stand at one place. Empty if
// nothing can be looked for, so that every text is searched for the expression.
std::vector<std::string> looked_for(std::string_view expression);

}  // namespace pantau
