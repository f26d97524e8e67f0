// Rule packs that nobody would write: patterns of every shape, rules of every condition.
#pragma once

#include <string>
#include <vector>

#include "classifiers/rules/pack.h"
#include "tests/support/dice.h"

namespace pantau {

struct PackShape {
  std::size_t number = 0;  // of the pack; rules of two packs have different ids
  std::size_t patterns = 1;
  std::size_t rules = 1;
  bool only_of_words = false;  // no pattern that matches nearly everywhere
};

// Its expressions compile and do not match the empty text.
RulePack random_pack(Dice& dice, const PackShape& shape, const std::vector<std::string>& words);

}  // namespace pantau
