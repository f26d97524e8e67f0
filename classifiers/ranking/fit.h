// Logistic regression over features that are there or not, by liblinear.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "classifiers/ranking/model.h"

namespace pantau {

// An act that people have decided about. What is no feature says which features may not be used,
// what is held out, and which order there would be without a ranking.
struct DecidedAct {
  std::vector<std::string> features;  // sorted, each once
  bool is_confirmed = false;
  std::string person, agency, region;
  std::vector<std::string> candidates;
  std::int64_t found_as = 0;  // less: found sooner, and so due sooner
  int level = 0;              // more: of a higher level
};

using DecidedActs = std::vector<const DecidedAct*>;

// The weights w and the base b that make
//   1/2 |w|² + 1/2 (b / kBaseScale)² + strength · Σ log(1 + exp(−y (w·x + b)))
// least, y being 1 for what was confirmed and −1 for what was dismissed. The base is held back
// less than the weights, since it only says how many are confirmed. The same acts in the same
// order give the same model. Both kinds of act must be there; other features are passed over.
inline constexpr double kBaseScale = 10;
RankingModel fit_ranking(const DecidedActs& acts, std::span<const std::string> features,
                         double strength);

}  // namespace pantau
