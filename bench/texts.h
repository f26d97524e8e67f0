// What made-up people write.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/candidates.h"
#include "bench/dice.h"
#include "bench/patterns.h"

namespace pantau::bench {

// What a text must say besides everyday talk.
struct TextWish {
  std::uint64_t words = 12;
  bool mention = false;  // of some candidate
  bool pattern = false;  // a text that some pattern matches
};

// For one thread.
class TextMaker {
 public:
  // Patterns are those of a pack of `patterns`.
  TextMaker(std::uint64_t seed, const Candidates& candidates, std::uint64_t patterns);

  // Appends a text in UTF-8.
  void append(Dice& dice, std::size_t platform, const TextWish& wish, std::string& text);

 private:
  void append_mention(Dice& dice, std::size_t platform, std::string& text);
  void append_sample(Dice& dice, std::string& text);

  const Candidates& candidates_;
  AccountMaker accounts_;
  std::vector<std::string> samples_;  // of the patterns
  MadeAccount account_;
};

}  // namespace pantau::bench
