// Words that calls to vote are made of. Some disguises hide where a word ends, and what a digit at
// its end stands for: "j a n g a n p i l i h", "ay0". A word of this list is told all the same;
// other words are left as they stand.
#pragma once

#include <cstddef>
#include <string_view>

namespace pantau {

inline constexpr std::size_t kCallWordLettersMax = 13;

// `word` is folded.
bool is_call_word(std::string_view word);

}  // namespace pantau
