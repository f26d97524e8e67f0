#include "pipeline/rule_tools/archive_run.h"

#include "pipeline/archive/inputs.h"
#include "pipeline/exit_status.h"
#include "pipeline/sweep/feed.h"
#include "pipeline/sweep/graph.h"
#include "pipeline/sweep/key_set.h"

namespace pantau {

Result<ArchiveRun> run_over_archive(const SweepConfig& config, const Engine& engine,
                                    const ArchiveRunOptions& options,
                                    const std::function<void(ToldFlag flag, bool is_first)>& take) {
  TRY(InputList inputs, list_inputs(config.records));
  const auto tell = [&options](std::string_view note) {
    if (options.tell) options.tell(note);
  };
  for (const std::string& note : inputs.notes) tell(note);
  Feed feed(std::move(inputs.files), {config.layout, config.chunk_limits, options.stop, true});
  GraphOptions graph;
  graph.threads = config.threads;
  graph.worker.sweep = {config.id, config.mandate};
  graph.worker.validate = config.validate;
  ArchiveRun run;
  KeySet keys;
  FlagReader reader;
  std::uint64_t subjects_seen = 0;
  TRY_STATUS(run_graph(
      feed, engine, graph,
      [&](const ChunkOutcome& outcome) {
        for (const std::string& note : outcome.notes) tell(note);
        run.records += outcome.records;
        run.rejected += total(outcome.rejected);
        run.a_file_failed = run.a_file_failed || outcome.file_failed;
        for (const FoundFlag& flag : outcome.flags) {
          take(reader.read(flag.item.flag), keys.insert(flag.item.key));
        }
        return Status();
      },
      subjects_seen));
  run.was_stopped = feed.stopped();
  return run;
}

int exit_status_of(const ArchiveRun& run) {
  if (run.was_stopped) return kExitInterrupted;
  return run.a_file_failed ? kExitSource : kExitDone;
}

}  // namespace pantau
