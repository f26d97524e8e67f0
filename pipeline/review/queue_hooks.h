// What tests put in place of the world: the clock, patience, and faults in the
// middle of a commit. Only this folder's files and its tests include this.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "classifiers/base/result.h"
#include "classifiers/base/time.h"
#include "pipeline/review/review_queue.h"

namespace pantau {

// The points of a commit at which a test may let it fail, or the process die.
enum class CommitStep : std::uint8_t { BeforeBegin, AfterItems, BeforeCommit, AfterCommit };
inline constexpr CommitStep kCommitSteps[] = {CommitStep::BeforeBegin, CommitStep::AfterItems,
                                              CommitStep::BeforeCommit, CommitStep::AfterCommit};

struct QueueHooks {
  std::function<Instant()> now;                    // unset: the system's clock
  std::chrono::milliseconds busy_timeout{30'000};  // waiting for another process's transaction

  // Called at every step of a commit; an error fails the commit there. Unset: never.
  std::function<Status(CommitStep)> commit_fault;

  Instant time() const;
  Status reach(CommitStep step) const {
    return commit_fault ? commit_fault(step) : Status(std::monostate{});
  }
};

Result<std::unique_ptr<ReviewQueue>> open_review_queue(std::string_view url, QueueHooks hooks);

// The implementations; `path` is what stands behind "sqlite:".
std::unique_ptr<ReviewQueue> open_memory_queue(QueueHooks hooks);
Result<std::unique_ptr<ReviewQueue>> open_sqlite_queue(const std::string& path, QueueHooks hooks);

// The rules of an item, each once; the first mention of a rule stands.
std::vector<const ItemRule*> distinct_rules(const ReviewItem& item);

// The candidates of an item, each once.
std::vector<const ItemCandidate*> distinct_candidates(const ReviewItem& item);

// Says that a run is not, or no longer, the calling queue's to write to.
tl::unexpected<Error> not_this_queues_run(std::string_view queue, RunId run);

}  // namespace pantau
