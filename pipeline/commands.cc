#include "pipeline/commands.h"

#include <fmt/format.h>

#include "pipeline/config.h"
#include "pipeline/exit_status.h"
#include "pipeline/ingest/ingest.h"
#include "pipeline/lists/load.h"
#include "pipeline/stop_signals.h"
#include "pipeline/sweep/sweep.h"

namespace pantau {

Result<int> sweep(const CommandLine& line) {
  TRY(const SweepConfig config, read_sweep_config(line));
  return run_sweep(config, {.stop = heed_stop_signals()});
}

Result<int> ingest(const CommandLine& line) {
  TRY(const SweepConfig config, read_sweep_config(line));
  if (line.status) return show_ingest_status(config);
  IngestOptions options;
  options.file = line.sweep_file;
  options.follow = line.follow;
  options.stop = heed_stop_signals();
  return run_ingest(config, options);
}

Result<int> check_rules(const CommandLine& line) {
  std::string mistakes;
  std::vector<RulePack> packs;
  for (const std::string& path : line.rule_files) {
    std::uint64_t fingerprint = 0;
    Result<RulePack> pack = load_rule_pack(path, fingerprint);
    if (!pack) {
      mistakes += pack.error().message + '\n';
      continue;
    }
    std::size_t examples = 0;
    for (const Pattern& pattern : pack->patterns) {
      examples += pattern.matches.size() + pattern.passes.size();
    }
    fmt::print("{}: {}: {} rules, {} patterns, {} examples: ok\n", path, pack->name(),
               pack->rules.size(), pack->patterns.size(), examples);
    TRY(const RuleSet rules, RuleSet::compile({&*pack, 1}, {}));
    if (const std::string note = note_on_patterns(rules.featureless()); !note.empty()) {
      fmt::print("{}: {}\n", path, note);
    }
  }
  if (mistakes.empty()) return kExitDone;
  mistakes.pop_back();
  return fail(Fault::Config, mistakes);
}

Result<int> build_roster(const CommandLine& line) {
  TRY_STATUS(build_roster_index(line.roster_csv, line.roster_index));
  TRY(const Roster roster, load_roster(line.roster_index));
  fmt::print(stderr, "{}: {} accounts of {} subjects\n", line.roster_index, roster.entries(),
             roster.subjects());
  return kExitDone;
}

}  // namespace pantau
