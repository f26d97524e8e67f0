// Negation by words: "tidak akan pilih" is no call to vote. RE2 cannot look behind a match, so a
// rule names the patterns that take one back, and how near they must stand.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "classifiers/rules/pattern.h"

namespace pantau {

// Puts those of `places` into `counting` that nothing negates. A place is negated if one of `ends`
// (where negations end, sorted) is at or before its start, and between them are at most `words_max`
// words (runs of word characters) and no '.', '!' or '?'. All are of one text.
void keep_unnegated(const Places& places, std::span<const std::uint32_t> ends,
                    std::uint32_t words_max, std::string_view text, Places& counting);

}  // namespace pantau
