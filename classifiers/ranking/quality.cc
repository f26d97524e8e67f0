#include "classifiers/ranking/quality.h"

#include <algorithm>
#include <functional>

namespace pantau {
namespace {

// Calls `take(confirmed, dismissed)` for each group of equal scores, the highest first.
template <class Take>
void for_each_score(std::vector<OrderedDecision>& decisions, Take take) {
  std::ranges::sort(decisions, std::greater<>(), &OrderedDecision::score);
  std::size_t at = 0;
  while (at < decisions.size()) {
    double confirmed = 0;
    double dismissed = 0;
    const double score = decisions[at].score;
    for (; at < decisions.size() && decisions[at].score == score; at++) {
      (decisions[at].is_confirmed ? confirmed : dismissed) += 1;
    }
    take(confirmed, dismissed);
  }
}

}  // namespace

double area_under_curve(std::vector<OrderedDecision> decisions) {
  double confirmed_before = 0;
  double dismissed_before = 0;
  double pairs = 0;
  for_each_score(decisions, [&](double confirmed, double dismissed) {
    pairs += dismissed * (confirmed_before + confirmed / 2);
    confirmed_before += confirmed;
    dismissed_before += dismissed;
  });
  const double all = confirmed_before * dismissed_before;
  return all > 0 ? pairs / all : 0.5;
}

double average_precision(std::vector<OrderedDecision> decisions) {
  double shown = 0;
  double confirmed_shown = 0;
  double sum = 0;
  for_each_score(decisions, [&](double confirmed, double dismissed) {
    shown += confirmed + dismissed;
    confirmed_shown += confirmed;
    sum += confirmed * confirmed_shown / shown;
  });
  return confirmed_shown > 0 ? sum / confirmed_shown : 0;
}

double brier_score(std::span<const OrderedDecision> decisions) {
  double sum = 0;
  for (const OrderedDecision& decision : decisions) {
    const double miss = decision.score - (decision.is_confirmed ? 1 : 0);
    sum += miss * miss;
  }
  return decisions.empty() ? 0 : sum / static_cast<double>(decisions.size());
}

std::vector<CalibrationBand> calibration_bands(std::span<const OrderedDecision> decisions) {
  std::vector<CalibrationBand> bands(kCalibrationBands);
  for (const OrderedDecision& decision : decisions) {
    const auto at = static_cast<std::size_t>(std::clamp(decision.score, 0.0, 1.0) *
                                             static_cast<double>(kCalibrationBands));
    CalibrationBand& band = bands[std::min(at, kCalibrationBands - 1)];
    band.chance += decision.score;
    band.decisions++;
    if (decision.is_confirmed) band.confirmed++;
  }
  for (CalibrationBand& band : bands) {
    if (band.decisions > 0) band.chance /= static_cast<double>(band.decisions);
  }
  return bands;
}

}  // namespace pantau
