// Learns a ranking from decisions, and says how good it is on decisions that it has not seen.
//
// People are held out, not decisions: all of a person's acts are either learned from or tested on,
// so a ranking that only knew people again would fail its test. What is told is what was tested:
// the ranking is not learned once more from all decisions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/result.h"
#include "classifiers/ranking/fit.h"
#include "classifiers/ranking/model.h"
#include "classifiers/ranking/quality.h"

namespace pantau {

// Fewer than these say nothing: of each kind, and of each kind among the held-out ones.
inline constexpr std::int64_t kDecisionsOfEachMin = 100;
inline constexpr std::int64_t kHeldOutOfEachMin = 15;
// One person in so many is held out.
inline constexpr std::uint64_t kHeldOutOneIn = 5;

// A feature is used only if it was seen with so many people; and with so many candidates, offices
// and regions, if there are as many among the decisions: else it could stand for one of them.
inline constexpr std::size_t kPeopleOfFeatureMin = 3;
inline constexpr std::size_t kGroupsOfFeatureMin = 2;

// Beyond so many different ones no further feature is looked at.
inline constexpr std::size_t kFeaturesSeenMax = 2'000'000;

struct RankingQuality {
  std::int64_t people = 0, confirmed = 0, dismissed = 0;  // held out
  // The area under the curve of the ranking, of the legal clock, and of the rules' levels; and the
  // average precision of each.
  double area = 0, clock_area = 0, level_area = 0;
  double precision = 0, clock_precision = 0, level_precision = 0;
  // The squared miss of the chances; and if always the share that was learned from were said.
  double brier = 0, constant_brier = 0;
  std::vector<CalibrationBand> bands;
  // In which share of kResamples draws of as many of the held-out people (some drawn more than
  // once) the ranking's area is larger than both others.
  double better_in = 0;
};
inline constexpr int kResamples = 200;

// Whether the order is surely better than the ones there are without it.
inline constexpr double kBetterInMin = 0.95;
inline bool is_better(const RankingQuality& quality) {
  return quality.better_in >= kBetterInMin;
}

struct LearnedRanking {
  RankingModel model;
  double strength = 0;                        // of the decisions against the wish for small weights
  std::int64_t confirmed = 0, dismissed = 0;  // learned from
  RankingQuality quality;
};

// The same acts in the same order give the same bytes. Fault::Config: there are too few.
Result<LearnedRanking> learn_ranking(std::span<const DecidedAct> acts);

// The features that may be used, sorted.
std::vector<std::string> usable_features(const DecidedActs& acts);

bool is_held_out(std::string_view person);

}  // namespace pantau
