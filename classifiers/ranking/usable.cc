// Which features may be used: those that stand for nobody.
#include <algorithm>
#include <cstdint>
#include <unordered_map>

#include "classifiers/ranking/learn.h"

namespace pantau {
namespace {

using Numbers = std::unordered_map<std::string_view, std::uint32_t>;

std::uint32_t number_of(Numbers& numbers, std::string_view name) {
  return numbers.emplace(name, static_cast<std::uint32_t>(numbers.size())).first->second;
}

// With how many different people (or offices …) each feature was seen.
class Company {
 public:
  void see(std::uint32_t feature, std::string_view name) {
    if (!name.empty()) seen_.emplace_back(feature, number_of(names_, name));
  }
  std::size_t names() const { return names_.size(); }

  std::vector<std::size_t> of_each(std::size_t features) {
    std::ranges::sort(seen_);
    seen_.erase(std::unique(seen_.begin(), seen_.end()), seen_.end());
    std::vector<std::size_t> counts(features);
    for (const auto& [feature, name] : seen_) counts[feature]++;
    return counts;
  }

 private:
  Numbers names_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> seen_;
};

struct Seen {
  Numbers features;
  Company people, agencies, regions, candidates;
};

void see(const DecidedAct& act, Seen& seen) {
  for (const std::string& name : act.features) {
    if (seen.features.size() >= kFeaturesSeenMax && !seen.features.contains(name)) continue;
    const std::uint32_t feature = number_of(seen.features, name);
    seen.people.see(feature, act.person);
    seen.agencies.see(feature, act.agency);
    seen.regions.see(feature, act.region);
    for (const std::string& candidate : act.candidates) seen.candidates.see(feature, candidate);
  }
}

}  // namespace

std::vector<std::string> usable_features(const DecidedActs& acts) {
  Seen seen;
  for (const DecidedAct* const act : acts) see(*act, seen);
  const std::size_t count = seen.features.size();
  const std::vector<std::size_t> people = seen.people.of_each(count);
  std::vector<bool> is_usable(count);
  for (std::size_t i = 0; i < count; i++) is_usable[i] = people[i] >= kPeopleOfFeatureMin;
  for (Company* const company : {&seen.agencies, &seen.regions, &seen.candidates}) {
    const std::size_t needed = std::min(kGroupsOfFeatureMin, company->names());
    const std::vector<std::size_t> groups = company->of_each(count);
    for (std::size_t i = 0; i < count; i++) {
      if (groups[i] < needed) is_usable[i] = false;
    }
  }
  std::vector<std::pair<std::size_t, std::string_view>> usable;
  for (const auto& [name, number] : seen.features) {
    if (is_usable[number]) usable.emplace_back(people[number], name);
  }
  // Those of the most people, if there are too many; of two that are alike, the name decides.
  std::ranges::sort(usable, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  if (usable.size() > kRankingFeaturesMax) usable.resize(kRankingFeaturesMax);
  std::vector<std::string> names;
  names.reserve(usable.size());
  for (const auto& [of_people, name] : usable) names.emplace_back(name);
  std::ranges::sort(names);
  return names;
}

}  // namespace pantau
