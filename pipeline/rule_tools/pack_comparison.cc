#include "pipeline/rule_tools/pack_comparison.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "classifiers/base/names.h"

namespace pantau {
namespace {

constexpr std::array<std::string_view, kChanges> kChangeNames = {"new", "lost", "changed"};
constexpr std::string_view kBeforeMark = "old ";
constexpr std::string_view kAfterMark = "new ";

void mark(RulePack& pack, std::string_view mark) {
  pack.id.insert(0, mark);
  for (Rule& rule : pack.rules) rule.id.insert(0, mark);
}

using WhichPart = std::tuple<std::string, std::optional<std::string>, std::string, std::string>;

WhichPart whom(const ToldMatch& match) {
  return {match.contest, match.candidate, match.via, match.account_type};
}

template <class Part>
bool differs(const std::vector<ToldMatch>& before, const std::vector<ToldMatch>& after, Part part) {
  return !std::ranges::equal(before, after, {}, part, part);
}

}  // namespace

// Of one rule in one flag.
struct PackComparison::Sides {
  std::vector<ToldMatch> before;
  std::vector<ToldMatch> after;
};

std::string_view name_of(Change change) {
  return enum_name(kChangeNames, change);
}

std::uint64_t PackDiff::total_of(Change change) const {
  std::uint64_t total = 0;
  for (const RuleDifferences& rule : rules) total += rule.of(change);
  return total;
}

std::uint64_t PackDiff::same() const {
  std::uint64_t same = 0;
  for (const RuleDifferences& rule : rules) same += rule.same;
  return same;
}

bool PackDiff::is_same() const {
  return std::ranges::all_of(kAllChanges, [this](Change change) { return total_of(change) == 0; });
}

PackComparison::PackComparison(RulePack& before, RulePack& after, std::size_t listed_max)
    : listed_max_(listed_max) {
  if (!before.id.empty()) diff_.before = before.name();
  diff_.after = after.name();
  for (const Rule& rule : after.rules) place_of(rule.id);
  for (const Rule& rule : before.rules) {
    const auto other = std::ranges::find(after.rules, rule.id, &Rule::id);
    if (other != after.rules.end() && other->level != rule.level) level_differs_[rule.id] = true;
    place_of(rule.id);
  }
  mark(before, kBeforeMark);
  mark(after, kAfterMark);
}

void PackComparison::take(ToldFlag flag) {
  for (auto& [rule, sides] : sides_of(std::move(flag.matches))) {
    RuleDifferences& counts = diff_.rules[place_of(rule)];
    Difference difference;
    difference.rule = rule;
    if (sides.before.empty() || sides.after.empty()) {
      difference.change = sides.before.empty() ? Change::New : Change::Lost;
    } else {
      difference.change = Change::Changed;
      difference.what = what_differs(rule, sides);
      if (difference.what.empty()) {
        counts.same++;
        continue;
      }
    }
    const auto change = static_cast<std::size_t>(difference.change);
    counts.by_change[change]++;
    if (listed_[change].size() == listed_max_) continue;
    difference.act = flag.act;
    difference.before = std::move(sides.before);
    difference.after = std::move(sides.after);
    listed_[change].push_back(std::move(difference));
  }
}

PackDiff PackComparison::finish() {
  for (std::vector<Difference>& listed : listed_) {
    std::ranges::move(listed, std::back_inserter(diff_.differences));
  }
  return std::move(diff_);
}

// By rule, without the marks.
std::map<std::string, PackComparison::Sides> PackComparison::sides_of(
    std::vector<ToldMatch> matches) {
  std::map<std::string, Sides> sides;
  for (ToldMatch& match : matches) {
    const bool is_before = match.rule.starts_with(kBeforeMark);
    match.rule.erase(0, is_before ? kBeforeMark.size() : kAfterMark.size());
    Sides& rule = sides[match.rule];
    (is_before ? rule.before : rule.after).push_back(std::move(match));
  }
  return sides;
}

std::size_t PackComparison::place_of(const std::string& rule) {
  const auto [place, is_new] = places_.emplace(rule, diff_.rules.size());
  if (is_new) diff_.rules.push_back({rule, {}, 0});
  return place->second;
}

std::vector<std::string_view> PackComparison::what_differs(const std::string& rule,
                                                           const Sides& sides) const {
  std::vector<std::string_view> what;
  if (level_differs_.contains(rule)) what.emplace_back("level");
  if (differs(sides.before, sides.after, whom)) {
    what.emplace_back("candidates");
    return what;  // the rest is of others, then
  }
  if (differs(sides.before, sides.after, &ToldMatch::proposes)) what.emplace_back("proposes");
  if (differs(sides.before, sides.after, &ToldMatch::spans)) what.emplace_back("spans");
  return what;
}

}  // namespace pantau
