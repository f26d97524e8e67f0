// An archive read by the sweep's own graph, with nothing stored: for whoever tries out rules.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string_view>

#include "classifiers/base/result.h"
#include "classifiers/engine.h"
#include "pipeline/config.h"
#include "pipeline/rule_tools/flag_reading.h"

namespace pantau {

struct ArchiveRunOptions {
  const std::atomic<bool>* stop = nullptr;     // when it becomes true, the run ends early
  std::function<void(std::string_view)> tell;  // for people: what is odd about an input
};

struct ArchiveRun {
  std::uint64_t records = 0;
  std::uint64_t rejected = 0;
  bool a_file_failed = false;
  bool was_stopped = false;
};

// Hands `take` every flag, in the order of the input whatever the number of threads, and whether
// the first one of its key. Of `config`: the records and how they are read.
Result<ArchiveRun> run_over_archive(const SweepConfig& config, const Engine& engine,
                                    const ArchiveRunOptions& options,
                                    const std::function<void(ToldFlag flag, bool is_first)>& take);

// The exit status of a command that ran over an archive; 0 if it came to its end.
int exit_status_of(const ArchiveRun& run);

}  // namespace pantau
