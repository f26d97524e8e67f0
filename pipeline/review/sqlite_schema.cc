#include "pipeline/review/sqlite_schema.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <thread>

#include "pipeline/review/sqlite_desk_schema.h"
#include "pipeline/review/sqlite_ranking_schema.h"

namespace pantau {
namespace {

// Times are RFC 3339 in UTC; days are the sweep's own. Nothing is ever taken out of
// `item`: an act that its author deletes is marked. What states there are beyond open and
// held, and who may change them, is said by version 3.
//
// run_item is what a resumption needs to tell repetitions from new flags; finishing
// a run empties its part. `attempt` counts how often the run was begun: only the
// latest to begin it may write to it.
constexpr char kSchema[] = R"sql(
CREATE TABLE sweep_run (
  id INTEGER PRIMARY KEY,
  sweep TEXT NOT NULL,
  mandate TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'abandoned')),
  attempt BIGINT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  position TEXT,
  statistics TEXT,
  summary TEXT,
  items_open BIGINT NOT NULL DEFAULT 0,
  items_held BIGINT NOT NULL DEFAULT 0,
  items_known BIGINT NOT NULL DEFAULT 0,
  items_deleted BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX sweep_run_running ON sweep_run (sweep) WHERE state = 'running';

CREATE TABLE item (
  seq INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  run BIGINT NOT NULL REFERENCES sweep_run (id),
  state TEXT NOT NULL,
  level TEXT NOT NULL,
  subject TEXT NOT NULL,
  category TEXT NOT NULL,
  region TEXT NOT NULL,
  ownership TEXT NOT NULL,
  basis TEXT NOT NULL,
  platform TEXT NOT NULL,
  kind TEXT NOT NULL,
  acted_at TEXT NOT NULL,
  acted_day TEXT NOT NULL,
  found_at TEXT NOT NULL,
  deleted_at TEXT,
  flag TEXT NOT NULL,
  received BLOB NOT NULL
);
CREATE INDEX item_by_state ON item (state, seq);

CREATE TABLE item_rule (
  item BIGINT NOT NULL REFERENCES item (seq),
  rule TEXT NOT NULL,
  PRIMARY KEY (item, rule)
) WITHOUT ROWID;

CREATE TABLE item_candidate (
  item BIGINT NOT NULL REFERENCES item (seq),
  contest TEXT NOT NULL,
  candidate TEXT
);
CREATE INDEX item_candidate_by_item ON item_candidate (item);

CREATE TABLE rule_day (
  rule TEXT NOT NULL,
  day TEXT NOT NULL,
  flags BIGINT NOT NULL,
  PRIMARY KEY (rule, day)
) WITHOUT ROWID;

CREATE TABLE run_item (
  run BIGINT NOT NULL REFERENCES sweep_run (id),
  item BIGINT NOT NULL REFERENCES item (seq),
  PRIMARY KEY (run, item)
) WITHOUT ROWID;
)sql";

// Of version 2: what happened to items later, and live ingest. `epoch` counts who has begun to
// read a source: only the latest may move its cursor.
constexpr char kSchemaOfVersion2[] = R"sql(
CREATE TABLE item_event (
  seq INTEGER PRIMARY KEY,
  item BIGINT NOT NULL REFERENCES item (seq),
  event TEXT NOT NULL CHECK (event IN ('deleted', 'edited')),
  at TEXT NOT NULL,
  observed_at TEXT NOT NULL,
  reason TEXT NOT NULL,
  flag TEXT,
  received BLOB,
  UNIQUE (item, event, at)
);

CREATE TABLE item_capture (
  item BIGINT PRIMARY KEY REFERENCES item (seq),
  request TEXT NOT NULL,
  status BIGINT NOT NULL,
  headers TEXT NOT NULL,
  received_at TEXT NOT NULL,
  server_time TEXT,
  clock_ms BIGINT,
  body_sha256 TEXT NOT NULL,
  body_bytes BIGINT NOT NULL,
  received_sha256 TEXT NOT NULL
);

CREATE TABLE ingest_source (
  seq INTEGER PRIMARY KEY,
  sweep TEXT NOT NULL,
  name TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  cursor TEXT NOT NULL,
  state TEXT NOT NULL,
  detail TEXT NOT NULL,
  next_at TEXT NOT NULL,
  answered_at TEXT NOT NULL,
  requests BIGINT NOT NULL DEFAULT 0,
  bytes BIGINT NOT NULL DEFAULT 0,
  records BIGINT NOT NULL DEFAULT 0,
  flags BIGINT NOT NULL DEFAULT 0,
  deletions BIGINT NOT NULL DEFAULT 0,
  edits BIGINT NOT NULL DEFAULT 0,
  skipped BIGINT NOT NULL DEFAULT 0,
  rejected BIGINT NOT NULL DEFAULT 0,
  faults BIGINT NOT NULL DEFAULT 0,
  faults_in_a_row BIGINT NOT NULL DEFAULT 0,
  UNIQUE (sweep, name)
);
)sql";

tl::unexpected<Error> failed(std::string_view path, std::string_view doing) {
  const int error_number = errno;
  return fail(Fault::Storage, fmt::format("{}: {}: {}", path, doing, std::strerror(error_number)));
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// Makes a new name durable: until its folder is synced, a power cut may forget a
// file that was synced itself.
Status sync_folder(const std::string& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return failed(folder, "cannot open the folder");
  const bool synced = ::fsync(fd) == 0 || errno == EINVAL;  // a file system that has none
  const auto error = failed(folder, "cannot sync the folder");
  ::close(fd);
  if (!synced) return error;
  return std::monostate{};
}

Status make_folder(const std::string& folder) {
  struct stat status {};
  if (::stat(folder.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) return std::monostate{};
    return fail(Fault::Storage, fmt::format("{}: is not a folder", folder));
  }
  if (errno != ENOENT) return failed(folder, "cannot look at the folder");
  const std::string parent = parent_of(folder);
  TRY_STATUS(make_folder(parent));
  // EEXIST: another process has just made it, or the path ends in '/'.
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return failed(folder, "cannot make the folder");
  }
  return sync_folder(parent);
}

