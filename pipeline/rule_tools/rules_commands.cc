#include "pipeline/rule_tools/rules_commands.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "pipeline/config.h"
#include "pipeline/exit_status.h"
#include "pipeline/lists/load.h"
#include "pipeline/output/human.h"
#include "pipeline/rule_tools/backtest.h"
#include "pipeline/rule_tools/pack_diff.h"
#include "pipeline/rule_tools/rule_description.h"

namespace pantau {
namespace {

ArchiveRunOptions run_options(const std::atomic<bool>* stop) {
  return {stop, [](std::string_view note) { fmt::print(stderr, "{}\n", printable(note)); }};
}

// With what is wrong with either of them.
Status load_both(const RuleToolsLine& asked, RulePack& before, RulePack& after) {
  std::string mistakes;
  const auto load = [&mistakes](const std::string& path, RulePack& pack) {
    std::uint64_t fingerprint = 0;
    Result<RulePack> loaded = load_rule_pack(path, fingerprint);
    if (loaded) {
      pack = *std::move(loaded);
      return;
    }
    if (!mistakes.empty()) mistakes += '\n';
    mistakes += loaded.error().message;
  };
  load(asked.old_pack, before);
  load(asked.new_pack, after);
  return mistakes.empty() ? Status() : fail(Fault::Config, mistakes);
}

}  // namespace

Result<int> backtest_rules(const CommandLine& line, const std::atomic<bool>* stop) {
  TRY(const SweepConfig config, read_sweep_config(line));
  TRY(LoadedLists loaded, load_lists(config));
  TRY_STATUS(loaded.roster_is_sound.get());
  TRY(const Engine engine, Engine::make(std::move(loaded.lists)));
  TRY(const Backtest found,
      backtest(config, engine, run_options(stop), line.rule_tools.samples_max));
  fmt::print("{}", line.rule_tools.json ? backtest_json(found) : backtest_text(found));
  return exit_status_of(found.run);
}

Result<int> diff_rules(const CommandLine& line, const std::atomic<bool>* stop) {
  const RuleToolsLine& asked = line.rule_tools;
  CommandLine sweep_line = line;  // which packs the sweep has does not matter
  sweep_line.rules = {asked.old_pack, asked.new_pack};
  TRY(const SweepConfig config, read_sweep_config(sweep_line));
  RulePack before;
  RulePack after;
  TRY_STATUS(load_both(asked, before, after));
  PackDiffOptions options;
  options.run = run_options(stop);
  options.listed_max = asked.listed_max;
  TRY(const PackDiff diff, diff_packs(config, std::move(before), std::move(after), options));
  fmt::print("{}", asked.json ? pack_diff_json(diff) : pack_diff_text(diff));
  if (const int status = exit_status_of(diff.run); status != kExitDone) return status;
  return diff.is_same() ? kExitDone : kExitUnsound;
}

Result<int> explain_rule(const CommandLine& line) {
  const RuleToolsLine& asked = line.rule_tools;
  std::uint64_t fingerprint = 0;
  TRY(const RulePack pack, load_rule_pack(asked.new_pack, fingerprint));
  const auto rule = std::ranges::find(pack.rules, asked.rule, &Rule::id);
  if (rule == pack.rules.end()) {
    std::vector<std::string_view> ids;
    for (const Rule& other : pack.rules) ids.push_back(other.id);
    return fail(Fault::Config, fmt::format("{}: error: no rule '{}'; there are {}", asked.new_pack,
                                           asked.rule, fmt::join(ids, ", ")));
  }
  fmt::print("{}", rule_description(pack, *rule));
  return kExitDone;
}

}  // namespace pantau
