// A sweep that is killed and started again ends as one that was never killed: the same queue,
// the same flags and rejects, nothing lost and nothing doubled.
#include <gtest/gtest.h>

#include <random>

#include "tests/sweep/regency.h"

namespace pantau {
namespace {

constexpr int kNever = 1'000'000;
constexpr int kKilled = 128 + SIGKILL;

// Quick to compile, because each sweep starts a process: with a real pack half a second each.
constexpr std::string_view kSmallPack = R"([pack]
id = "small"
version = "1"

[[pattern]]
name = "support"
re = ['\b(ayo|mari|pilih|dukung|coblos|menang)\w*']

[[rule]]
id = "support"
title = { id = "Dukungan", en = "Support" }
kinds = ["post", "comment", "share"]
link = "either"
any = ["support"]
level = "high"
proposes = { ethics = ["KE-4"], discipline = ["DS-6"] }
)";

// The smaller files of the regency, so that dozens of sweeps take seconds.
class Killed : public testing::Test {
 protected:
  void SetUp() override {
    std::string sweep = read_file(kRegency + "sweep.toml");
    const auto replace = [&](std::string_view from, const std::string& to) {
      const std::size_t at = sweep.find(from);
      ASSERT_NE(at, std::string::npos) << from;
      sweep.replace(at, from.size(), to);
    };
    replace("\"../../rules/skb-2022.toml\"", "\"small.toml\"");
    write_file(folder_ / "small.toml", std::string(kSmallPack));
    replace("\"../../rules/semua-komentar.toml\"",
            "\"" + kRegency + "../../rules/semua-komentar.toml\"");
    replace("\"contests.toml\"", "\"" + kRegency + "contests.toml\"");
    replace("\"roster.csv\"", "\"" + kRegency + "roster.csv\"");
    replace("\"campaign.csv\"", "\"" + kRegency + "campaign.csv\"");
    replace("[\"records\"]", "[\"" + kRegency + "records/tiktok.ndjson\", \"" + kRegency +
                                 "records/x.ndjson.bz2\"]");
    write_file(folder_ / "sweep.toml", sweep);
  }

  int sweep(const std::string& name, int kill_at) {
    std::filesystem::create_directories(folder_ / name);
    return run_program({KILLED_SWEEP_PROGRAM, folder_ / "sweep.toml",
                        "sqlite:" + (folder_ / (name + "/queue.sqlite")), folder_ / name,
                        std::to_string(kill_at)},
                       folder_)
        .status;
  }

  void expect_same(const std::string& name, const std::string& other) {
    const auto path = [&](const std::string& run, const std::string& file) {
      return folder_ / (run + '/' + file);
    };
    EXPECT_EQ(items_of("sqlite:" + path(name, "queue.sqlite")),
              items_of("sqlite:" + path(other, "queue.sqlite")));
    for (const std::string file : {"flags.ndjson", "rejects.ndjson"}) {
      EXPECT_EQ(read_file(path(name, file)), read_file(path(other, file))) << file;
    }
  }

  Folder folder_;
};

TEST_F(Killed, AtEveryStepOfEveryCommit) {
  ASSERT_EQ(sweep("whole", kNever), 0);
  ASSERT_GT(items_of("sqlite:" + (folder_ / "whole/queue.sqlite")).size(), 50U);
  int step = 1;
  for (;; step++) {
    const std::string name = "step" + std::to_string(step);
    const int first = sweep(name, step);
    if (first == 0) break;  // there are no more steps
    ASSERT_EQ(first, kKilled) << "step " << step;
    ASSERT_EQ(sweep(name, kNever), 0);
    expect_same(name, "whole");
    ASSERT_FALSE(HasFailure()) << "killed at step " << step;
    std::filesystem::remove_all(folder_ / name);
  }
  EXPECT_GT(step, 4 * 8) << "too few commits for this to be a test";
}

TEST_F(Killed, AgainAndAgainUntilItEnds) {
  ASSERT_EQ(sweep("whole", kNever), 0);
  int status = kKilled;
  for (int attempt = 0; attempt < 200 && status == kKilled; attempt++) {
    status = sweep("often", 7);  // each time a little further
  }
  ASSERT_EQ(status, 0);
  expect_same("often", "whole");
}

TEST_F(Killed, WhereverItsFilesWereTamperedWith) {
  ASSERT_EQ(sweep("whole", kNever), 0);
  ASSERT_EQ(sweep("tampered", 15), kKilled);
  write_file(folder_ / "tampered/flags.ndjson", "");
  ASSERT_EQ(sweep("tampered", kNever), 0);  // begins anew, since the file is not its own
  expect_same("tampered", "whole");
}

// The program itself, at moments that nobody chose.
TEST_F(Killed, AtAnyMoment) {
  ASSERT_EQ(sweep("whole", kNever), 0);
  std::mt19937 random(20241127);
  std::uniform_int_distribution<int> microseconds(0, 150'000);
  const std::vector<std::string> command = {PANTAU_PROGRAM,
                                            "sweep",
                                            folder_ / "sweep.toml",
                                            "--progress",
                                            "none",
                                            "--queue",
                                            "sqlite:" + (folder_ / "any/queue.sqlite"),
                                            "--flags",
                                            folder_ / "any/flags.ndjson",
                                            "--rejects",
                                            folder_ / "any/rejects.ndjson"};
  for (int round = 0; round < 10; round++) {
    std::filesystem::remove_all(folder_ / "any");
    std::filesystem::create_directories(folder_ / "any");
    const Started started(command, folder_);
    std::this_thread::sleep_for(std::chrono::microseconds(microseconds(random)));
    started.signal(SIGKILL);
    started.wait();
    const Ended second = run_program(command, folder_);
    ASSERT_EQ(second.status, 0) << second.err;
    expect_same("any", "whole");
  }
}

}  // namespace
}  // namespace pantau
