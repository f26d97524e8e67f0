// A sweep that dies at a given point of a commit: killed_sweep SWEEP.toml QUEUE FOLDER N
// kills itself, as kill -9 would, when commits reach their Nth step. Exits with the sweep's
// status if it ends before.
#include <csignal>
#include <cstdlib>

#include "pipeline/command_line.h"
#include "pipeline/review/queue_hooks.h"
#include "tests/sweep/regency.h"

int main(int argc, char** argv) {
  using namespace pantau;
  if (argc != 5) return 64;
  CommandLine line;
  line.sweep_file = argv[1];
  line.queue = argv[2];
  line.progress = "none";
  Result<SweepConfig> config = read_sweep_config(line);
  if (!config) return 65;
  const std::string folder = argv[3];
  config->flags = folder + "/flags.ndjson";
  config->rejects = folder + "/rejects.ndjson";
  config->tells_summary = false;
  config->threads = 2;
  config->chunk_limits.chunk_bytes = 8 * 1024;
  config->checkpoint_limits.input_bytes_max = 100'000;

  int steps_left = std::atoi(argv[4]);
  SweepSurroundings surroundings;
  surroundings.open_queue = [&](std::string_view url) {
    QueueHooks hooks;
    hooks.commit_fault = [&](CommitStep) {
      if (--steps_left == 0) std::raise(SIGKILL);
      return Status();
    };
    return open_review_queue(url, hooks);
  };
  return run_sweep(*config, surroundings).value_or(66);
}
