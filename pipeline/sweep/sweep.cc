#include "pipeline/sweep/sweep.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>

#include "pipeline/archive/inputs.h"
#include "pipeline/exit_status.h"
#include "pipeline/lists/load.h"
#include "pipeline/output/output_file.h"
#include "pipeline/output/progress.h"
#include "pipeline/output/sha256.h"
#include "pipeline/sweep/feed.h"
#include "pipeline/sweep/graph.h"
#include "pipeline/sweep/store.h"

namespace pantau {
namespace {

using Clock = std::chrono::steady_clock;

// Changes when the same inputs would give other findings.
constexpr std::string_view kFindingsVersion = "1";

// What makes a run the same run: all that its findings and files depend on. Standard input
// cannot be read again from its beginning, so such a run is never the same.
std::string fingerprint_of(const SweepConfig& config, const InputList& inputs,
                           std::uint64_t lists) {
  std::string text = fmt::format(
      "{} {} {} {} {} {} {} {} {}\n", kFindingsVersion, lists, config.mandate, config.zone.name(),
      config.layout != nullptr ? config.layout->name() : "auto", static_cast<int>(config.validate),
      config.chunk_limits.line_bytes_max, config.flags, config.rejects);
  for (const InputFile& file : inputs.files) {
    text += fmt::format("{} {} {}\n", file.name, file.bytes, file.modified_ns);
    if (file.is_stdin) {
      text += fmt::format("{} {}\n", ::getpid(),
                          std::chrono::system_clock::now().time_since_epoch().count());
    }
  }
  return sha256_hex(text);
}

ProgressState progress_of(const SweepSummary& summary, const Feed& feed, const SweepSummary& before,
                          std::uint64_t stored_done, std::uint64_t stored_before) {
  ProgressState state;
  state.bytes_done = stored_done;
  state.bytes_total = feed.stored_bytes();
  state.bytes_read = summary.bytes;
  state.records = summary.records;
  state.flags = summary.flags;
  state.rejects = total(summary.rejected);
  state.bytes_done_before = stored_before;
  state.bytes_read_before = before.bytes;
  state.records_before = before.records;
  return state;
}

// One sweep while it runs: the store, the display, and the clock between them.
class Sweep {
 public:
  Sweep(const SweepConfig& config, Feed& feed, Store& store)
      : config_(config),
        feed_(feed),
        store_(store),
        progress_(config.progress),
        before_(store.summary()) {}

  Status run(const Engine& engine) {
    GraphOptions options;
    options.threads = config_.threads;
    options.worker.sweep = {config_.id, config_.mandate};
    options.worker.validate = config_.validate;
    options.worker.wants_rejects = !config_.rejects.empty();
    options.worker.wants_items = !config_.queue.empty();
    SweepSummary& summary = store_.summary();
    Status stored = run_graph(
        feed_, engine, options, [this](ChunkOutcome outcome) { return take(std::move(outcome)); },
        summary.subjects_seen);
    progress_.finish(state());
    return stored;
  }

  void tell(std::string_view message) { progress_.message(message); }

  void count_time() { store_.summary().seconds = before_.seconds + elapsed(); }

 private:
  double elapsed() const { return std::chrono::duration<double>(Clock::now() - started_).count(); }

  Status take(ChunkOutcome outcome) {
    for (const std::string& note : outcome.notes) tell(note);
    if (stored_before_ == 0 && store_.resumed()) stored_before_ = outcome.stored_bytes_done;
    stored_done_ = outcome.stored_bytes_done;
    count_time();
    Status taken = store_.take(std::move(outcome));
    progress_.update(state());
    return taken;
  }

  ProgressState state() const {
    ProgressState state =
        progress_of(store_.summary(), feed_, before_, stored_done_, stored_before_);
    state.elapsed = Clock::now() - started_;
    return state;
  }

  const SweepConfig& config_;
  Feed& feed_;
  Store& store_;
  Progress progress_;
  SweepSummary before_;
  Clock::time_point started_ = Clock::now();
  std::uint64_t stored_done_ = 0;
  std::uint64_t stored_before_ = 0;
};

Status write_summary(const SweepConfig& config, const SweepSummary& summary) {
  if (config.summary.empty()) return Status();
  TRY(OutputFile file, OutputFile::create(config.summary));
  TRY_STATUS(file.append(to_json(summary)));
  return file.close();
}

int exit_status(const SweepConfig& config, const Store& store, const SweepSummary& summary) {
  if (!summary.finished) return kExitInterrupted;
  if (store.a_file_failed()) return kExitSource;
  if (config.rejects_max && total(summary.rejected) > *config.rejects_max) return kExitRejects;
  return kExitDone;
}

}  // namespace

Result<int> run_sweep(const SweepConfig& config, const SweepSurroundings& surroundings) {
  // Everything that can be wrong before the first record is told before anything is stored.
  TRY(LoadedLists loaded, load_lists(config));
  TRY(const Engine engine, Engine::make(std::move(loaded.lists)));
  TRY(InputList inputs, list_inputs(config.records));
  TRY_STATUS(loaded.roster_is_sound.get());

  std::unique_ptr<ReviewQueue> queue;
  if (!config.queue.empty()) {
    TRY(queue, surroundings.open_queue(config.queue));
  }
  StoreOptions options;
  options.flags = config.flags;
  options.rejects = config.rejects;
  options.run = {config.id, config.mandate, fingerprint_of(config, inputs, loaded.fingerprint)};
  options.limits = config.checkpoint_limits;
  TRY(const std::unique_ptr<Store> store, Store::open(queue.get(), options));
  SweepSummary& summary = store->summary();
  summary.sweep = config.id;
  summary.mandate = config.mandate;
  summary.threads = config.threads;
  summary.notes = inputs.notes;
  if (const std::string note = note_on_patterns(engine.featureless_patterns()); !note.empty()) {
    summary.notes.push_back(note);
  }
  summary.started = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());

  Feed feed(std::move(inputs.files), {config.layout, config.chunk_limits, surroundings.stop, true},
            store->position());
  Sweep sweep(config, feed, *store);
  for (const std::string& note : summary.notes) sweep.tell(note);
  if (store->resumed()) sweep.tell("going on where the last run stopped");
  TRY_STATUS(sweep.run(engine));
  sweep.count_time();

  summary.finished = !feed.stopped();
  TRY_STATUS(summary.finished ? store->finish() : store->checkpoint());
  TRY_STATUS(write_summary(config, summary));
  if (config.tells_summary) sweep.tell(to_table(summary));
  if (!summary.finished) {
    sweep.tell(queue != nullptr
                   ? "stopped; what was read is committed: run the same command again to go on"
                   : "stopped; without a queue there is nothing to go on with");
  }
  return exit_status(config, *store, summary);
}

}  // namespace pantau
