// A learned ranking: a weight for each feature that it knows. An act's score is the sum of the
// weights of its features, so each of them can be named as a reason.
//
// Weights are whole numbers of ten-thousandths: scores come out the same on every machine, and
// compare in an index.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/result.h"

namespace pantau {

inline constexpr std::int64_t kWeightUnit = 10'000;  // a weight of 1, in natural logarithms of odds
inline constexpr std::int64_t kWeightMax = 50 * kWeightUnit;
inline constexpr std::size_t kRankingFeaturesMax = 20'000;
inline constexpr std::size_t kRankingTextBytesMax = 8 << 20;

struct RankingWeight {
  std::string feature;
  std::int64_t weight = 0;

  friend bool operator==(const RankingWeight&, const RankingWeight&) = default;
};

class RankingModel {
 public:
  RankingModel() = default;
  // `weights` sorted by their features, each once.
  RankingModel(std::int64_t base, std::vector<RankingWeight> weights)
      : base_(base), weights_(std::move(weights)) {}

  // Reads what text() wrote. It comes from a file that others may write to, so nothing of it is
  // believed: Fault::Storage, with the line and the reason.
  static Result<RankingModel> read(std::string_view text);
  std::string text() const;

  // Of an act with these features (sorted, each once).
  std::int64_t score(std::span<const std::string> features) const;
  // The features of the act that the model knows, the strongest first, `count_max` at most.
  std::vector<RankingWeight> reasons(std::span<const std::string> features,
                                     std::size_t count_max) const;

  // The strongest features for being confirmed, and against.
  std::vector<RankingWeight> strongest(bool for_it, std::size_t count_max) const;

  std::int64_t base() const { return base_; }  // of an act without any known feature
  const std::vector<RankingWeight>& weights() const { return weights_; }

 private:
  std::int64_t weight_of(std::string_view feature) const;  // 0: not known

  std::int64_t base_ = 0;
  std::vector<RankingWeight> weights_;
};

// The chance that a score stands for, 0 … 1.
double chance_of_score(std::int64_t score);

}  // namespace pantau
