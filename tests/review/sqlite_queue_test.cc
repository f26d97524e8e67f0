// What only the queue in a file can do or suffer: being opened by two, being something
// else, being where nobody may write.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <functional>
#include <iterator>

#include "pipeline/review/sqlite.h"
#include "pipeline/review/sqlite_desk_schema.h"
#include "pipeline/review/sqlite_schema.h"
#include "tests/review/old_schemas.h"
#include "tests/review/queue_fixture.h"

namespace pantau {
namespace {

class SqliteQueueTest : public testing::Test {
 protected:
  using Run = pantau::Run;  // not testing::Test::Run()

  std::unique_ptr<ReviewQueue> open(QueueHooks hooks = {}) {
    return must(open_review_queue("sqlite:" + path_, std::move(hooks)));
  }
  std::string refusal(const std::string& path) {
    const auto opened = open_review_queue("sqlite:" + path);
    if (opened) return "opened";
    EXPECT_EQ(opened.error().fault, Fault::Storage);
    return opened.error().message;
  }
  // A connection past the queue, as another program would have it.
  std::unique_ptr<Database> look() { return must(Database::open(path_, std::chrono::seconds(5))); }
  std::string query(const char* sql) { return must(look()->text(sql)); }
  void change(const char* sql) {
    const auto database = look();
    ASSERT_TRUE(database->execute(sql)) << database->failure().value().message;
  }
  void set_content(std::string_view bytes) { std::ofstream(path_, std::ios::binary) << bytes; }
  std::string content() {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  static unsigned mode_of(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
  }

  TemporaryFolder folder_;
  std::string path_ = folder_ / "queue.sqlite";
};

TEST_F(SqliteQueueTest, KeepsEverythingWhenItIsClosed) {
  RunId id = 0;
  {
    const auto queue = open();
    const Run run = must(queue->begin_run(make_run()));
    id = run.id;
    must(queue->commit(run.id, make_items(0, 3), {}, {"position", "statistics"}));
  }
  const auto queue = open();
  EXPECT_EQ(must(queue->list(ItemState::Open, 10)).size(), 3u);
  const Run again = must(queue->begin_run(make_run()));
  EXPECT_EQ(again.id, id);
  ASSERT_TRUE(again.unfinished);
  EXPECT_EQ(again.unfinished->checkpoint.statistics, "statistics");
  EXPECT_EQ(again.unfinished->keys.size(), 3u);
}

TEST_F(SqliteQueueTest, StoresWhatTheReviewPageWillNeed) {
  QueueHooks hooks;
  hooks.now = [] { return *parse_rfc3339("2024-12-02T10:00:00.5+08:00"); };
  const auto queue = open(hooks);
  const Run run = must(queue->begin_run(make_run()));
  ReviewItem item =
      make_item("instagram/comment/1", {{"skb-2022/ajakan", 5}, {"skb-2022/suka", 0}});
  item.candidates = {{"pilbup", "1"}, {"pilbup", "1"}, {"pilbup", std::nullopt}};
  const std::vector<ReviewItem> items = {item};
  must(queue->commit(run.id, items, {}, {"position", "statistics"}));
  EXPECT_EQ(
      query("SELECT seq || '|' || run || '|' || state || '|' || level || '|' || subject || '|'"
            " || category || '|' || region || '|' || ownership || '|' || basis || '|' ||"
            " platform || '|' || kind || '|' || acted_at || '|' || acted_day || '|' ||"
            " found_at || '|' || typeof(received) FROM item"),
      "1|1|open|high|S-000123|pns|63.08|declared|SK-17/2024|instagram|comment|"
      "2024-11-27T00:00:00Z|2024-11-27|2024-12-02T02:00:00.5Z|blob");
  EXPECT_EQ(query("SELECT group_concat(rule) FROM item_rule WHERE item = 1"),
            "skb-2022/ajakan,skb-2022/suka");
  EXPECT_EQ(query("SELECT group_concat(contest || '/' || coalesce(candidate, 'NULL'))"
                  " FROM (SELECT * FROM item_candidate ORDER BY rowid)"),
            "pilbup/1,pilbup/NULL");
  EXPECT_EQ(query("SELECT group_concat(rule || ' ' || day || ' ' || flags) FROM rule_day"),
            "skb-2022/ajakan 2024-11-27 1,skb-2022/suka 2024-11-27 1");
  EXPECT_EQ(query("SELECT sweep || '|' || mandate || '|' || fingerprint || '|' || state || '|' ||"
                  " started_at || '|' || position || '|' || statistics FROM sweep_run"),
            "sweep-1|ST-17/2024|print-1|running|2024-12-02T02:00:00.5Z|position|statistics");

  must(queue->finish_run(run.id, R"({"records":1})"));
  EXPECT_EQ(query("SELECT state || '|' || finished_at || '|' || summary || '|' ||"
                  " (position IS NULL) || '|' || items_open FROM sweep_run"),
            R"(finished|2024-12-02T02:00:00.5Z|{"records":1}|1|1)");
  EXPECT_EQ(query("SELECT count(*) FROM run_item"), "0");
}

TEST_F(SqliteQueueTest, AnAbandonedRunKeepsItsRecordAndForgetsItsKeys) {
  const auto queue = open();
  const Run run = must(queue->begin_run(make_run("print-1")));
  must(queue->commit(run.id, make_items(0, 3), {}, {"position", "statistics"}));
  must(queue->begin_run(make_run("print-2")));
  EXPECT_EQ(query("SELECT group_concat(state) FROM (SELECT state FROM sweep_run ORDER BY id)"),
            "abandoned,running");
  EXPECT_EQ(query("SELECT count(*) FROM run_item"), "0");
  EXPECT_EQ(query("SELECT count(*) FROM item"), "3");
}

TEST_F(SqliteQueueTest, IsMarkedAsAQueue) {
  open();
  EXPECT_EQ(query("PRAGMA application_id"), std::to_string(kQueueApplicationId));
  EXPECT_EQ(query("PRAGMA user_version"), std::to_string(kQueueSchemaVersion));
  EXPECT_EQ(query("PRAGMA journal_mode"), "wal");
}

TEST_F(SqliteQueueTest, IsItsOwnersOnlyWithTheFoldersOnTheWay) {
  path_ = folder_ / "a/b/queue.sqlite";
  const auto queue = open();
  must(queue->begin_run(make_run()));
  for (const char* file : {"a/b/queue.sqlite", "a/b/queue.sqlite-wal", "a/b/queue.sqlite-shm"}) {
    EXPECT_EQ(mode_of(folder_ / file), 0600u) << file;
  }
  EXPECT_EQ(mode_of(folder_ / "a"), 0700u);
  EXPECT_EQ(mode_of(folder_ / "a/b"), 0700u);
}

TEST_F(SqliteQueueTest, AnEmptyFileBecomesAQueueAndKeepsItsPermissions) {
  set_content("");
  ASSERT_EQ(::chmod(path_.c_str(), 0640), 0);
  open();
  EXPECT_EQ(mode_of(path_), 0640u);
  EXPECT_EQ(query("PRAGMA user_version"), std::to_string(kQueueSchemaVersion));
}

TEST_F(SqliteQueueTest, NoPathHasAMeaningOfItsOwn) {
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder_.path());
  for (const std::string name : {":memory:", "file:x?mode=memory", "queue", " "}) {
    {
      const auto queue = must(open_review_queue("sqlite:" + name));
      must(queue->begin_run(make_run()));
    }
    EXPECT_TRUE(std::filesystem::exists(folder_ / name)) << name;
  }
  std::filesystem::current_path(before);
}

// Files that are no queue are refused and left as they are.

TEST_F(SqliteQueueTest, RefusesWhatIsNoDatabase) {
  const std::string text = "subject_id,name\n" + std::string(5000, 'x');
  set_content(text);
  EXPECT_EQ(refusal(path_), path_ + ": file is not a database");
  EXPECT_EQ(content(), text);
}

TEST_F(SqliteQueueTest, RefusesTheDatabaseOfAnotherProgram) {
  set_content("");
  change("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  const std::string before = content();
  EXPECT_EQ(refusal(path_), path_ + ": is a database, but no review queue");
  EXPECT_EQ(content(), before);
  change("PRAGMA application_id = 7; DROP TABLE t");
  EXPECT_EQ(refusal(path_), path_ + ": is a database, but no review queue");
}

TEST_F(SqliteQueueTest, RefusesANewerSchema) {
  open();
  change("PRAGMA user_version = 5");
  EXPECT_EQ(refusal(path_),
            path_ +
                ": the queue has schema 5, and this version of pantau knows schema 4: it was "
                "made by a newer version; use that one");
  EXPECT_EQ(query("PRAGMA user_version"), "5");
}

// All that version 3 derives from items, as text.
constexpr char kDerived[] =
    "SELECT (SELECT group_concat(subject || ' ' || contest || '/' || candidate || ' ' || items ||"
    "  '=' || waiting || '+' || held || ' ' || levels || ' ' || kinds || ' ' || stages || ' ' ||"
    "  platforms || ' ' || first_found || ' ' || waiting_since || ' ' || regency, char(10))"
    "  FROM (SELECT * FROM pile ORDER BY subject, contest, candidate)) || char(10) ||"
    " (SELECT group_concat(rule || ' ' || subject || '/' || candidate || coalesce(since, '-'))"
    "  FROM (SELECT rule, subject, candidate, r.waiting_since AS since FROM pile_rule AS r"
    "   JOIN pile ON pile.id = r.pile ORDER BY 1, 2, 3)) || char(10) ||"
    " (SELECT group_concat(day || kind || region || flags) FROM flag_day) || char(10) ||"
    " (SELECT group_concat(day || candidate || stage || flags || items) FROM flag_candidate_day)"
    "  || char(10) || (SELECT group_concat(rule || flags) FROM rule_score) || char(10) ||"
    " (SELECT group_concat(minute || ':' || items) FROM waiting_minute WHERE items > 0)";

TEST_F(SqliteQueueTest, QueuesOfOlderSchemasGetWhatTheyLack) {
  std::vector<std::string> derived;
  for (const int version : {1, 2, 3}) {
    path_ = folder_ / ("version-" + std::to_string(version));
    set_content("");
    change(kTablesOfVersion1);
    if (version >= 2) change(kTablesOfVersion2);
    change(kItemsOfVersion1);
    if (version >= 3) {
      for (const char* part : {schema_of_version_3, fill_of_version_3, triggers_of_version_3}) {
        change(part);
      }
    }
    change("PRAGMA application_id = 0x504E5455");
    change(("PRAGMA user_version = " + std::to_string(version)).c_str());
    const auto queue = open();
    EXPECT_EQ(query("PRAGMA user_version"), std::to_string(kQueueSchemaVersion));
    EXPECT_EQ(query("PRAGMA integrity_check"), "ok");
    EXPECT_EQ(must(queue->list(ItemState::Open, 9)).size(), 3u);
    EXPECT_TRUE(must(queue->begin_run(make_run())).unfinished);
    EXPECT_EQ(query("SELECT min(rank) || ' ' || (SELECT min(rank) FROM pile) FROM item"),
              "2147483647 2147483647");
    derived.push_back(query(kDerived));
  }
  EXPECT_EQ(derived[0], derived[1]);
  EXPECT_EQ(derived[0], derived[2]);
  EXPECT_EQ(derived[0],
            "S-1 c/1 2=1+1 10 1 12 4 1733097600 1733097600 63.08\n"
            "S-2 c/ 1=1+0 4 8 16 256 1733184000 1733184000 64.71\n"
            "S-2 c/1 2=2+0 5 8 16 260 1733184000 1733184000 64.71\n"
            "ajakan S-1/11733097600,suka S-1/11733097600,suka S-2/1733184000,suka S-2/11733184000\n"
            "2024-10-01post63.081,2024-10-02like64.711,2024-10-02post63.081,"
            "2024-10-03like64.711\n"
            "2024-10-011campaign11,2024-10-02voting10,2024-10-021quiet11,"
            "2024-10-021voting11,2024-10-03111\n"
            "ajakan2,suka3\n28884960:1,28886400:1,28887840:1");
}

// The triggers bring a new item to the very place where an older one is brought.
TEST_F(SqliteQueueTest, WhatIsDerivedOfOldItemsIsDerivedOfNewOnes) {
  path_ = folder_ / "old";
  set_content("");
  change(kTablesOfVersion1);
  change(kItemsOfVersion1);
  change("PRAGMA application_id = 0x504E5455; PRAGMA user_version = 1");
  open();
  const std::string derived = query(kDerived);
  path_ = folder_ / "new";
  open();
  const auto database = look();
  // The same rows in the order in which the queue writes them, an item at a time.
  ASSERT_TRUE(database->execute(("ATTACH DATABASE '" + (folder_ / "old") +
                                 "' AS old; INSERT INTO sweep_run SELECT * FROM old.sweep_run")
                                    .c_str()));
  for (const char* item : {"1", "2", "3", "4"}) {
    const std::string is = std::string("item = ") + item;
    const std::string sql =
        "INSERT INTO item SELECT * FROM old.item WHERE seq = " + std::string(item) +
        "; INSERT INTO item_rule SELECT * FROM old.item_rule WHERE " + is +
        "; INSERT INTO item_candidate SELECT * FROM old.item_candidate WHERE " + is +
        " ORDER BY rowid";
    ASSERT_TRUE(database->execute(sql.c_str())) << database->failure().value().message;
  }
  EXPECT_EQ(query(kDerived), derived);
}

TEST_F(SqliteQueueTest, ADeletionIsAnEventWithTimeAndReason) {
  const auto queue = open();
  const Run run = must(queue->begin_run(make_run()));
  must(queue->commit(run.id, make_items(0, 2),
                     std::vector<ItemDeletion>{{"instagram/comment/1", "2024-11-28T00:00:00Z"},
                                               {"instagram/comment/1", "2024-11-29T00:00:00Z"},
                                               {"instagram/comment/9", "2024-11-29T00:00:00Z"}},
                     {"position", "statistics"}));
  EXPECT_EQ(query("SELECT group_concat(item.key || ' ' || event || ' ' || at || ' ' || reason)"
                  " FROM item_event JOIN item ON item.seq = item_event.item"),
            "instagram/comment/1 deleted 2024-11-28T00:00:00Z deleted by its author");
}

TEST_F(SqliteQueueTest, RefusesADamagedFile) {
  {
    const auto queue = open();
    const Run run = must(queue->begin_run(make_run()));
    must(queue->commit(run.id, make_items(0, 500), {}, {"", ""}));
  }
  std::string bytes = content();
  for (std::size_t at = 4096; at < bytes.size(); at++) bytes[at] = '\x55';
  set_content(bytes);
  const auto queue = open_review_queue("sqlite:" + path_);
  const std::string message =
      queue ? (*queue)->list(ItemState::Open, 10).error().message : queue.error().message;
  EXPECT_EQ(message, path_ + ": database disk image is malformed");
}

TEST_F(SqliteQueueTest, RefusesWhatIsNoRegularFile) {
  EXPECT_EQ(refusal(folder_.path()), folder_.path() + ": is not a regular file");
  EXPECT_EQ(refusal("/dev/null"), "/dev/null: is not a regular file");
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  EXPECT_EQ(refusal(path_), path_ + ": is not a regular file");
}

TEST_F(SqliteQueueTest, SaysWhichFolderCannotBeMade) {
  set_content("a file");
  EXPECT_EQ(refusal(path_ + "/sub/queue.sqlite"),
            path_ + "/sub/queue.sqlite: cannot open the queue: Not a directory");
  EXPECT_EQ(refusal("/proc/nobody/makes/this/queue.sqlite"),
            "/proc/nobody: cannot make the folder: No such file or directory");
}

// Runs `work` in a child process that is not root, since root may write everywhere.
// The message that `work` returns, passed through a pipe.
std::string as_nobody(const std::function<std::string()>& work) {
  constexpr uid_t kNobody = 65534;
  int ends[2];
  if (::pipe(ends) != 0) return "no pipe";
  const pid_t child = ::fork();
  if (child == 0) {
    if (::geteuid() == 0 && (::setgid(kNobody) != 0 || ::setuid(kNobody) != 0)) ::_exit(1);
    const std::string text = work();
    static_cast<void>(!::write(ends[1], text.data(), text.size()));
    ::_exit(0);
  }
  ::close(ends[1]);
  std::string text(1000, '\0');
  const ssize_t size = ::read(ends[0], text.data(), text.size());
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  text.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  return text;
}

TEST_F(SqliteQueueTest, RefusesAFolderThatMayNotBeWritten) {
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0555), 0);
  EXPECT_EQ(as_nobody([&] { return refusal(path_); }),
            path_ + ": cannot make the queue: Permission denied");
  EXPECT_EQ(as_nobody([&] { return refusal(folder_ / "sub/queue.sqlite"); }),
            (folder_ / "sub") + ": cannot make the folder: Permission denied");
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0700), 0);
}

