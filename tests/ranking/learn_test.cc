// The learned ranking: its slow twin, what it must not see, and what it says of itself.
#include "classifiers/ranking/learn.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace pantau {
namespace {

using Numbers = std::mt19937_64;

double unit(Numbers& numbers) {
  return static_cast<double>(numbers() >> 11) * 0x1p-53;
}

// Acts whose outcome hangs on w0 (for) and w1 (against), and on chance.
std::vector<DecidedAct> made_up_acts(std::uint64_t seed, std::size_t count, std::size_t words) {
  Numbers numbers(seed);
  std::vector<DecidedAct> acts;
  for (std::size_t i = 0; i < count; i++) {
    DecidedAct act;
    double odds = -0.3;
    for (std::size_t word = 0; word < words; word++) {
      if (unit(numbers) > 0.3) continue;
      act.features.push_back(fmt::format("word:w{}", word));
      odds += word == 0 ? 2.5 : word == 1 ? -2.5 : 0;
    }
    std::ranges::sort(act.features);
    act.is_confirmed = unit(numbers) < 1 / (1 + std::exp(-odds));
    act.person = fmt::format("S-{}", numbers() % 150);
    act.region = fmt::format("63.{:02}", numbers() % 3);
    act.agency = fmt::format("Dinas {}", numbers() % 5);
    act.candidates = {fmt::format("c/{}", numbers() % 2)};
    act.found_as = static_cast<std::int64_t>(i);
    act.level = static_cast<int>(numbers() % 3);
    acts.push_back(std::move(act));
  }
  return acts;
}

DecidedActs pointers(const std::vector<DecidedAct>& acts) {
  DecidedActs all;
  for (const DecidedAct& act : acts) all.push_back(&act);
  return all;
}

// The slow twin: the same sum made least by walking down its slope, on dense rows.
std::vector<double> plain_fit(const std::vector<DecidedAct>& acts,
                              const std::vector<std::string>& features, double strength) {
  const std::size_t width = features.size() + 1;
  std::vector<std::vector<double>> rows;
  for (const DecidedAct& act : acts) {
    std::vector<double> row(width);
    for (std::size_t i = 0; i < features.size(); i++) {
      row[i] = std::ranges::count(act.features, features[i]) > 0 ? 1 : 0;
    }
    row[features.size()] = kBaseScale;
    rows.push_back(std::move(row));
  }
  // No step may be longer than one over the steepest bend there can be.
  double bend = 1;
  for (const auto& row : rows) {
    for (const double x : row) bend += strength * x * x / 4;
  }
  std::vector<double> weights(width);
  for (int step = 0; step < 400'000; step++) {
    std::vector<double> slope = weights;
    for (std::size_t i = 0; i < rows.size(); i++) {
      double sum = 0;
      for (std::size_t j = 0; j < width; j++) sum += weights[j] * rows[i][j];
      const double side = acts[i].is_confirmed ? 1 : -1;
      const double pull = -side * strength / (1 + std::exp(side * sum));
      for (std::size_t j = 0; j < width; j++) slope[j] += pull * rows[i][j];
    }
    double steepness = 0;
    for (std::size_t j = 0; j < width; j++) {
      weights[j] -= slope[j] / bend;
      steepness += slope[j] * slope[j];
    }
    if (steepness < 1e-14) break;
  }
  weights.back() *= kBaseScale;
  return weights;
}

TEST(FitRanking, AgreesWithItsSlowTwin) {
  for (std::uint64_t seed = 1; seed <= 3; seed++) {
    for (const double strength : {0.03, 0.5}) {
      const std::vector<DecidedAct> acts = made_up_acts(seed, 60, 6);
      const std::vector<std::string> features = usable_features(pointers(acts));
      ASSERT_EQ(features.size(), 6U);
      const RankingModel fast = fit_ranking(pointers(acts), features, strength);
      const std::vector<double> slow = plain_fit(acts, features, strength);
      const auto units = [](double weight) { return weight * static_cast<double>(kWeightUnit); };
      EXPECT_NEAR(static_cast<double>(fast.base()), units(slow.back()), 3);
      for (std::size_t i = 0; i < features.size(); i++) {
        const std::vector<std::string> one = {features[i]};
        EXPECT_NEAR(static_cast<double>(fast.score(one) - fast.base()), units(slow[i]), 3)
            << seed << ' ' << features[i];
      }
    }
  }
}

TEST(LearnRanking, FindsWhatMattersAndSaysHowWell) {
  const std::vector<DecidedAct> acts = made_up_acts(7, 1500, 12);
  const Result<LearnedRanking> learned = learn_ranking(acts);
  ASSERT_TRUE(learned) << learned.error().message;
  EXPECT_EQ(learned->model.strongest(true, 1).at(0).feature, "word:w0");
  EXPECT_EQ(learned->model.strongest(false, 1).at(0).feature, "word:w1");
  const RankingQuality& quality = learned->quality;
  EXPECT_GT(quality.area, 0.7);
  EXPECT_NEAR(quality.clock_area, 0.5, 0.1);
  EXPECT_NEAR(quality.level_area, 0.5, 0.1);
  EXPECT_GT(quality.precision, quality.clock_precision);
  EXPECT_LT(quality.brier, quality.constant_brier);
  EXPECT_TRUE(is_better(quality)) << quality.better_in;
  std::int64_t in_bands = 0;
  for (const CalibrationBand& band : quality.bands) in_bands += band.decisions;
  EXPECT_EQ(in_bands, quality.confirmed + quality.dismissed);
  EXPECT_EQ(in_bands + learned->confirmed + learned->dismissed, 1500);
}

TEST(LearnRanking, GivesTheSameBytesForTheSameDecisions) {
  const std::vector<DecidedAct> acts = made_up_acts(3, 800, 30);
  const auto first = learn_ranking(acts);
  const auto second = learn_ranking(std::vector<DecidedAct>(acts));
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->model.text(), second->model.text());
  EXPECT_EQ(first->quality.better_in, second->quality.better_in);
}

