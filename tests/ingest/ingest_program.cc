// `pantau ingest` with the tests' platform, to be killed: ingest_program SWEEP.toml
#include <fmt/format.h>

#include "pipeline/command_line.h"
#include "pipeline/ingest/ingest.h"
#include "pipeline/stop_signals.h"
#include "tests/ingest/paged_source.h"

int main(int argc, char** argv) {
  using namespace pantau;
  if (argc != 2) return 64;
  CommandLine line;
  line.command = Command::Ingest;
  line.sweep_file = argv[1];
  const Result<SweepConfig> config = read_sweep_config(line);
  if (!config) return 65;
  IngestOptions options;
  options.file = argv[1];
  options.platforms = kTestPlatforms;
  options.limits.burst = 1e6;
  options.stop = heed_stop_signals();
  const Result<int> status = run_ingest(*config, options);
  if (!status) fmt::print(stderr, "{}\n", status.error().message);
  return status.value_or(66);
}
