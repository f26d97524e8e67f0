// A sweep: an archive in, a filled review queue out.
#pragma once

#include <atomic>

#include "classifiers/base/result.h"
#include "pipeline/config.h"

namespace pantau {

// Loads the lists, reads the records, fills the queue, writes what the configuration names, and
// tells the summary on standard error. When `stop` becomes true, it finishes what it has read,
// commits, and says how to go on. Returns the exit status.
Result<int> run_sweep(const SweepConfig& config, const std::atomic<bool>& stop);

}  // namespace pantau