TEST_F(SqliteQueueTest, RefusesAFileThatMayOnlyBeRead) {
  open();
  ASSERT_EQ(::chmod(path_.c_str(), 0444), 0);
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0777), 0);
  EXPECT_EQ(as_nobody([&] { return refusal(path_); }), path_ + ": may only be read");
  ASSERT_EQ(::chmod(path_.c_str(), 0000), 0);
  EXPECT_EQ(as_nobody([&] { return refusal(path_); }),
            path_ + ": unable to open database file (Permission denied)");
}

// The kernel's own refusal, as a full disk or a quota gives it.
TEST_F(SqliteQueueTest, AFileThatMayNotGrowIsAnErrorAndLosesNothing) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = ::signal(SIGXFSZ, SIG_IGN);
  {
    const auto queue = open();
    const Run run = must(queue->begin_run(make_run()));
    must(queue->commit(run.id, make_items(0, 1), {}, {"1", ""}));
    rlimit small = before;
    small.rlim_cur = 300'000;
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const Result<QueueCounts> refused = queue->commit(run.id, make_items(1, 1000), {}, {"2", ""});
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, Fault::Storage);
    EXPECT_TRUE(refused.error().message.starts_with(path_ + ": disk I/O error"))
        << refused.error().message;
    // Not again on this connection: what the disk has is unknown.
    EXPECT_FALSE(queue->commit(run.id, make_items(1, 1), {}, {"2", ""}));
    EXPECT_EQ(keys_in(*queue, ItemState::Open).size(), 1u);
  }
  ::signal(SIGXFSZ, handler);
  const auto queue = open();
  const Run again = must(queue->begin_run(make_run()));
  ASSERT_TRUE(again.unfinished);
  EXPECT_EQ(again.unfinished->checkpoint.position, "1");
  EXPECT_EQ(must(queue->commit(again.id, make_items(0, 1001), {}, {"2", ""})),
            (QueueCounts{.open = 1000, .known = 1}));
}

