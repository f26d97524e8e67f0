#include "pipeline/rule_tools/pack_diff.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

#include "classifiers/base/names.h"
#include "classifiers/engine.h"
#include "pipeline/lists/load.h"
#include "pipeline/output/human.h"
#include "pipeline/rule_tools/json_members.h"

namespace pantau {
namespace {

constexpr std::array<std::string_view, kChanges> kChangeNames = {"new", "lost", "changed"};
constexpr std::array<char, kChanges> kChangeSigns = {'+', '-', '~'};
constexpr std::array<Change, kChanges> kAllChanges = {Change::New, Change::Lost, Change::Changed};

// One engine cannot have two packs of one id, nor two rules. So they are told apart by what no id
// begins with.
constexpr std::string_view kBeforeMark = "old ";
constexpr std::string_view kAfterMark = "new ";

void mark(RulePack& pack, std::string_view mark) {
  pack.id.insert(0, mark);
  for (Rule& rule : pack.rules) rule.id.insert(0, mark);
}

// Of one rule in one flag.
struct Sides {
  std::vector<ToldMatch> before;
  std::vector<ToldMatch> after;
};

// By rule, without the marks.
std::map<std::string, Sides> sides_of(std::vector<ToldMatch> matches) {
  std::map<std::string, Sides> sides;
  for (ToldMatch& match : matches) {
    const bool is_before = match.rule.starts_with(kBeforeMark);
    match.rule.erase(0, is_before ? kBeforeMark.size() : kAfterMark.size());
    Sides& rule = sides[match.rule];
    (is_before ? rule.before : rule.after).push_back(std::move(match));
  }
  return sides;
}

using WhichPart = std::tuple<std::string, std::optional<std::string>, std::string, std::string>;

WhichPart whom(const ToldMatch& match) {
  return {match.contest, match.candidate, match.via, match.account_type};
}

template <class Part>
bool differs(const Sides& sides, Part part) {
  return !std::ranges::equal(sides.before, sides.after, {}, part, part);
}

class Comparison {
 public:
  Comparison(const RulePack& before, const RulePack& after, std::size_t listed_max, PackDiff& diff)
      : listed_max_(listed_max), diff_(diff) {
    diff_.before = before.name();
    diff_.after = after.name();
    for (const Rule& rule : after.rules) place_of(rule.id);
    for (const Rule& rule : before.rules) {
      const auto other = std::ranges::find(after.rules, rule.id, &Rule::id);
      if (other != after.rules.end() && other->level != rule.level) level_differs_[rule.id] = true;
      place_of(rule.id);
    }
  }

