// The queue in SQLite through crashes, power cuts and broken disks: at every step of a
// commit, and at every single call to the disk.
//
// After each fault the same is asked: does the file open, is it whole, does it hold
// exactly the first k commits with the checkpoint of the k-th, k being at least what
// was acknowledged, and does going on from there end as if nothing had happened?
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

#include "pipeline/review/sqlite.h"
#include "tests/review/fault_vfs.h"
#include "tests/review/queue_fixture.h"

namespace pantau {
namespace {

constexpr int kCommits = 3;

// A sweep of three commits with repetitions, deletions and a quota that is passed.
struct Scenario {
  std::size_t items_per_commit;
  std::size_t received_bytes;
};
constexpr Scenario kSmall{4, 20};
constexpr Scenario kBig{12, 150'000};  // past SQLite's automatic checkpoint

std::vector<ReviewItem> items_of(const Scenario& scenario, int commit) {
  std::vector<ReviewItem> items =
      make_items(static_cast<std::size_t>(commit) * (scenario.items_per_commit - 1),
                 scenario.items_per_commit);  // the first repeats the last of the commit before
  for (ReviewItem& item : items) {
    item.received.append(scenario.received_bytes, 'r');
    item.rules = {{"skb-2022/ajakan", 6}};
  }
  return items;
}

std::vector<ItemDeletion> deletions_of(const Scenario& scenario, int commit) {
  return {{items_of(scenario, commit)[0].key, "2024-12-01T00:00:00Z"}};
}

QueueHooks fixed_clock() {
  QueueHooks hooks;
  hooks.now = [] { return *parse_rfc3339("2024-12-02T00:00:00Z"); };
  return hooks;
}

// What the sweep tells while it runs: '1' … '3' for a commit, 'F' for the finish.
using Tell = std::function<void(char)>;

// Runs the sweep, or what is left of it.
Status run_sweep(ReviewQueue& queue, const Scenario& scenario, const Tell& tell) {
  TRY(const Run run, queue.begin_run(make_run()));
  const int done = run.unfinished ? std::stoi(run.unfinished->checkpoint.position) : 0;
  for (int commit = done; commit < kCommits; commit++) {
    const Checkpoint checkpoint{std::to_string(commit + 1), "statistics"};
    TRY_STATUS(queue.commit(run.id, items_of(scenario, commit), deletions_of(scenario, commit),
                            checkpoint));
    tell(static_cast<char>('1' + commit));
  }
  TRY_STATUS(queue.finish_run(run.id, "summary"));
  tell('F');
  return std::monostate{};
}

Status open_and_sweep(const std::string& url, QueueHooks hooks, const Scenario& scenario,
                      const Tell& tell) {
  TRY(const auto queue, open_review_queue(url, std::move(hooks)));
  return run_sweep(*queue, scenario, tell);
}

// Runs `work` in a child process. What it told before it ended, however it ended.
std::string in_child(const std::function<void(const Tell&)>& work) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    work([&](char what) { static_cast<void>(!::write(ends[1], &what, 1)); });
    ::_exit(0);
  }
  ::close(ends[1]);
  std::string told;
  char what;
  while (::read(ends[0], &what, 1) == 1) told += what;
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  return told;
}

// All that the tables hold, but for how often the run was begun.
std::string dump(const std::string& path) {
  const auto database = must(Database::open(path, std::chrono::seconds(5)));
  std::string text = must(database->text("PRAGMA integrity_check"));
  EXPECT_EQ(text, "ok");
  EXPECT_EQ(must(database->text("SELECT count(*) FROM pragma_foreign_key_check")), "0");
  for (const char* sql :
       {"SELECT group_concat(id || state || started_at || coalesce(finished_at, '') ||"
        " coalesce(position, '') || coalesce(summary, '') || ' ' || items_open || ' ' ||"
        " items_held || ' ' || items_known || ' ' || items_deleted, char(10)) FROM sweep_run",
        "SELECT group_concat(seq || ' ' || key || ' ' || run || state || found_at || flag ||"
        " coalesce(deleted_at, '') || length(received), char(10)) FROM item",
        "SELECT group_concat(item || rule, char(10)) FROM item_rule",
        "SELECT group_concat(item || contest || candidate, char(10)) FROM item_candidate",
        "SELECT group_concat(rule || day || ' ' || flags, char(10)) FROM rule_day",
        "SELECT group_concat(run || ' ' || item, char(10)) FROM run_item"}) {
    text += "\n--\n" + must(database->text(sql));
  }
  return text;
}

class SqliteFaults : public testing::Test {
 protected:
  // What the first `commits` commits leave, and at the end ('F') the whole sweep.
  std::string expected_after(const Scenario& scenario, char told) {
    TemporaryFolder folder(TemporaryFolder::memory());
    const std::string path = folder / "queue.sqlite";
    {
      QueueHooks hooks = fixed_clock();
      int commits = 0;
      hooks.commit_fault = [&](CommitStep step) -> Status {
        if (step == CommitStep::AfterCommit) commits++;
        const bool between = step == CommitStep::AfterCommit || step == CommitStep::BeforeBegin;
        if (between && commits == told - '0') return fail(Fault::Storage, "enough");
        return std::monostate{};
      };
      EXPECT_EQ(open_and_sweep("sqlite:" + path, hooks, scenario, [](char) {}).has_value(),
                told == 'F');
    }
    return dump(path);
  }

