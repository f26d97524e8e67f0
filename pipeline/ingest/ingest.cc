#include "pipeline/ingest/ingest.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <random>

#include "pipeline/exit_status.h"
#include "pipeline/ingest/health_table.h"
#include "pipeline/lists/load.h"
#include "pipeline/net/streaming_fetcher.h"

namespace pantau {
namespace {

class SystemClock final : public IngestClock {
 public:
  Instant now() override {
    return std::chrono::floor<Instant::duration>(std::chrono::system_clock::now());
  }
  Duration elapsed() override {
    return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - started_);
  }

 private:
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

// A core dump would hold records that gave no flag.
void forbid_core_dumps() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
}

void tell(std::string_view line) {
  fmt::print(stderr, "{}\n", line);
}

}  // namespace

Result<int> run_ingest(const SweepConfig& config, const IngestOptions& options) {
  forbid_core_dumps();
  TRY(LoadedLists loaded, load_lists(config));
  TRY(const Engine engine, Engine::make(std::move(loaded.lists)));
  TRY(IngestSettings settings,
      read_ingest_settings(options.file, engine.lists().campaign, options.platforms));
  if (options.follow) settings.follow = true;
  TRY_STATUS(loaded.roster_is_sound.get());
  TRY(const std::unique_ptr<IngestStore> store, open_ingest_store(config.queue));
  TRY(std::unique_ptr<Fetcher> plain, make_curl_fetcher(options.http));
  const std::unique_ptr<Fetcher> fetcher =
      make_streaming_fetcher(std::move(plain), options.streams);
  SystemClock clock;
  IngestSurroundings around{.engine = engine,
                            .store = *store,
                            .fetcher = *fetcher,
                            .clock = clock,
                            .zone = config.zone,
                            .tell = tell,
                            .stop = options.stop,
                            .seed = std::random_device()()};
  IngestLoop loop(std::move(around), settings, options.limits, {config.id, config.mandate});
  TRY(const IngestEnd end, loop.run());
  TRY(const std::vector<StoredSource> sources, list_sources(config.queue, config.id));
  fmt::print(stderr, "{}", health_table(sources));
  if (end.stopped) {
    tell("stopped; what was read is committed: run the same command again to go on");
    return kExitInterrupted;
  }
  return end.source_failed ? kExitSource : kExitDone;
}

Result<int> show_ingest_status(const SweepConfig& config) {
  TRY(const std::vector<StoredSource> sources, list_sources(config.queue, config.id));
  fmt::print("{}", health_table(sources));
  return kExitDone;
}

}  // namespace pantau