// Two at a time.

TEST_F(SqliteQueueTest, AnotherProcessesLockIsWaitedForAndThenToldAbout) {
  QueueHooks hooks;
  hooks.busy_timeout = std::chrono::milliseconds(50);
  const auto queue = open(hooks);
  const Run run = must(queue->begin_run(make_run()));
  const auto other = look();
  ASSERT_TRUE(other->execute("BEGIN IMMEDIATE"));
  const std::vector<ReviewItem> items = make_items(0, 1);
  const Result<QueueCounts> refused = queue->commit(run.id, items, {}, {"", ""});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message,
            path_ + ": database is locked (by another process, for more than 0.05 s)");
  ASSERT_TRUE(other->execute("ROLLBACK"));
  EXPECT_EQ(must(queue->commit(run.id, items, {}, {"", ""})), (QueueCounts{.open = 1}));
}

TEST_F(SqliteQueueTest, ARunBelongsToTheLatestThatBeganIt) {
  const auto first = open();
  const auto second = open();
  const Run run = must(first->begin_run(make_run()));
  must(first->commit(run.id, make_items(0, 1), {}, {"1", ""}));

  // The sweep is started again while the first process hangs.
  const Run again = must(second->begin_run(make_run()));
  EXPECT_EQ(again.id, run.id);
  ASSERT_TRUE(again.unfinished);

  const std::vector<ReviewItem> late = {make_item("late")};
  const Result<QueueCounts> refused = first->commit(run.id, late, {}, {"2", ""});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message,
            path_ +
                ": run 1 is not this process's to write to: it is finished, or the sweep was "
                "started again elsewhere");
  EXPECT_FALSE(first->finish_run(run.id, "{}"));
  EXPECT_EQ(must(second->commit(run.id, make_items(1, 1), {}, {"2", ""})),
            (QueueCounts{.open = 1}));
  EXPECT_EQ(must(second->finish_run(run.id, "{}")), (QueueCounts{.open = 2}));
  EXPECT_EQ(keys_in(*first, ItemState::Open).size(), 2u);
}

