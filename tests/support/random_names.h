// Names of many candidates that get in each other's way: put together of few parts, so that one
// name begins, ends or lies within another, or is another with a title or other joints.
#pragma once

#include <string>
#include <vector>

#include "tests/support/dice.h"

namespace pantau {

// Each begins with a letter, as a name of a calendar must.
std::vector<std::string> random_names(Dice& dice, std::size_t count);

// Words of letters and digits, many of them inside of others.
std::vector<std::string> random_hashtags(Dice& dice, std::size_t count);

// Words that look Indonesian and share their syllables.
std::vector<std::string> random_words(Dice& dice, std::size_t count);

// Handles that differ in a letter, a capital, a sign at the end.
std::vector<std::string> random_handles(Dice& dice, std::size_t count);

}  // namespace pantau
