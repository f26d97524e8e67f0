// The flow graph of a sweep.
#pragma once

#include <cstdint>
#include <functional>

#include "classifiers/base/result.h"
#include "classifiers/engine.h"
#include "pipeline/sweep/feed.h"
#include "pipeline/sweep/worker.h"

namespace pantau {

struct GraphOptions {
  unsigned threads = 1;
  WorkerOptions worker;
};

// Reads the feed to its end (or stop), classifies its chunks on `threads` threads, and hands
// the outcomes to `store` one at a time in the order of the input, whatever the threads. The
// first error of `store` ends the sweep and is returned. `subjects_seen` becomes the number of
// different subjects that acted.
Status run_graph(Feed& feed, const Engine& engine, const GraphOptions& options,
                 const std::function<Status(ChunkOutcome)>& store, std::uint64_t& subjects_seen);

}  // namespace pantau