TEST_F(SqliteQueueTest, ProcessesMakeAndFillOneQueueTogether) {
  constexpr int kProcesses = 4;
  constexpr int kCommits = 25;
  std::vector<pid_t> children;
  for (int process = 0; process < kProcesses; process++) {
    const pid_t child = ::fork();
    if (child == 0) {
      const auto queue = open_review_queue("sqlite:" + path_);
      if (!queue) ::_exit(1);
      const Result<pantau::Run> run =
          (*queue)->begin_run(make_run("print", "sweep-" + std::to_string(process)));
      if (!run) ::_exit(2);
      for (int commit = 0; commit < kCommits; commit++) {
        const std::string own = std::to_string(process) + "/" + std::to_string(commit);
        const std::vector<ReviewItem> items = {make_item("own/" + own, {{"r", 10}}),
                                               make_item("shared/" + std::to_string(commit))};
        if (!(*queue)->commit(run->id, items, {}, {own, ""})) ::_exit(3);
      }
      ::_exit((*queue)->finish_run(run->id, "{}") ? 0 : 4);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
  }
  EXPECT_EQ(query("PRAGMA integrity_check"), "ok");
  EXPECT_EQ(query("SELECT count(*) FROM item"), std::to_string(kProcesses * kCommits + kCommits));
  EXPECT_EQ(query("SELECT flags FROM rule_day WHERE rule = 'r'"), "100");
  EXPECT_EQ(query("SELECT count(*) FROM item WHERE state = 'held'"), "90");
  EXPECT_EQ(query("SELECT (sum(items_open) + sum(items_held)) || ' ' || sum(items_known)"
                  " FROM sweep_run WHERE state = 'finished'"),
            "125 75");
}

}  // namespace
}  // namespace pantau
