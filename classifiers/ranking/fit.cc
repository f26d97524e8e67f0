#include "classifiers/ranking/fit.h"

#include <linear.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "classifiers/base/check.h"

namespace pantau {
namespace {

// Far below what is left of a weight when it is rounded.
constexpr double kStopAt = 1e-7;

struct FreeModel {
  void operator()(model* fitted) const { free_and_destroy_model(&fitted); }
};

// What liblinear reads: rows of (number of the feature, 1), each ended by −1.
struct Table {
  std::vector<feature_node> nodes;
  std::vector<feature_node*> rows;
  std::vector<double> sides;
};

Table table_of(const DecidedActs& acts, std::span<const std::string> features) {
  Table table;
  std::vector<std::size_t> begins;
  for (const DecidedAct* const act : acts) {
    begins.push_back(table.nodes.size());
    auto known = features.begin();
    for (const std::string& feature : act->features) {
      known = std::lower_bound(known, features.end(), feature);
      if (known == features.end()) break;
      if (*known != feature) continue;
      table.nodes.push_back({static_cast<int>(known - features.begin()) + 1, 1});
    }
    table.nodes.push_back({static_cast<int>(features.size()) + 1, kBaseScale});
    table.nodes.push_back({-1, 0});
    table.sides.push_back(act->is_confirmed ? 1 : -1);
  }
  for (const std::size_t begin : begins) table.rows.push_back(&table.nodes[begin]);
  return table;
}

std::int64_t rounded(double weight) {
  const double units = std::round(weight * static_cast<double>(kWeightUnit));
  return static_cast<std::int64_t>(
      std::clamp(units, -static_cast<double>(kWeightMax), static_cast<double>(kWeightMax)));
}

}  // namespace

RankingModel fit_ranking(const DecidedActs& acts, std::span<const std::string> features,
                         double strength) {
  Table table = table_of(acts, features);
  problem asked{};
  asked.l = static_cast<int>(table.rows.size());
  asked.n = static_cast<int>(features.size()) + 1;
  asked.y = table.sides.data();
  asked.x = table.rows.data();
  asked.bias = kBaseScale;
  parameter how{};
  how.solver_type = L2R_LR;
  how.eps = kStopAt;
  how.C = strength;
  set_print_string_function([](const char*) {});
  CHECK(check_parameter(&asked, &how) == nullptr, "liblinear takes our parameters");
  const std::unique_ptr<model, FreeModel> fitted(train(&asked, &how));
  CHECK(fitted->nr_class == 2, "there are acts of both kinds");
  const double sign = fitted->label[0] == 1 ? 1 : -1;
  std::vector<RankingWeight> weights;
  for (std::size_t i = 0; i < features.size(); i++) {
    const std::int64_t weight = rounded(sign * fitted->w[i]);
    if (weight != 0) weights.push_back({features[i], weight});
  }
  return {rounded(sign * fitted->w[features.size()] * kBaseScale), std::move(weights)};
}

}  // namespace pantau
