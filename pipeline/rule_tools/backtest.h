// Packs over an archive: how often each rule holds, for whom, and some of what it holds for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "classifiers/base/result.h"
#include "classifiers/engine.h"
#include "classifiers/model/flag.h"
#include "pipeline/config.h"
#include "pipeline/output/summary.h"
#include "pipeline/rule_tools/archive_run.h"
#include "pipeline/rule_tools/flag_reading.h"

namespace pantau {

struct RuleSample {
  std::uint64_t hash = 0;  // of the key
  ToldAct act;
  std::vector<ToldMatch> matches;  // of the rule
};

struct RuleCounts {
  std::string pack;
  std::string rule;
  Level level = Level::Info;
  std::uint64_t records = 0;        // in which it holds
  std::uint64_t flags = 0;          // of these, the first of their key
  Counts by_candidate;              // of the flags
  std::vector<RuleSample> samples;  // by hash
};

struct Backtest {
  ArchiveRun run;
  std::uint64_t flags = 0;
  std::uint64_t repeats = 0;
  std::vector<RuleCounts> rules;  // all of them, as the packs have them
};

// Samples are chosen by a hash of the flag's key, so they are from all over the archive, and the
// same whenever the same flags are found.
Result<Backtest> backtest(const SweepConfig& config, const Engine& engine,
                          const ArchiveRunOptions& options, std::size_t samples_max);

// {"records", "rejected", "flags", "repeats", "rules": [{"rule", "pack", "level", "records",
// "flags", "by_candidate": {…}, "samples": [{"key", "file", "line", "text", "matches": […]}]}]}
std::string backtest_json(const Backtest& backtest);

std::string backtest_text(const Backtest& backtest);

}  // namespace pantau