  void SetUp() override {
    for (const Scenario* scenario : {&kSmall, &kBig}) {
      for (const char told : std::string("0123F")) {
        expected_[scenario][told] = expected_after(*scenario, told);
      }
    }
  }

  // The question of this file; `told` is what the sweep said before the fault.
  void check(const std::string& path, const Scenario& scenario, const std::string& told) {
    const std::string url = "sqlite:" + path;
    const std::string order = "0123F";
    std::size_t last = told.empty() ? 0 : order.find(told.back());
    {
      // Opening makes what a crash at the very start had left unmade.
      const auto queue = must(open_review_queue(url, fixed_clock()));
    }
    std::string found = dump(path);
    auto& expected = expected_[&scenario];
    if (last == 0 && found.find("2024-12-02") == std::string::npos) {
      // Not even the run was begun; that is as good as none committed.
    } else if (found != expected[order[last]]) {
      // What was not acknowledged may still be there, whole.
      ASSERT_LT(last + 1, order.size()) << found;
      ASSERT_EQ(found, expected[order[++last]]) << "told " << told;
    }
    if (order[last] != 'F') {
      const Status status = open_and_sweep(url, fixed_clock(), scenario, [](char) {});
      ASSERT_TRUE(status) << status.error().message;
    }
    ASSERT_EQ(dump(path), expected['F']) << "told " << told;
  }

  // A queue without items at `path`: its tables take hundreds of calls to make, all alike.
  void make_empty_queue(const std::string& path) {
    static const TemporaryFolder folder(TemporaryFolder::memory());
    if (!std::filesystem::exists(folder / "q")) must(open_review_queue("sqlite:" + (folder / "q")));
    std::filesystem::copy_file(folder / "q", path);
  }

  // How many calls to the disk the whole sweep makes.
  int calls_of(const Scenario& scenario, bool is_new = false) {
    TemporaryFolder folder(TemporaryFolder::memory());
    if (!is_new) make_empty_queue(folder / "q");
    const std::string told = in_child([&](const Tell& tell) {
      FaultDisk::arm(DiskFault::None, 0);
      static_cast<void>(
          open_and_sweep("sqlite:" + (folder / "q"), fixed_clock(), scenario, [](char) {}));
      for (int i = FaultDisk::calls(); i > 0; i--) tell('.');
    });
    return static_cast<int>(told.size());
  }

  // A fault at every `stride`-th call; each time in a file of its own, which the sweep has to
  // make if it `is_new`.
  void try_every_call(DiskFault fault, const Scenario& scenario, int stride = 1,
                      bool is_new = false) {
    const int calls = calls_of(scenario, is_new);
    ASSERT_GT(calls, 20);
    for (int at = 1; at <= calls; at += stride) {
      TemporaryFolder folder(TemporaryFolder::memory());
      const std::string path = folder / "queue.sqlite";
      if (!is_new) make_empty_queue(path);
      const std::string told = in_child([&](const Tell& tell) {
        FaultDisk::arm(fault, at);
        const Status status = open_and_sweep("sqlite:" + path, fixed_clock(), scenario, tell);
        if (!status && status.error().fault != Fault::Storage) tell('?');
        if (!status && status.error().message.find(path) == std::string::npos) tell('?');
      });
      ASSERT_EQ(told.find('?'), std::string::npos);
      if (fault == DiskFault::PowerCut || fault == DiskFault::TornPowerCut) {
        FaultDisk::restore(path);
      }
      ASSERT_NO_FATAL_FAILURE(check(path, scenario, told)) << "call " << at << " of " << calls;
    }
  }

