#include "classifiers/ranking/learn.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <random>

namespace pantau {
namespace {

constexpr std::uint64_t kSplitSeed = 1;
constexpr std::uint64_t kResampleSeed = 2;
constexpr std::uint64_t kFolds = 4;
constexpr std::array<double, 5> kStrengths = {0.01, 0.03, 0.1, 0.3, 1};

std::uint64_t hash_of(std::string_view person) {
  return XXH3_64bits_withSeed(person.data(), person.size(), kSplitSeed);
}

std::int64_t confirmed_of(const DecidedActs& acts) {
  return std::ranges::count(acts, true, &DecidedAct::is_confirmed);
}

// What is learned from, and what is held out.
struct Split {
  DecidedActs learned, held_out;
};

Split split_by(std::span<const DecidedAct* const> acts, auto is_out) {
  Split split;
  for (const DecidedAct* const act : acts) {
    (is_out(act->person) ? split.held_out : split.learned).push_back(act);
  }
  return split;
}

bool has_of_each(const DecidedActs& acts, std::int64_t count) {
  const std::int64_t confirmed = confirmed_of(acts);
  return confirmed >= count && std::ssize(acts) - confirmed >= count;
}

// −log of the chance that was given to what came out.
double surprise(const RankingModel& model, const DecidedAct& act) {
  const double odds =
      static_cast<double>(model.score(act.features)) / static_cast<double>(kWeightUnit);
  return std::log1p(std::exp(act.is_confirmed ? -odds : odds));
}

// The strength that surprises least, each fold of people being tested on what was learned from the
// others.
double choose_strength(const DecidedActs& acts, std::span<const std::string> features) {
  std::array<double, kStrengths.size()> surprises{};
  for (std::uint64_t fold = 0; fold < kFolds; fold++) {
    const Split split = split_by(acts, [&](std::string_view person) {
      return hash_of(person) / kHeldOutOneIn % kFolds == fold;
    });
    if (!has_of_each(split.learned, 1)) continue;
    for (std::size_t i = 0; i < kStrengths.size(); i++) {
      const RankingModel model = fit_ranking(split.learned, features, kStrengths[i]);
      for (const DecidedAct* const act : split.held_out) surprises[i] += surprise(model, *act);
    }
  }
  const auto least = std::ranges::min_element(surprises) - surprises.begin();
  return kStrengths[static_cast<std::size_t>(least)];
}

// The held-out decisions of one person, as each of the orders sees them.
struct Orders {
  std::vector<OrderedDecision> ranking, clock, level;

  void add(const Orders& other) {
    ranking.insert(ranking.end(), other.ranking.begin(), other.ranking.end());
    clock.insert(clock.end(), other.clock.begin(), other.clock.end());
    level.insert(level.end(), other.level.begin(), other.level.end());
  }
};

std::vector<Orders> orders_of_people(const DecidedActs& acts, const RankingModel& model) {
  std::map<std::string_view, Orders> people;
  for (const DecidedAct* const act : acts) {
    Orders& orders = people[act->person];
    orders.ranking.push_back({chance_of_score(model.score(act->features)), act->is_confirmed});
    orders.clock.push_back({-static_cast<double>(act->found_as), act->is_confirmed});
    orders.level.push_back({static_cast<double>(act->level), act->is_confirmed});
  }
  std::vector<Orders> list;
  list.reserve(people.size());
  for (auto& [person, orders] : people) list.push_back(std::move(orders));
  return list;
}

double better_in(const std::vector<Orders>& people) {
  std::mt19937_64 engine(kResampleSeed);
  int better = 0;
  for (int i = 0; i < kResamples; i++) {
    Orders drawn;
    for (std::size_t j = 0; j < people.size(); j++) drawn.add(people[engine() % people.size()]);
    const double area = area_under_curve(std::move(drawn.ranking));
    if (area > area_under_curve(std::move(drawn.clock)) &&
        area > area_under_curve(std::move(drawn.level))) {
      better++;
    }
  }
  return static_cast<double>(better) / kResamples;
}

RankingQuality measure(const DecidedActs& held_out, const RankingModel& model, double share) {
  const std::vector<Orders> people = orders_of_people(held_out, model);
  Orders all;
  for (const Orders& orders : people) all.add(orders);
  RankingQuality quality;
  quality.people = std::ssize(people);
  quality.confirmed = confirmed_of(held_out);
  quality.dismissed = std::ssize(held_out) - quality.confirmed;
  quality.area = area_under_curve(all.ranking);
  quality.clock_area = area_under_curve(all.clock);
  quality.level_area = area_under_curve(all.level);
  quality.precision = average_precision(all.ranking);
  quality.clock_precision = average_precision(all.clock);
  quality.level_precision = average_precision(all.level);
  quality.brier = brier_score(all.ranking);
  quality.bands = calibration_bands(all.ranking);
  for (OrderedDecision& decision : all.ranking) decision.score = share;
  quality.constant_brier = brier_score(all.ranking);
  quality.better_in = better_in(people);
  return quality;
}

}  // namespace

bool is_held_out(std::string_view person) {
  return hash_of(person) % kHeldOutOneIn == 0;
}

Result<LearnedRanking> learn_ranking(std::span<const DecidedAct> acts) {
  DecidedActs all;
  for (const DecidedAct& act : acts) all.push_back(&act);
  const std::int64_t confirmed = confirmed_of(all);
  if (!has_of_each(all, kDecisionsOfEachMin)) {
    return fail(Fault::Config,
                fmt::format("too few decisions to learn from: {} confirmed and {} dismissed; {} of "
                            "each are needed",
                            confirmed, std::ssize(all) - confirmed, kDecisionsOfEachMin));
  }
  const Split split = split_by(all, is_held_out);
  if (!has_of_each(split.held_out, kHeldOutOfEachMin) || !has_of_each(split.learned, 1)) {
    return fail(
        Fault::Config,
        fmt::format("too few people: of the decisions about one in {} of them, which are "
                    "held out to test, {} are confirmed and {} dismissed; {} of each are "
                    "needed",
                    kHeldOutOneIn, confirmed_of(split.held_out),
                    std::ssize(split.held_out) - confirmed_of(split.held_out), kHeldOutOfEachMin));
  }
  const std::vector<std::string> features = usable_features(split.learned);
  LearnedRanking learned;
  learned.strength = choose_strength(split.learned, features);
  learned.model = fit_ranking(split.learned, features, learned.strength);
  learned.confirmed = confirmed_of(split.learned);
  learned.dismissed = std::ssize(split.learned) - learned.confirmed;
  const double share =
      static_cast<double>(learned.confirmed) / static_cast<double>(split.learned.size());
  learned.quality = measure(split.held_out, learned.model, share);
  return learned;
}

}  // namespace pantau
