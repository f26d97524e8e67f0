// Words for made-up texts and names for made-up people.
//
// The commonest words are those of Indonesian as it is written in comments; behind them come
// forms of common stems and words put together from syllables, so that the frequencies have
// the long tail (Zipf) that decides how much a search for rare words costs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/dice.h"

namespace pantau::bench {

class Vocabulary {
 public:
  static const Vocabulary& get();

  // A word as texts use it: the commonest one word of thirty.
  std::string_view word(Dice& dice) const { return words_[by_frequency_[dice.next() >> 46]]; }

  // A word that is neither among the commonest nor among the rarest.
  std::string_view content_word(Dice& dice) const {
    return words_[dice.between(kContentFirst, dice.per_mille(500) ? kContentCommon : kContentLast)];
  }

  std::string_view given_name(Dice& dice) const { return dice.one_of(given_names_); }

  // A word that no text uses unless it is put there on purpose.
  static std::string jargon(Dice& dice);

  // A surname of syllables; some 100,000 different ones. Small letters.
  static std::string surname(Dice& dice);

 private:
  Vocabulary();

  static constexpr std::uint64_t kContentFirst = 150;
  static constexpr std::uint64_t kContentCommon = 600;
  static constexpr std::uint64_t kContentLast = 4000;

  std::vector<std::string> words_;  // the commonest first
  std::vector<std::string_view> given_names_;
  std::vector<std::uint16_t> by_frequency_;  // 2^18 draws
};

// With a capital first letter.
std::string capitalised(std::string_view word);

}  // namespace pantau::bench
