#include "pipeline/rule_tools/pack_diff.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

#include "classifiers/engine.h"
#include "pipeline/lists/load.h"
#include "pipeline/output/human.h"
#include "pipeline/rule_tools/json_members.h"

namespace pantau {
namespace {

constexpr std::array<char, kChanges> kChangeSigns = {'+', '-', '~'};

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

std::string line_of(const Difference& difference) {
  const char sign = kChangeSigns.at(static_cast<std::size_t>(difference.change));
  const std::string what =
      difference.what.empty() ? "" : fmt::format(" [{}]", fmt::join(difference.what, ", "));
  return fmt::format("{} {}{} {}\n", sign, difference.rule, what, shown(difference.act));
}

}  // namespace

Result<PackDiff> diff_packs(SweepConfig config, RulePack before, RulePack after,
                            const PackDiffOptions& options) {
  PackComparison comparison(before, after, options.listed_max);
  config.rules.clear();
  TRY(LoadedLists loaded, load_lists(config));
  TRY_STATUS(loaded.roster_is_sound.get());
  loaded.lists.packs.push_back(std::move(before));
  loaded.lists.packs.push_back(std::move(after));
  TRY(const Engine engine, Engine::make(std::move(loaded.lists)));
  TRY(const ArchiveRun run,
      run_over_archive(config, engine, options.run, [&](ToldFlag flag, bool is_first) {
        if (is_first) comparison.take(std::move(flag));
      }));
  PackDiff diff = comparison.finish();
  diff.run = run;
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
  write_number(json, "same", diff.same());
  json.end_object();
  json.key("rules");
  json.begin_array();
  for (const RuleDifferences& rule : diff.rules) {
    json.begin_object();
    write_text(json, "rule", rule.rule);
    for (const Change change : kAllChanges) {
      write_number(json, name_of(change), rule.of(change));
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
      diff.total_of(Change::Changed), diff.same());
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
