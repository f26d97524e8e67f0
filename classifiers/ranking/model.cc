#include "classifiers/ranking/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "classifiers/ranking/features.h"

namespace pantau {
namespace {

constexpr std::string_view kFirstLine = "pantau-ranking 1";

std::optional<std::int64_t> weight_in(std::string_view text) {
  std::int64_t weight = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), weight);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  if (weight > kWeightMax || weight < -kWeightMax) return std::nullopt;
  return weight;
}

bool is_feature(std::string_view feature) {
  const std::size_t colon = feature.find(':');
  return colon != std::string_view::npos && colon + 1 < feature.size() &&
         feature.size() <= kFeatureBytesMax &&
         std::ranges::find(kFeatureGroups, feature.substr(0, colon)) != std::end(kFeatureGroups);
}

tl::unexpected<Error> unsound(std::size_t line, std::string_view why) {
  return fail(Fault::Storage, fmt::format("the stored ranking, line {}: {}", line, why));
}

// Takes the next line off the text.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

// "-123 word:ayo"
Result<RankingWeight> read_weight(std::string_view line, std::size_t number) {
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos) return unsound(number, "there is no feature");
  const auto weight = weight_in(line.substr(0, blank));
  if (!weight) return unsound(number, "the weight is no number, or too large");
  const std::string_view feature = line.substr(blank + 1);
  if (!is_feature(feature)) return unsound(number, "that is no feature that a ranking may use");
  return RankingWeight{std::string(feature), *weight};
}

// Largest first; of two that are alike, the name decides.
bool is_stronger(const RankingWeight& a, const RankingWeight& b) {
  const std::int64_t size_a = std::abs(a.weight);
  const std::int64_t size_b = std::abs(b.weight);
  return size_a != size_b ? size_a > size_b : a.feature < b.feature;
}

std::vector<RankingWeight> first_of(std::vector<RankingWeight> weights, std::size_t count_max) {
  std::ranges::sort(weights, is_stronger);
  if (weights.size() > count_max) weights.resize(count_max);
  return weights;
}

}  // namespace

Result<RankingModel> RankingModel::read(std::string_view text) {
  if (text.size() > kRankingTextBytesMax) return unsound(1, "it is too long");
  if (take_line(text) != kFirstLine) return unsound(1, "it is of no kind that is known here");
  const auto base = weight_in(take_line(text));
  if (!base) return unsound(2, "the weight is no number, or too large");
  RankingModel model;
  model.base_ = *base;
  for (std::size_t number = 3; !text.empty(); number++) {
    TRY(RankingWeight weight, read_weight(take_line(text), number));
    if (!model.weights_.empty() && model.weights_.back().feature >= weight.feature) {
      return unsound(number, "the features are not in order");
    }
    if (model.weights_.size() == kRankingFeaturesMax) {
      return unsound(number, "there are too many features");
    }
    model.weights_.push_back(std::move(weight));
  }
  return model;
}

std::string RankingModel::text() const {
  std::string text = fmt::format("{}\n{}\n", kFirstLine, base_);
  for (const RankingWeight& weight : weights_) {
    text += fmt::format("{} {}\n", weight.weight, weight.feature);
  }
  return text;
}

std::int64_t RankingModel::weight_of(std::string_view feature) const {
  const auto found = std::ranges::lower_bound(weights_, feature, {}, &RankingWeight::feature);
  return found != weights_.end() && found->feature == feature ? found->weight : 0;
}

std::int64_t RankingModel::score(std::span<const std::string> features) const {
  std::int64_t score = base_;
  for (const std::string& feature : features) score += weight_of(feature);
  return score;
}

std::vector<RankingWeight> RankingModel::reasons(std::span<const std::string> features,
                                                 std::size_t count_max) const {
  std::vector<RankingWeight> known;
  for (const std::string& feature : features) {
    const std::int64_t weight = weight_of(feature);
    if (weight != 0) known.push_back({feature, weight});
  }
  return first_of(std::move(known), count_max);
}

std::vector<RankingWeight> RankingModel::strongest(bool for_it, std::size_t count_max) const {
  std::vector<RankingWeight> fitting;
  std::ranges::copy_if(weights_, std::back_inserter(fitting), [&](const RankingWeight& weight) {
    return for_it ? weight.weight > 0 : weight.weight < 0;
  });
  return first_of(std::move(fitting), count_max);
}

double chance_of_score(std::int64_t score) {
  return 1 / (1 + std::exp(-static_cast<double>(score) / static_cast<double>(kWeightUnit)));
}

}  // namespace pantau
