// The queue in a file of SQLite: one file, no server, safe against power cuts.
//
// A commit is one transaction, and the checkpoint is part of it. The SQL is what
// PostgreSQL takes as well; what differs is in sqlite_schema.cc.
#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "classifiers/base/check.h"
#include "pipeline/review/queue_hooks.h"
#include "pipeline/review/sqlite_items.h"
#include "pipeline/review/sqlite_schema.h"

namespace pantau {
namespace {

struct QueueStatements {
  Statement running_run, renew_run, start_run, abandon_runs, forget_abandoned, keys_of_run;
  Statement remember_item, remember_known;
  Statement save_checkpoint, finish_run, forget_items, list;
};

struct StatementText {
  Statement QueueStatements::*statement;
  const char* sql;
};

constexpr StatementText kTexts[] = {
    {&QueueStatements::running_run,
     "SELECT id, fingerprint, mandate, position, statistics FROM sweep_run"
     " WHERE sweep = $1 AND state = 'running' ORDER BY id DESC LIMIT 1"},
    {&QueueStatements::renew_run,
     "UPDATE sweep_run SET attempt = attempt + 1 WHERE id = $1 RETURNING attempt"},
    {&QueueStatements::start_run,
     "INSERT INTO sweep_run (sweep, mandate, fingerprint, state, attempt, started_at)"
     " VALUES ($1, $2, $3, 'running', 1, $4) RETURNING id"},
    {&QueueStatements::forget_abandoned,
     "DELETE FROM run_item WHERE run IN"
     " (SELECT id FROM sweep_run WHERE sweep = $1 AND state = 'running')"},
    {&QueueStatements::abandon_runs,
     "UPDATE sweep_run SET state = 'abandoned', finished_at = $1"
     " WHERE sweep = $2 AND state = 'running'"},
    {&QueueStatements::keys_of_run,
     "SELECT item.key FROM run_item JOIN item ON item.seq = run_item.item"
     " WHERE run_item.run = $1 ORDER BY item.seq"},
    {&QueueStatements::remember_item,
     "INSERT INTO run_item (run, item) VALUES ($1, $2) ON CONFLICT (run, item) DO NOTHING"},
    {&QueueStatements::remember_known,
     "INSERT INTO run_item (run, item) SELECT sweep_run.id, item.seq FROM sweep_run, item"
     " WHERE sweep_run.id = $1 AND item.key = $2 ON CONFLICT (run, item) DO NOTHING"},
    {&QueueStatements::save_checkpoint,
     "UPDATE sweep_run SET position = $1, statistics = $2,"
     " items_open = items_open + $3, items_held = items_held + $4,"
     " items_known = items_known + $5, items_deleted = items_deleted + $6"
     " WHERE id = $7 AND attempt = $8 AND state = 'running'"},
    {&QueueStatements::finish_run,
     "UPDATE sweep_run SET state = 'finished', finished_at = $1, summary = $2,"
     " position = NULL, statistics = NULL"
     " WHERE id = $3 AND attempt = $4 AND state = 'running'"
     " RETURNING items_open, items_held, items_known, items_deleted"},
    {&QueueStatements::forget_items, "DELETE FROM run_item WHERE run = $1"},
    {&QueueStatements::list,
     "SELECT item.key, item.level, item.flag, item.received, sweep_run.sweep, sweep_run.mandate,"
     " item.deleted_at FROM item JOIN sweep_run ON sweep_run.id = item.run"
     " WHERE item.state = $1 ORDER BY item.seq LIMIT $2"},
};

std::string_view name_of(ItemState state) {
  return state == ItemState::Open ? "open" : "held";
}

std::int64_t as_integer(std::uint64_t count) {
  return static_cast<std::int64_t>(count);
}

class SqliteQueue final : public ReviewQueue {
 public:
  SqliteQueue(std::unique_ptr<Database> database, QueueHooks hooks)
      : database_(std::move(database)), hooks_(std::move(hooks)) {}

  Status prepare() {
    for (const StatementText& text : kTexts) {
      TRY(sql_.*text.statement, database_->prepare(text.sql));
    }
    return items_.prepare(*database_);
  }

  Result<Run> begin_run(const RunDescription& description) override {
    TRY(const auto transaction, Transaction::begin(*database_));
    TRY(std::optional<Run> run, resume(description));
    if (!run) {
      TRY(run, start(description));
    }
    TRY_STATUS(transaction->commit());
    return *std::move(run);
  }

  Result<QueueCounts> commit(RunId run, std::span<const ReviewItem> items,
                             std::span<const ItemDeletion> deletions,
                             const Checkpoint& checkpoint) override {
    TRY_STATUS(hooks_.reach(CommitStep::BeforeBegin));
    QueueCounts counts;
    {
      TRY(const auto transaction, Transaction::begin(*database_));
      const std::string found_at = format_rfc3339(hooks_.time());
      for (const ReviewItem& item : items) TRY_STATUS(add(run, item, found_at, counts));
      for (const ItemDeletion& deletion : deletions) {
        TRY_STATUS(items_.mark_deleted(deletion, found_at, counts));
      }
      TRY_STATUS(hooks_.reach(CommitStep::AfterItems));
      TRY_STATUS(save(run, counts, checkpoint));
      TRY_STATUS(hooks_.reach(CommitStep::BeforeCommit));
      TRY_STATUS(transaction->commit());
    }
    TRY_STATUS(hooks_.reach(CommitStep::AfterCommit));
    return counts;
  }

