#include "pipeline/rule_tools/backtest.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <map>
#include <utility>

#include "pipeline/output/human.h"
#include "pipeline/rule_tools/json_members.h"

namespace pantau {
namespace {

class Counter {
 public:
  Counter(const Engine& engine, std::size_t samples_max, std::vector<RuleCounts>& rules)
      : samples_max_(samples_max), rules_(rules) {
    for (const RuleRef& ref : engine.rules()) {
      const RulePack& pack = engine.lists().packs[ref.pack];
      RuleCounts& counts = rules_.emplace_back();
      counts.pack = pack.name();
      counts.rule = pack.rules[ref.rule].id;
      counts.level = pack.rules[ref.rule].level;
      places_.emplace(std::pair(counts.pack, counts.rule), rules_.size() - 1);
    }
  }

  // Matches of one rule stand side by side.
  void take(const ToldFlag& flag, bool is_first) {
    for (auto match = flag.matches.begin(); match != flag.matches.end();) {
      const auto end = std::find_if(match, flag.matches.end(), [&](const ToldMatch& other) {
        return other.rule != match->rule || other.pack != match->pack;
      });
      RuleCounts& counts = rules_.at(places_.at({match->pack, match->rule}));
      counts.records++;
      if (is_first) add_flag(flag.act, {match, end}, counts);
      match = end;
    }
  }

 private:
  void add_flag(const ToldAct& act, std::vector<ToldMatch> matches, RuleCounts& counts) const {
    counts.flags++;
    std::vector<std::string> candidates;
    candidates.reserve(matches.size());
    for (const ToldMatch& match : matches) candidates.push_back(match.candidate_name());
    std::ranges::sort(candidates);
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    for (const std::string& candidate : candidates) counts.by_candidate[candidate]++;
    add_sample({XXH3_64bits(act.key.data(), act.key.size()), act, std::move(matches)}, counts);
  }

  // Those of the lowest hashes stay.
  void add_sample(RuleSample sample, RuleCounts& counts) const {
    std::vector<RuleSample>& samples = counts.samples;
    if (samples_max_ == 0) return;
    if (samples.size() == samples_max_ && sample.hash >= samples.back().hash) return;
    if (samples.size() == samples_max_) samples.pop_back();
    const auto place = std::ranges::upper_bound(samples, sample.hash, {}, &RuleSample::hash);
    samples.insert(place, std::move(sample));
  }

  std::size_t samples_max_;
  std::vector<RuleCounts>& rules_;
  std::map<std::pair<std::string, std::string>, std::size_t> places_;
};

void write_rule(JsonWriter& json, const RuleCounts& rule) {
  json.begin_object();
  write_text(json, "rule", rule.rule);
  write_text(json, "pack", rule.pack);
  write_text(json, "level", name_of(rule.level));
  write_number(json, "records", rule.records);
  write_number(json, "flags", rule.flags);
  json.key("by_candidate");
  json.begin_object();
  for (const auto& [candidate, flags] : rule.by_candidate) write_number(json, candidate, flags);
  json.end_object();
  json.key("samples");
  json.begin_array();
  for (const RuleSample& sample : rule.samples) {
    json.begin_object();
    write_act(json, sample.act);
    json.key("matches");
    write_matches(json, sample.matches);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace

Result<Backtest> backtest(const SweepConfig& config, const Engine& engine,
                          const ArchiveRunOptions& options, std::size_t samples_max) {
  Backtest result;
  Counter counter(engine, samples_max, result.rules);
  TRY(result.run,
      run_over_archive(config, engine, options, [&](const ToldFlag& flag, bool is_first) {
        (is_first ? result.flags : result.repeats)++;
        counter.take(flag, is_first);
      }));
  return result;
}

std::string backtest_json(const Backtest& backtest) {
  std::string text;
  JsonWriter json(text, JsonStyle::Pretty);
  json.begin_object();
  write_number(json, "records", backtest.run.records);
  write_number(json, "rejected", backtest.run.rejected);
  write_number(json, "flags", backtest.flags);
  write_number(json, "repeats", backtest.repeats);
  json.key("rules");
  json.begin_array();
  for (const RuleCounts& rule : backtest.rules) write_rule(json, rule);
  json.end_array();
  json.end_object();
  return text + '\n';
}

std::string backtest_text(const Backtest& backtest) {
  std::string text =
      fmt::format("{} records, {} lines rejected, {} flags, {} repetitions\n",
                  format_count(backtest.run.records), format_count(backtest.run.rejected),
                  format_count(backtest.flags), format_count(backtest.repeats));
  for (const RuleCounts& rule : backtest.rules) {
    text += fmt::format("\n{} ({}, {}): {} flags in {} records\n", rule.rule, rule.pack,
                        name_of(rule.level), format_count(rule.flags), format_count(rule.records));
    for (const auto& [candidate, flags] : rule.by_candidate) {
      text += fmt::format("  {}: {}\n", candidate, format_count(flags));
    }
    for (const RuleSample& sample : rule.samples) {
      text += fmt::format("  > {}\n", shown(sample.act));
    }
  }
  return text;
}

}  // namespace pantau
