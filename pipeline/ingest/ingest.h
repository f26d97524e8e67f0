// `pantau ingest`: live sources in, a filled review queue out.
#pragma once

#include <atomic>
#include <span>
#include <string>

#include "classifiers/base/result.h"
#include "pipeline/config.h"
#include "pipeline/ingest/ingest_loop.h"
#include "pipeline/ingest/source.h"
#include "pipeline/net/http.h"
#include "pipeline/net/stream_mailbox.h"

namespace pantau {

struct IngestOptions {
  std::string file;     // SWEEP.toml, whose sources are read
  bool follow = false;  // even if the file does not say so
  const std::atomic<bool>* stop = nullptr;
  std::span<const Platform* const> platforms = all_platforms();
  IngestLimits limits;
  HttpLimits http;
  StreamLimits streams;
};

// Reads the sources into the queue of `config`; tells what happens on standard error, and at the
// end how each source does. Returns the exit status.
Result<int> run_ingest(const SweepConfig& config, const IngestOptions& options);

// How each source of the sweep does, on standard output.
Result<int> show_ingest_status(const SweepConfig& config);

}  // namespace pantau