  Result<QueueCounts> finish_run(RunId run, std::string_view summary) override {
    TRY(const auto transaction, Transaction::begin(*database_));
    const std::string finished_at = format_rfc3339(hooks_.time());
    QueueCounts counts;
    {
      TRY(const auto rows, sql_.finish_run.rows(finished_at, summary, run, attempt_of(run)));
      TRY(const bool found, rows->next());
      if (!found) return not_this_queues_run(database_->path(), run);
      const auto count = [&](int column) {
        return static_cast<std::uint64_t>(rows->integer(column));
      };
      counts = {count(0), count(1), count(2), count(3)};
      TRY(const bool more, rows->next());
      CHECK(!more, "a run's id is its primary key");
    }
    TRY_STATUS(sql_.forget_items.run(run));
    TRY_STATUS(transaction->commit());
    attempts_.erase(run);
    return counts;
  }

  Result<std::vector<ListedItem>> list(ItemState state, std::size_t limit) override {
    constexpr std::size_t kLimitMax = std::numeric_limits<std::int64_t>::max();
    TRY(const auto rows, sql_.list.rows(name_of(state), as_integer(std::min(limit, kLimitMax))));
    std::vector<ListedItem> items;
    while (true) {
      TRY(const bool found, rows->next());
      if (!found) return items;
      items.push_back({rows->text(0), state, rows->text(1), rows->text(2), rows->text(3),
                       rows->text(4), rows->text(5), rows->text_or_null(6)});
    }
  }

 private:
  // The unfinished run that `description` describes too, made this queue's own.
  Result<std::optional<Run>> resume(const RunDescription& description) {
    Run run;
    Checkpoint checkpoint;
    {
      TRY(const auto rows, sql_.running_run.rows(description.sweep));
      TRY(const bool found, rows->next());
      if (!found) return std::optional<Run>();
      if (rows->text(1) != description.fingerprint || rows->text(2) != description.mandate) {
        return std::optional<Run>();
      }
      run.id = rows->integer(0);
      checkpoint = {rows->text(3), rows->text(4)};
      if (rows->text_or_null(3)) run.unfinished = UnfinishedRun{std::move(checkpoint), {}};
    }
    TRY(const auto attempt, sql_.renew_run.integer(run.id));
    attempts_[run.id] = attempt.value();
    if (!run.unfinished) return run;
    TRY(const auto rows, sql_.keys_of_run.rows(run.id));
    while (true) {
      TRY(const bool found, rows->next());
      if (!found) return run;
      run.unfinished->keys.push_back(rows->text(0));
    }
  }

  // A new run; what is left unfinished of the sweep is given up.
  Result<Run> start(const RunDescription& description) {
    const std::string now = format_rfc3339(hooks_.time());
    TRY_STATUS(sql_.forget_abandoned.run(description.sweep));
    TRY_STATUS(sql_.abandon_runs.run(now, description.sweep));
    TRY(const auto id, sql_.start_run.integer(description.sweep, description.mandate,
                                              description.fingerprint, now));
    attempts_[id.value()] = 1;
    return Run{id.value(), std::nullopt};
  }

  Status add(RunId run, const ReviewItem& item, const std::string& found_at, QueueCounts& counts) {
    TRY(const auto seq, items_.add(run, item, found_at, counts));
    if (seq) {
      TRY_STATUS(sql_.remember_item.run(run, *seq));
    } else {
      TRY_STATUS(sql_.remember_known.run(run, item.key));
    }
    return std::monostate{};
  }

  Status save(RunId run, const QueueCounts& counts, const Checkpoint& checkpoint) {
    TRY(const int saved, sql_.save_checkpoint.run(
                             checkpoint.position, checkpoint.statistics, as_integer(counts.open),
                             as_integer(counts.held), as_integer(counts.known),
                             as_integer(counts.deleted), run, attempt_of(run)));
    if (saved == 0) return not_this_queues_run(database_->path(), run);
    return std::monostate{};
  }

  // 0, which no run has, if this queue has not begun the run.
  std::int64_t attempt_of(RunId run) const {
    const auto found = attempts_.find(run);
    return found == attempts_.end() ? 0 : found->second;
  }

  std::unique_ptr<Database> database_;  // before the statements, so that it outlives them
  QueueStatements sql_;
  ItemWriter items_;
  QueueHooks hooks_;
  std::map<RunId, std::int64_t> attempts_;  // of the runs that this object has begun
};

}  // namespace

Result<std::unique_ptr<ReviewQueue>> open_sqlite_queue(const std::string& path, QueueHooks hooks) {
  TRY(std::unique_ptr<Database> database, open_queue_database(path, hooks.busy_timeout));
  auto queue = std::make_unique<SqliteQueue>(std::move(database), std::move(hooks));
  TRY_STATUS(queue->prepare());
  return queue;
}

}  // namespace pantau
