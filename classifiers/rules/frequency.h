// About how often something stands in an Indonesian text, as a share of its words.
//
// Only what is looked for depends on it, and so the time that a search takes, never an answer.
#pragma once

#include <string_view>

namespace pantau {

double word_frequency(std::string_view word);
// Of words that begin with it, end with it, or have it somewhere.
double prefix_frequency(std::string_view prefix);
double suffix_frequency(std::string_view suffix);
double inside_frequency(std::string_view part);
// Of two things side by side that are so frequent.
double frequency_together(double first, double second);

// Of these bytes, for comparing texts of one length.
double bytes_frequency(std::string_view bytes);

// Of one character beyond ASCII.
inline constexpr double kCharacterFrequency = 1e-4;

}  // namespace pantau