// A regular file at `path`, empty if there was none. SQLite would make it readable
// for everybody.
Status make_file(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) {
    if (S_ISREG(status.st_mode)) return std::monostate{};
    return fail(Fault::Storage, fmt::format("{}: is not a regular file", path));
  }
  if (errno != ENOENT) return failed(path, "cannot open the queue");
  const std::string folder = parent_of(path);
  TRY_STATUS(make_folder(folder));
  // O_EXCL also because closing a file gives up this process's locks on it, and
  // another queue object may hold some. A file of our own making has none.
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0 && errno == EEXIST) return std::monostate{};
  if (fd < 0) return failed(path, "cannot make the queue");
  ::close(fd);
  return sync_folder(folder);
}

// What a file holds: no queue's tables yet, or those of a version.
struct Content {
  std::int64_t version = 0;  // 0: the file is empty
  bool is_up_to_date() const { return version == kQueueSchemaVersion; }
};

// What the file holds; an error for what is neither empty nor a queue.
Result<Content> recognise(Database& database) {
  TRY(const std::int64_t application, database.integer("PRAGMA application_id"));
  TRY(const std::int64_t version, database.integer("PRAGMA user_version"));
  TRY(const std::int64_t tables, database.integer("SELECT count(*) FROM sqlite_schema"));
  if (application == 0 && version == 0 && tables == 0) return Content{};
  if (application != kQueueApplicationId) {
    return fail(Fault::Storage,
                fmt::format("{}: is a database, but no review queue", database.path()));
  }
  if (version < 1 || version > kQueueSchemaVersion) {
    return fail(Fault::Storage,
                fmt::format("{}: the queue has schema {}, and this version of pantau knows schema "
                            "{}: it was made by {} version; use that one",
                            database.path(), version, kQueueSchemaVersion,
                            version > kQueueSchemaVersion ? "a newer" : "another"));
  }
  return Content{version};
}

// The same from outside a transaction: of one moment, since another process may be making its
// schema between two questions.
Result<Content> recognise_at_once(Database& database) {
  TRY_STATUS(database.execute("BEGIN"));
  Result<Content> content = recognise(database);
  TRY_STATUS(database.execute("ROLLBACK"));
  return content;
}

// The journal in which a commit is one sync. Changing a new file to it needs the
// file alone, and SQLite does not wait for that by itself.
Status use_write_ahead_log(Database& database, std::chrono::milliseconds busy_timeout) {
  constexpr std::chrono::milliseconds kPause{5};
  for (std::chrono::milliseconds waited{0};; waited += kPause) {
    const Result<std::string> mode = database.text("PRAGMA journal_mode = WAL");
    // A file system without shared memory keeps the old journal: slower, as safe.
    if (mode) return std::monostate{};
    if (!database.is_busy() || waited >= busy_timeout) {
      return tl::unexpected<Error>(mode.error());
    }
    std::this_thread::sleep_for(kPause);
  }
}

// Makes the tables that the file lacks.
Status make_schema(Database& database) {
  TRY(const auto transaction, Transaction::begin(database));
  TRY(const Content content, recognise(database));  // another process may have been faster
  if (content.is_up_to_date()) return std::monostate{};
  if (content.version < 1) TRY_STATUS(database.execute(kSchema));
  if (content.version < 2) TRY_STATUS(database.execute(kSchemaOfVersion2));
  if (content.version < 3) {
    for (const char* part : {schema_of_version_3, fill_of_version_3, triggers_of_version_3}) {
      TRY_STATUS(database.execute(part));
    }
  }
  TRY_STATUS(database.execute("DROP TRIGGER IF EXISTS counts_follow_state"));
  for (const char* part :
       {counts_follow_state_trigger, schema_of_version_4, triggers_of_version_4}) {
    TRY_STATUS(database.execute(part));
  }
  TRY_STATUS(database.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                                          kQueueApplicationId, kQueueSchemaVersion)
                                  .c_str()));
  return transaction->commit();
}

}  // namespace

Result<std::unique_ptr<Database>> open_queue_database(const std::string& path,
                                                      std::chrono::milliseconds busy_timeout) {
  TRY_STATUS(make_file(path));
  TRY(std::unique_ptr<Database> database, Database::open(path, busy_timeout));
  // SQLite quietly opens for reading only what it may not write.
  if (sqlite3_db_readonly(database->handle(), "main") == 1) {
    return fail(Fault::Storage, fmt::format("{}: may only be read", path));
  }
  // Until the file is known as a queue, closing it must not write into it.
  sqlite3_db_config(database->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  TRY(const Content content, recognise_at_once(*database));
  sqlite3_db_config(database->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
  TRY_STATUS(use_write_ahead_log(*database, busy_timeout));
  TRY_STATUS(
      database->execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                        // The file comes from a disk that others may write to.
                        "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
                        // A big commit's log is given back to the disk afterwards.
                        "PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY;"
                        // 64 MiB: a commit of 10,000 items, so that it is written once.
                        "PRAGMA cache_size = -65536"));
  if (!content.is_up_to_date()) TRY_STATUS(make_schema(*database));
  return database;
}

}  // namespace pantau