  std::map<const Scenario*, std::map<char, std::string>> expected_;
};

TEST_F(SqliteFaults, SurvivesAKillAtEveryStepOfEveryCommit) {
  for (const CommitStep step : kCommitSteps) {
    for (int commit = 0; commit < kCommits; commit++) {
      TemporaryFolder folder(TemporaryFolder::memory());
      const std::string path = folder / "queue.sqlite";
      const std::string told = in_child([&](const Tell& tell) {
        QueueHooks hooks = fixed_clock();
        int seen = 0;
        hooks.commit_fault = [&](CommitStep reached) -> Status {
          if (reached == step && seen++ == commit) ::kill(::getpid(), SIGKILL);
          return std::monostate{};
        };
        static_cast<void>(open_and_sweep("sqlite:" + path, hooks, kSmall, tell));
        tell('?');
      });
      ASSERT_EQ(told, std::string("123").substr(0, static_cast<std::size_t>(commit)));
      ASSERT_NO_FATAL_FAILURE(check(path, kSmall, told));
    }
  }
}

TEST_F(SqliteFaults, SurvivesAKillAtEveryCallToTheDisk) {
  try_every_call(DiskFault::Kill, kSmall);
}

TEST_F(SqliteFaults, SurvivesAPowerCutAtEveryCallToTheDisk) {
  try_every_call(DiskFault::PowerCut, kSmall);
}

TEST_F(SqliteFaults, SurvivesAPowerCutThatTearsWrites) {
  try_every_call(DiskFault::TornPowerCut, kSmall);
}

TEST_F(SqliteFaults, SurvivesADiskThatIsFullFromAnyCallOn) {
  try_every_call(DiskFault::Full, kSmall);
}

TEST_F(SqliteFaults, SurvivesADiskThatBreaksAtAnyCall) {
  try_every_call(DiskFault::WriteError, kSmall);
}

TEST_F(SqliteFaults, SurvivesFaultsWhileTheTablesAreMade) {
  const int stride = calls_of(kSmall, true) / 15;
  for (const DiskFault fault : {DiskFault::Kill, DiskFault::PowerCut, DiskFault::TornPowerCut,
                                DiskFault::Full, DiskFault::WriteError}) {
    ASSERT_NO_FATAL_FAILURE(try_every_call(fault, kSmall, stride, true));
  }
}

// The big sweep makes thousands of calls, most of them alike: one in so many is tried.
TEST_F(SqliteFaults, SurvivesFaultsAmidCheckpoints) {
  const int stride = calls_of(kBig) / 12;
  for (const DiskFault fault : {DiskFault::Kill, DiskFault::PowerCut, DiskFault::TornPowerCut,
                                DiskFault::Full, DiskFault::WriteError}) {
    ASSERT_NO_FATAL_FAILURE(try_every_call(fault, kBig, stride));
  }
}

// After a full disk the same queue may go on once there is room again; after a
// fault of the disk it must not: what a failed sync left is unknown.
TEST_F(SqliteFaults, AFullDiskPassesAndABrokenOneDoesNot) {
  for (const DiskFault fault : {DiskFault::Full, DiskFault::WriteError}) {
    TemporaryFolder folder(TemporaryFolder::memory());
    const std::string path = folder / "queue.sqlite";
    const std::string told = in_child([&](const Tell& tell) {
      const auto queue = must(open_review_queue("sqlite:" + path, fixed_clock()));
      FaultDisk::arm(DiskFault::None, 0);
      const auto faulty = must(open_review_queue("sqlite:" + path, fixed_clock()));
      FaultDisk::arm(fault, 20);
      tell(run_sweep(*faulty, kSmall, [](char) {}) ? '+' : '-');
      FaultDisk::arm(DiskFault::None, 0);
      tell(run_sweep(*faulty, kSmall, [](char) {}) ? '+' : '-');
    });
    EXPECT_EQ(told, fault == DiskFault::Full ? "-+" : "--");
    if (fault == DiskFault::Full) {
      EXPECT_EQ(dump(path), expected_[&kSmall]['F']);
    }
  }
}

}  // namespace
}  // namespace pantau