  void take(ToldFlag flag) {
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

  void finish() {
    for (std::vector<Difference>& listed : listed_) {
      std::ranges::move(listed, std::back_inserter(diff_.differences));
    }
  }

 private:
  std::size_t place_of(const std::string& rule) {
    const auto [place, is_new] = places_.emplace(rule, diff_.rules.size());
    if (is_new) diff_.rules.push_back({rule, {}, 0});
    return place->second;
  }

  std::vector<std::string_view> what_differs(const std::string& rule, const Sides& sides) const {
    std::vector<std::string_view> what;
    if (level_differs_.contains(rule)) what.emplace_back("level");
    if (differs(sides, whom)) {
      what.emplace_back("candidates");
      return what;  // the rest is of others, then
    }
    if (differs(sides, &ToldMatch::proposes)) what.emplace_back("proposes");
    if (differs(sides, &ToldMatch::spans)) what.emplace_back("spans");
    return what;
  }

  std::size_t listed_max_;
  PackDiff& diff_;
  std::map<std::string, std::size_t> places_;
  std::map<std::string, bool> level_differs_;
  std::array<std::vector<Difference>, kChanges> listed_;
};

void write_difference(JsonWriter& json, const Difference& difference) {
  json.begin_object();
  write_text(json, "change", name_of(difference.change));
  write_text(json, "rule", difference.rule);
  write_act(json, difference.act);
  write_texts(json, "what", difference.what);
  json.key("old");
  write_matches(json, difference.before);
  json.key("new");
  write_matches(json, difference.after);
  json.end_object();
}

std::uint64_t same_of(const PackDiff& diff) {
  std::uint64_t same = 0;
  for (const RuleDifferences& rule : diff.rules) same += rule.same;
  return same;
}

std::string line_of(const Difference& difference) {
  const char sign = kChangeSigns.at(static_cast<std::size_t>(difference.change));
  const std::string what =
      difference.what.empty() ? "" : fmt::format(" [{}]", fmt::join(difference.what, ", "));
  return fmt::format("{} {}{} {}\n", sign, difference.rule, what, shown(difference.act));
}

}  // namespace

std::string_view name_of(Change change) {
  return enum_name(kChangeNames, change);
}

std::uint64_t PackDiff::total_of(Change change) const {
  std::uint64_t total = 0;
  for (const RuleDifferences& rule : rules) {
    total += rule.by_change[static_cast<std::size_t>(change)];
  }
  return total;
}

bool PackDiff::is_same() const {
  return std::ranges::all_of(kAllChanges, [this](Change change) { return total_of(change) == 0; });
}

Result<PackDiff> diff_packs(SweepConfig config, RulePack before, RulePack after,
                            const PackDiffOptions& options) {
  PackDiff diff;
  Comparison comparison(before, after, options.listed_max, diff);
  mark(before, kBeforeMark);
  mark(after, kAfterMark);
  config.rules.clear();
  TRY(LoadedLists loaded, load_lists(config));
  TRY_STATUS(loaded.roster_is_sound.get());
  loaded.lists.packs.push_back(std::move(before));
  loaded.lists.packs.push_back(std::move(after));
  TRY(const Engine engine, Engine::make(std::move(loaded.lists)));
  TRY(diff.run, run_over_archive(config, engine, options.run, [&](ToldFlag flag, bool is_first) {
        if (is_first) comparison.take(std::move(flag));
      }));
  comparison.finish();
  return diff;
}

std::string pack_diff_json(const PackDiff& diff) {
  std::string text;
  JsonWriter json(text, JsonStyle::Pretty);
  json.begin_object();
  write_text(json, "old", diff.before);
  write_text(json, "new", diff.after);
  write_number(json, "records", diff.run.records);
  write_number(json, "rejected", diff.run.rejected);
  json.key("totals");
  json.begin_object();
  for (const Change change : kAllChanges)
    write_number(json, name_of(change), diff.total_of(change));
  write_number(json, "same", same_of(diff));
  json.end_object();
  json.key("rules");
  json.begin_array();
  for (const RuleDifferences& rule : diff.rules) {
    json.begin_object();
    write_text(json, "rule", rule.rule);
    for (const Change change : kAllChanges) {
      write_number(json, name_of(change), rule.by_change[static_cast<std::size_t>(change)]);
    }
    write_number(json, "same", rule.same);
    json.end_object();
  }
  json.end_array();
  json.key("differences");
  json.begin_array();
  for (const Difference& difference : diff.differences) write_difference(json, difference);
  json.end_array();
  json.end_object();
  return text + '\n';
}

std::string pack_diff_text(const PackDiff& diff) {
  std::string text =
      fmt::format("{} → {}: {} records, {} lines rejected\n", diff.before, diff.after,
                  format_count(diff.run.records), format_count(diff.run.rejected));
  const auto row = [&text](std::string_view rule, std::uint64_t added, std::uint64_t lost,
                           std::uint64_t changed, std::uint64_t same) {
    text += fmt::format("{:<40} {:>8} {:>8} {:>8} {:>8}\n", rule, '+' + format_count(added),
                        '-' + format_count(lost), '~' + format_count(changed),
                        '=' + format_count(same));
  };
  row("(all rules)", diff.total_of(Change::New), diff.total_of(Change::Lost),
      diff.total_of(Change::Changed), same_of(diff));
  std::uint64_t unchanged = 0;
  for (const RuleDifferences& rule : diff.rules) {
    if (std::ranges::all_of(rule.by_change, [](std::uint64_t count) { return count == 0; })) {
      unchanged++;
      continue;
    }
    row(rule.rule, rule.by_change[0], rule.by_change[1], rule.by_change[2], rule.same);
  }
  if (unchanged != 0) {
    text += fmt::format("{} rules find the same in both\n", format_count(unchanged));
  }
  for (const Change change : kAllChanges) {
    std::uint64_t listed = 0;
    for (const Difference& difference : diff.differences) {
      if (difference.change != change) continue;
      text += line_of(difference);
      listed++;
    }
    if (const std::uint64_t all = diff.total_of(change); listed < all) {
      text += fmt::format("… and {} more {}\n", format_count(all - listed), name_of(change));
    }
  }
  return text;
}

}  // namespace pantau
