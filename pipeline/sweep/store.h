// The ordered part of a sweep: outcomes come in one at a time, in the order of the input,
// and leave as flags, rejects, counts and items of the review queue.
//
// What is written to files and what the queue holds belong together at each checkpoint:
// files are synced first, then the queue commits items, deletions and the position (with
// the files' lengths) in one transaction. A sweep that is killed anywhere cuts its files
// back to the committed lengths when it is started again.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "classifiers/base/result.h"
#include "pipeline/config.h"
#include "pipeline/output/output_file.h"
#include "pipeline/output/summary.h"
#include "pipeline/review/review_queue.h"
#include "pipeline/sweep/checkpoint.h"
#include "pipeline/sweep/key_set.h"
#include "pipeline/sweep/worker.h"

namespace pantau {

struct StoreOptions {
  std::string flags;  // paths; empty: not wanted, "-": standard output
  std::string rejects;
  RunDescription run;
  CheckpointLimits limits;
};

// For one thread at a time.
class Store {
 public:
  // Begins a run or goes on with an unfinished one, its files cut back to where it was.
  // `queue` may be null: then there is nothing to go on with, and no checkpoint.
  static Result<std::unique_ptr<Store>> open(ReviewQueue* queue, const StoreOptions& options);

  // Where the inputs are to be read from.
  const FeedPosition& position() const { return position_; }
  bool resumed() const { return summary_.resumed; }

  // Takes the next outcome in order.
  Status take(ChunkOutcome outcome);

  // Saves what was taken. With `finished` the run is over, and `summary` is kept with it.
  Status checkpoint();
  Status finish();

  // The counts so far; the caller fills in what a store does not know.
  SweepSummary& summary() { return summary_; }
  bool a_file_failed() const { return a_file_failed_; }

 private:
  Store(ReviewQueue* queue, const StoreOptions& options) : queue_(queue), options_(options) {}
  Status begin();
  Status open_files(const SweepPosition& position);
  Status take_flag(FoundFlag flag);
  void count_outcome(const ChunkOutcome& outcome);
  bool is_due() const;

  ReviewQueue* queue_;
  StoreOptions options_;
  RunId run_ = 0;
  FeedPosition position_;
  std::optional<OutputFile> flags_;
  std::optional<OutputFile> rejects_;
  SweepSummary summary_;
  bool a_file_failed_ = false;
  KeySet keys_;  // of all flags of this run

  // Taken since the last checkpoint.
  std::vector<ReviewItem> items_;
  std::vector<ItemDeletion> deletions_;
  std::uint64_t new_input_bytes_ = 0;
  std::size_t new_flags_bytes_ = 0;
  std::chrono::steady_clock::time_point checkpoint_at_ = std::chrono::steady_clock::now();
};

}  // namespace pantau
