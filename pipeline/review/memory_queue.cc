// The queue for tests: the shortest program that keeps the contract, and so the
// twin by which the others are judged.
#include <map>
#include <set>
#include <utility>

#include "pipeline/review/queue_hooks.h"

namespace pantau {
namespace {

struct StoredRun {
  RunDescription description;
  bool running = true;
  std::optional<Checkpoint> checkpoint;
  std::set<std::string> keys;
  QueueCounts counts;
};

// All that a commit may change. It is copied, changed and put in place at the end,
// so a commit that fails has changed nothing. Slow, and plainly right.
struct Content {
  std::vector<ListedItem> items;  // in the order in which they came in
  std::map<std::string, std::size_t> by_key;
  std::map<std::pair<std::string, std::string>, std::uint64_t> flags_of_rule_and_day;
  std::map<RunId, StoredRun> runs;
};

class MemoryQueue final : public ReviewQueue {
 public:
  explicit MemoryQueue(QueueHooks hooks) : hooks_(std::move(hooks)) {}

  Result<Run> begin_run(const RunDescription& description) override {
    // From the newest on: there is one unfinished run of a sweep at most.
    for (auto entry = content_.runs.rbegin(); entry != content_.runs.rend(); ++entry) {
      auto& [id, run] = *entry;
      if (!run.running || run.description.sweep != description.sweep) continue;
      if (run.description.fingerprint == description.fingerprint &&
          run.description.mandate == description.mandate) {
        return resume(id, run);
      }
      run.running = false;
      run.keys.clear();
    }
    const RunId id = static_cast<RunId>(content_.runs.size()) + 1;
    content_.runs[id].description = description;
    return Run{id, std::nullopt};
  }

  Result<QueueCounts> commit(RunId run, std::span<const ReviewItem> items,
                             std::span<const ItemDeletion> deletions,
                             const Checkpoint& checkpoint) override {
    TRY_STATUS(hooks_.reach(CommitStep::BeforeBegin));
    Content next = content_;
    const auto found = next.runs.find(run);
    if (found == next.runs.end() || !found->second.running) return not_this_queues_run(kName, run);
    StoredRun& stored = found->second;
    QueueCounts counts;
    for (const ReviewItem& item : items) add(next, run, item, counts);
    for (const ItemDeletion& deletion : deletions) mark_deleted(next, deletion, counts);
    TRY_STATUS(hooks_.reach(CommitStep::AfterItems));
    stored.checkpoint = checkpoint;
    stored.counts.open += counts.open;
    stored.counts.held += counts.held;
    stored.counts.known += counts.known;
    stored.counts.deleted += counts.deleted;
    TRY_STATUS(hooks_.reach(CommitStep::BeforeCommit));
    content_ = std::move(next);
    TRY_STATUS(hooks_.reach(CommitStep::AfterCommit));
    return counts;
  }

  Result<QueueCounts> finish_run(RunId run, std::string_view /*summary*/) override {
    const auto found = content_.runs.find(run);
    if (found == content_.runs.end() || !found->second.running) {
      return not_this_queues_run(kName, run);
    }
    found->second.running = false;
    found->second.keys.clear();
    return found->second.counts;
  }

  Result<std::vector<ListedItem>> list(ItemState state, std::size_t limit) override {
    std::vector<ListedItem> listed;
    for (const ListedItem& item : content_.items) {
      if (listed.size() == limit) break;
      if (item.state == state) listed.push_back(item);
    }
    return listed;
  }

 private:
  static constexpr std::string_view kName = "memory:";

  static Run resume(RunId id, const StoredRun& run) {
    if (!run.checkpoint) return Run{id, std::nullopt};
    return Run{id, UnfinishedRun{*run.checkpoint, {run.keys.begin(), run.keys.end()}}};
  }

  static void add(Content& content, RunId run, const ReviewItem& item, QueueCounts& counts) {
    StoredRun& stored = content.runs.at(run);
    stored.keys.insert(item.key);
    if (!content.by_key.try_emplace(item.key, content.items.size()).second) {
      counts.known++;
      return;
    }
    const std::vector<const ItemRule*> rules = distinct_rules(item);
    bool is_open = rules.empty();
    for (const ItemRule* rule : rules) {
      const std::uint64_t flags = ++content.flags_of_rule_and_day[{rule->rule, item.acted_day}];
      if (rule->flags_per_day_max == 0 || flags <= rule->flags_per_day_max) is_open = true;
    }
    (is_open ? counts.open : counts.held)++;
    const RunDescription& description = stored.description;
    content.items.push_back({item.key, is_open ? ItemState::Open : ItemState::Held, item.level,
                             item.flag, item.received, description.sweep, description.mandate,
                             std::nullopt});
  }

  static void mark_deleted(Content& content, const ItemDeletion& deletion, QueueCounts& counts) {
    const auto found = content.by_key.find(deletion.key);
    if (found == content.by_key.end()) return;
    std::optional<std::string>& deleted_at = content.items[found->second].deleted_at;
    if (deleted_at) return;
    deleted_at = deletion.deleted_at;
    counts.deleted++;
  }

  QueueHooks hooks_;
  Content content_;
};

}  // namespace

std::unique_ptr<ReviewQueue> open_memory_queue(QueueHooks hooks) {
  return std::make_unique<MemoryQueue>(std::move(hooks));
}

}  // namespace pantau
