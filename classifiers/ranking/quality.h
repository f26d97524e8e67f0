// How well an order puts what people confirmed before what they dismissed.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace pantau {

// A decision as an order sees it: what has a higher score is shown sooner.
struct OrderedDecision {
  double score = 0;
  bool is_confirmed = false;
};

// The share of pairs of a confirmed and a dismissed act in which the confirmed one is shown
// sooner; equal scores count half. 0.5: no better than chance; also where one kind is missing.
double area_under_curve(std::vector<OrderedDecision> decisions);

// The mean, over the confirmed acts, of the share of confirmed ones among all shown until then
// (those of equal score are shown at once). 0 if there are none.
double average_precision(std::vector<OrderedDecision> decisions);

// Of chances (scores of 0 … 1): the mean squared distance from what came out.
double brier_score(std::span<const OrderedDecision> decisions);

// Of chances: the decisions in bands of equal width, and what came out in each.
struct CalibrationBand {
  double chance = 0;  // the mean of what was said
  std::int64_t decisions = 0;
  std::int64_t confirmed = 0;
};
inline constexpr std::size_t kCalibrationBands = 5;
std::vector<CalibrationBand> calibration_bands(std::span<const OrderedDecision> decisions);

}  // namespace pantau
