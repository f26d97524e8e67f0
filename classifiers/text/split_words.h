// Letters that were spread one by one, as words: "janganpilih" is "jangan", "pilih".
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace pantau {

inline constexpr std::size_t kSplitLettersMax = 64;  // more are left as they are
inline constexpr std::size_t kUnknownLettersMin = 3;
inline constexpr std::size_t kTellingLettersMin = 3;

// Where words of a call (call_words.h) and what stands between them begin in `letters`, the first
// place, 0, left out. What is no word of a call has kUnknownLettersMin letters at least. Of the
// ways to split, the one with the fewest letters in unknown words, then with the fewest words, then
// with the longest first word, and so on. Nothing if none of the words is one of a call with
// kTellingLettersMin letters: "a b c d" stays together.
std::vector<std::size_t> word_begins(std::string_view letters);

}  // namespace pantau
