// A sweep: an archive in, a filled review queue out.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string_view>

#include "classifiers/base/result.h"
#include "pipeline/config.h"
#include "pipeline/review/review_queue.h"

namespace pantau {

// What a sweep needs of its surroundings; a test gives its own.
struct SweepSurroundings {
  // When it becomes true, the sweep finishes what it has read, commits, and says how to go on.
  const std::atomic<bool>* stop = nullptr;
  std::function<Result<std::unique_ptr<ReviewQueue>>(std::string_view url)> open_queue =
      [](std::string_view url) { return open_review_queue(url); };
};

// Loads the lists, reads the records, fills the queue, writes what the configuration names, and
// tells the summary on standard error. Returns the exit status.
Result<int> run_sweep(const SweepConfig& config, const SweepSurroundings& surroundings);

}  // namespace pantau
