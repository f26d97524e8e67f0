// Live ingest in the file of an SQLite queue.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "classifiers/base/check.h"
#include "pipeline/review/ingest_store.h"
#include "pipeline/review/sqlite_items.h"
#include "pipeline/review/sqlite_schema.h"

namespace pantau {
namespace {

// Items refer to a run. That of live ingest is one for each sweep and mandate; it is never
// "running", since what goes on where it stopped are its sources.
constexpr std::string_view kIngestRun = "live ingest";

constexpr std::array kStates = {SourceState::Ready, SourceState::Waiting, SourceState::Failing,
                                SourceState::Exhausted, SourceState::Stopped};

SourceState state_named(std::string_view name) {
  for (const SourceState state : kStates) {
    if (name_of(state) == name) return state;
  }
  return SourceState::Ready;
}

std::int64_t as_integer(std::uint64_t count) {
  return static_cast<std::int64_t>(count);
}

constexpr char kSelectSources[] =
    "SELECT name, cursor, state, detail, next_at, answered_at, requests, bytes, records, flags,"
    " deletions, edits, skipped, rejected, faults, faults_in_a_row FROM ingest_source"
    " WHERE sweep = $1 ORDER BY seq";

StoredSource source_of(const Rows& rows) {
  const auto count = [&](int column) { return static_cast<std::uint64_t>(rows.integer(column)); };
  StoredSource source;
  source.name = rows.text(0);
  source.cursor = rows.text(1);
  SourceHealth& health = source.health;
  health.state = state_named(rows.text(2));
  health.detail = rows.text(3);
  health.next_at = rows.text(4);
  health.answered_at = rows.text(5);
  health.requests = count(6);
  health.bytes = count(7);
  health.records = count(8);
  health.flags = count(9);
  health.deletions = count(10);
  health.edits = count(11);
  health.skipped = count(12);
  health.rejected = count(13);
  health.faults = count(14);
  health.faults_in_a_row = count(15);
  return source;
}

Result<std::vector<StoredSource>> read_sources(Statement& select, const std::string& sweep) {
  std::vector<StoredSource> sources;
  TRY(const auto rows, select.rows(sweep));
  while (true) {
    TRY(const bool found, rows->next());
    if (!found) return sources;
    sources.push_back(source_of(*rows));
  }
}

class SqliteIngestStore final : public IngestStore {
 public:
  SqliteIngestStore(std::unique_ptr<Database> database, QueueHooks hooks)
      : database_(std::move(database)), hooks_(std::move(hooks)) {}

  Status prepare() {
    TRY(find_run_, database_->prepare("SELECT id FROM sweep_run WHERE sweep = $1 AND mandate = $2"
                                      " AND fingerprint = $3"));
    TRY(make_run_,
        database_->prepare("INSERT INTO sweep_run (sweep, mandate, fingerprint, state, attempt,"
                           " started_at) VALUES ($1, $2, $3, 'finished', 1, $4) RETURNING id"));
    TRY(own_source_,
        database_->prepare("INSERT INTO ingest_source (sweep, name, epoch, cursor, state, detail,"
                           " next_at, answered_at) VALUES ($1, $2, 1, '', 'ready', '', '', '')"
                           " ON CONFLICT (sweep, name) DO UPDATE"
                           " SET epoch = ingest_source.epoch + 1 RETURNING epoch"));
    TRY(select_sources_, database_->prepare(kSelectSources));
    TRY(move_cursor_, database_->prepare("UPDATE ingest_source SET cursor = $1"
                                         " WHERE sweep = $2 AND name = $3 AND epoch = $4"));
    TRY(save_health_,
        database_->prepare("UPDATE ingest_source SET state = $1, detail = $2, next_at = $3,"
                           " answered_at = $4, requests = $5, bytes = $6, records = $7, flags = $8,"
                           " deletions = $9, edits = $10, skipped = $11, rejected = $12,"
                           " faults = $13, faults_in_a_row = $14"
                           " WHERE sweep = $15 AND name = $16 AND epoch = $17"));
    TRY(add_capture_,
        database_->prepare("INSERT INTO item_capture (item, request, status, headers, received_at,"
                           " server_time, clock_ms, body_sha256, body_bytes, received_sha256)"
                           " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"));
    return items_.prepare(*database_);
  }

  Result<std::vector<StoredSource>> begin(const std::string& sweep, const std::string& mandate,
                                          std::span<const std::string> sources) override {
    TRY(const auto transaction, Transaction::begin(*database_));
    sweep_ = sweep;
    TRY(auto run, find_run_.integer(sweep, mandate, kIngestRun));
    if (!run) {
      const std::string now = format_rfc3339(hooks_.time());
      TRY(run, make_run_.integer(sweep, mandate, kIngestRun, now));
    }
    run_ = run.value();
    epochs_.clear();
    for (const std::string& source : sources) {
      TRY(const auto epoch, own_source_.integer(sweep, source));
      epochs_.emplace(source, epoch.value());
    }
    TRY(const std::vector<StoredSource> all, read_sources(select_sources_, sweep));
    TRY_STATUS(transaction->commit());
    std::vector<StoredSource> asked;
    for (const std::string& source : sources) {
      asked.push_back(*std::ranges::find(all, source, &StoredSource::name));
    }
    return asked;
  }