TEST(LearnRanking, IsNoBetterWhereThereIsNothingToLearn) {
  std::vector<DecidedAct> acts = made_up_acts(5, 1500, 12);
  Numbers numbers(11);
  for (DecidedAct& act : acts) act.is_confirmed = numbers() % 2 == 0;
  const auto learned = learn_ranking(acts);
  ASSERT_TRUE(learned);
  EXPECT_NEAR(learned->quality.area, 0.5, 0.12);
  EXPECT_FALSE(is_better(learned->quality)) << learned->quality.better_in;
}

TEST(LearnRanking, HoldsOutPeopleAndNotDecisions) {
  const std::vector<DecidedAct> acts = made_up_acts(9, 2000, 6);
  const auto learned = learn_ranking(acts);
  ASSERT_TRUE(learned);
  std::int64_t held_out = 0;
  for (const DecidedAct& act : acts) held_out += is_held_out(act.person) ? 1 : 0;
  EXPECT_EQ(learned->quality.confirmed + learned->quality.dismissed, held_out);
  EXPECT_GT(held_out, 200);
  EXPECT_LT(held_out, 700);
}

TEST(LearnRanking, NeedsEnoughOfEachKind) {
  std::vector<DecidedAct> acts = made_up_acts(1, 1000, 6);
  for (DecidedAct& act : acts) act.is_confirmed = false;
  for (std::size_t i = 0; i < 99; i++) acts[i].is_confirmed = true;
  EXPECT_EQ(learn_ranking(acts).error().message,
            "too few decisions to learn from: 99 confirmed and 901 dismissed; 100 of each are "
            "needed");
  acts[99].is_confirmed = true;
  EXPECT_TRUE(learn_ranking(acts));
  for (DecidedAct& act : acts) act.person = "S-1";
  EXPECT_NE(learn_ranking(acts).error().message.find("too few people"), std::string::npos);
  EXPECT_EQ(learn_ranking({}).error().fault, Fault::Config);
}

// Whatever could stand for a person, an office, a region or a candidate is no feature.
TEST(UsableFeatures, StandForNobody) {
  std::vector<DecidedAct> acts = made_up_acts(2, 400, 4);
  for (DecidedAct& act : acts) {
    act.features = {"word:all", "word:of " + act.person, "word:of " + act.region,
                    "word:of " + act.agency, "word:of " + act.candidates[0]};
    std::ranges::sort(act.features);
  }
  acts[0].features.push_back("word:rare");
  acts[1].features.push_back("word:rare");
  EXPECT_EQ(usable_features(pointers(acts)), std::vector<std::string>{"word:all"});
  // With one candidate only, all acts are alike in this, and none is put before another for it.
  for (DecidedAct& act : acts) {
    act.candidates = {"c/1"};
    act.features = {"word:all"};
  }
  EXPECT_EQ(usable_features(pointers(acts)), std::vector<std::string>{"word:all"});
}

TEST(Quality, OfOrdersWorkedOutByHand) {
  const std::vector<OrderedDecision> some = {{3, true}, {2, false}, {2, true}, {1, false}};
  EXPECT_DOUBLE_EQ(area_under_curve(some), 3.5 / 4);
  EXPECT_DOUBLE_EQ(average_precision(some), (1.0 + 2.0 / 3) / 2);
  EXPECT_DOUBLE_EQ(area_under_curve({{1, true}}), 0.5);
  EXPECT_DOUBLE_EQ(area_under_curve({}), 0.5);
  EXPECT_DOUBLE_EQ(average_precision({}), 0);
  const std::vector<OrderedDecision> chances = {{1, true}, {0, false}, {0.5, true}, {0.5, false}};
  EXPECT_DOUBLE_EQ(brier_score(chances), 0.125);
  const std::vector<CalibrationBand> bands = calibration_bands(chances);
  ASSERT_EQ(bands.size(), kCalibrationBands);
  EXPECT_EQ(bands[2].decisions, 2);
  EXPECT_EQ(bands[2].confirmed, 1);
  EXPECT_EQ(bands[4].confirmed, 1);
  EXPECT_DOUBLE_EQ(bands[4].chance, 1);
}

// The fast way to the area, against asking each pair.
TEST(Quality, AreaAgreesWithAskingEachPair) {
  Numbers numbers(4);
  for (int round = 0; round < 200; round++) {
    std::vector<OrderedDecision> decisions(1 + numbers() % 40);
    for (OrderedDecision& decision : decisions) {
      decision = {static_cast<double>(numbers() % 7), numbers() % 3 == 0};
    }
    double won = 0;
    double pairs = 0;
    for (const OrderedDecision& a : decisions) {
      for (const OrderedDecision& b : decisions) {
        if (!a.is_confirmed || b.is_confirmed) continue;
        pairs += 1;
        won += a.score > b.score ? 1 : a.score == b.score ? 0.5 : 0;
      }
    }
    EXPECT_DOUBLE_EQ(area_under_curve(decisions), pairs > 0 ? won / pairs : 0.5);
  }
}

}  // namespace
}  // namespace pantau