  Result<QueueCounts> commit(const IngestCommit& commit) override {
    CHECK(commit.items.size() == commit.captures.size(), "each item was captured once");
    TRY_STATUS(hooks_.reach(CommitStep::BeforeBegin));
    QueueCounts counts;
    {
      TRY(const auto transaction, Transaction::begin(*database_));
      TRY_STATUS(write_items(commit, counts));
      TRY_STATUS(hooks_.reach(CommitStep::AfterItems));
      TRY(const int moved, move_cursor_.run(commit.cursor, sweep_, std::string(commit.source),
                                            epoch_of(commit.source)));
      if (moved == 0) return not_ours(commit.source);
      if (commit.health != nullptr) TRY_STATUS(write_health(commit.source, *commit.health));
      TRY_STATUS(hooks_.reach(CommitStep::BeforeCommit));
      TRY_STATUS(transaction->commit());
    }
    TRY_STATUS(hooks_.reach(CommitStep::AfterCommit));
    return counts;
  }

  Status save_health(std::string_view source, const SourceHealth& health) override {
    TRY(const auto transaction, Transaction::begin(*database_));
    TRY_STATUS(write_health(source, health));
    return transaction->commit();
  }

 private:
  Status write_items(const IngestCommit& commit, QueueCounts& counts) {
    const std::string now = format_rfc3339(hooks_.time());
    std::vector<std::string_view> added;
    for (std::size_t i = 0; i < commit.items.size(); i++) {
      TRY(const auto seq, items_.add(run_, commit.items[i], now, counts));
      if (!seq) continue;
      added.push_back(commit.items[i].key);
      TRY_STATUS(write_capture(*seq, commit.captures[i]));
    }
    for (const ItemEdit& edit : commit.edits) {
      const bool is_new = std::ranges::find(added, edit.key) != added.end();
      ItemEdit earlier{edit.key, edit.edited_at, "edited before it was first read", {}, {}};
      TRY(const bool news, items_.mark_edited(is_new ? earlier : edit, now));
      static_cast<void>(news);
    }
    for (const ItemDeletion& deletion : commit.deletions) {
      TRY_STATUS(items_.mark_deleted(deletion, now, counts));
    }
    return std::monostate{};
  }

  Status write_capture(std::int64_t item, const ItemCapture& capture) {
    std::optional<std::string> server_time;
    if (!capture.server_time.empty()) server_time = capture.server_time;
    TRY_STATUS(add_capture_.run(item, capture.request, std::int64_t{capture.status},
                                capture.headers, capture.received_at, server_time, capture.clock_ms,
                                capture.body_sha256, as_integer(capture.body_bytes),
                                capture.received_sha256));
    return std::monostate{};
  }

  Status write_health(std::string_view source, const SourceHealth& health) {
    TRY(const int saved,
        save_health_.run(
            name_of(health.state), health.detail, health.next_at, health.answered_at,
            as_integer(health.requests), as_integer(health.bytes), as_integer(health.records),
            as_integer(health.flags), as_integer(health.deletions), as_integer(health.edits),
            as_integer(health.skipped), as_integer(health.rejected), as_integer(health.faults),
            as_integer(health.faults_in_a_row), sweep_, source, epoch_of(source)));
    if (saved == 0) return not_ours(source);
    return std::monostate{};
  }

  std::int64_t epoch_of(std::string_view source) const {
    const auto found = epochs_.find(source);
    return found == epochs_.end() ? 0 : found->second;
  }

  tl::unexpected<Error> not_ours(std::string_view source) const {
    return fail(Fault::Storage,
                fmt::format("{}: source \"{}\" is not this process's to read: live ingest was "
                            "started again elsewhere",
                            database_->path(), source));
  }

  std::unique_ptr<Database> database_;  // before the statements, so that it outlives them
  QueueHooks hooks_;
  ItemWriter items_;
  Statement find_run_, make_run_, own_source_, select_sources_, move_cursor_, save_health_;
  Statement add_capture_;
  std::string sweep_;
  RunId run_ = 0;
  std::map<std::string, std::int64_t, std::less<>> epochs_;
};

Result<std::unique_ptr<Database>> open_database(std::string_view url,
                                                std::chrono::milliseconds busy_timeout) {
  constexpr std::string_view kSqlite = "sqlite:";
  TRY_STATUS(check_review_queue_url(url));
  if (!url.starts_with(kSqlite)) {
    return fail(Fault::Config, fmt::format("queue \"{}\": live ingest needs sqlite:PATH", url));
  }
  return open_queue_database(std::string(url.substr(kSqlite.size())), busy_timeout);
}

}  // namespace

std::string_view name_of(SourceState state) {
  switch (state) {
    case SourceState::Ready:
      return "ready";
    case SourceState::Waiting:
      return "waiting";
    case SourceState::Failing:
      return "failing";
    case SourceState::Exhausted:
      return "exhausted";
    case SourceState::Stopped:
      break;
  }
  return "stopped";
}

Result<std::unique_ptr<IngestStore>> open_ingest_store(std::string_view url, QueueHooks hooks) {
  TRY(std::unique_ptr<Database> database, open_database(url, hooks.busy_timeout));
  auto store = std::make_unique<SqliteIngestStore>(std::move(database), std::move(hooks));
  TRY_STATUS(store->prepare());
  return store;
}

Result<std::vector<StoredSource>> list_sources(std::string_view url, const std::string& sweep) {
  TRY(const std::unique_ptr<Database> database, open_database(url, QueueHooks{}.busy_timeout));
  TRY(Statement select, database->prepare(kSelectSources));
  return read_sources(select, sweep);
}

}  // namespace pantau
