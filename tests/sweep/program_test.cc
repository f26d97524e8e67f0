// The program as people use it: what it answers, and how it ends.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "tests/sweep/regency.h"
#include "tests/sweep/small_sweep.h"

namespace pantau {
namespace {

namespace fs = std::filesystem;

class Program : public SmallSweep {
 protected:
  Ended sweep(std::vector<std::string> more = {}) {
    std::vector<std::string> words = {PANTAU_PROGRAM, "sweep", folder_ / "sweep.toml", "--progress",
                                      "none"};
    words.insert(words.end(), more.begin(), more.end());
    return run_program(words, folder_);
  }

  nlohmann::json summary_of(std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--summary", folder_ / "summary.json"});
    const Ended ended = sweep(more);
    EXPECT_EQ(ended.status, 0) << ended.err;
    return nlohmann::json::parse(read_file(folder_ / "summary.json"));
  }

  bool something_stored() { return fs::exists(folder_ / "queue.sqlite"); }
};

TEST_F(Program, FillsTheQueueAndSaysWhatItDid) {
  const nlohmann::json summary = summary_of();
  EXPECT_EQ(summary["records"], 4);
  EXPECT_EQ(summary["flags"], 4);
  EXPECT_EQ(summary["by_rule"]["suka"], 3);
  EXPECT_EQ(summary["by_candidate"]["c/1"], 4);
  EXPECT_EQ(summary["subjects_seen"], 1);
  EXPECT_EQ(summary["repeats"], 0);
  EXPECT_EQ(summary["skimmed"], 0);
  EXPECT_TRUE(summary["rejected"].empty());
  for (const char* key : {"bytes", "seconds", "threads"}) EXPECT_TRUE(summary.contains(key)) << key;
  EXPECT_EQ(items_of("sqlite:" + (folder_ / "queue.sqlite")).size(), 4U);
}

TEST_F(Program, HoldsWhatIsAboveARulesQuota) {
  const nlohmann::json summary = summary_of({"--flags", folder_ / "flags.ndjson"});
  EXPECT_EQ(summary["queue"]["open"], 3);
  EXPECT_EQ(summary["queue"]["held"], 1);
  EXPECT_EQ(std::ranges::count(read_file(folder_ / "flags.ndjson"), '\n'), 4);
}

TEST_F(Program, FindsNothingNewInASecondSweepAndWritesTheSameFlags) {
  const std::vector<std::string> flags = {"--flags", folder_ / "flags.ndjson"};
  summary_of(flags);
  const std::string first = read_file(folder_ / "flags.ndjson");
  const nlohmann::json summary = summary_of(flags);
  EXPECT_EQ(read_file(folder_ / "flags.ndjson"), first);
  EXPECT_EQ(summary["flags"], 4);
  EXPECT_EQ(summary["queue"]["known"], 4);
  EXPECT_EQ(items_of("sqlite:" + (folder_ / "queue.sqlite")).size(), 4U);
}

TEST_F(Program, CountsARepetitionOnce) {
  write("records.ndjson", like(1) + like(2) + like(1));
  const nlohmann::json summary = summary_of();
  EXPECT_EQ(summary["flags"], 2);
  EXPECT_EQ(summary["repeats"], 1);
}

TEST_F(Program, FlagsHaveTheFormOfTheContract) {
  ASSERT_EQ(sweep({"--flags", folder_ / "flags.ndjson"}).status, 0);
  std::istringstream lines(read_file(folder_ / "flags.ndjson"));
  std::string line;
  std::getline(lines, line);
  const auto like = nlohmann::json::parse(line);
  EXPECT_EQ(like["key"], "x/like/11/1");
  EXPECT_EQ(
      like["subject"],
      (nlohmann::json{
          {"id", "S-1"}, {"category", "pns"}, {"region", "63.08"}, {"ownership", "declared"}}));
  EXPECT_EQ(like["matches"][0]["account_type"], "registered");
  EXPECT_EQ(like["matches"][0]["stage"], "campaign");
  EXPECT_EQ(like["matches"][0]["class"], "discipline");
  EXPECT_EQ(like["matches"][0]["pack"], "p@1");
  EXPECT_EQ(like["source"]["line"], 1);
  EXPECT_EQ(like["sweep"]["mandate"], "ST 1");
  for (int i = 0; i < 3; i++) std::getline(lines, line);
  const auto post = nlohmann::json::parse(line);
  EXPECT_EQ(post["key"], "x/post/7");
  EXPECT_EQ(post["level"], "high");
  EXPECT_TRUE(post["matches"][0]["account_type"].is_null());
  EXPECT_EQ(post["matches"][0]["spans"],
            (nlohmann::json::array({{{"pattern", "ajakan"}, {"start", 4}, {"end", 10}},
                                    {{"pattern", "@mention"}, {"start", 11}, {"end", 22}}})));
}

TEST_F(Program, FiltersStandardInput) {
  const Ended ended = run_program({PANTAU_PROGRAM, "match", folder_ / "sweep.toml"}, folder_,
                                  folder_ / "records.ndjson");
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(std::ranges::count(ended.out, '\n'), 4);
  EXPECT_FALSE(something_stored());
}

TEST_F(Program, TellsWhatIsWrongWithListsAndStoresNothing) {
  struct Case {
    std::string file;
    std::string text;
    std::string told;
  };
  const std::vector<Case> cases = {
      {"roster.csv", "a,b\n", "roster.csv:1: error: wrong header: no column 'subject_id'"},
      {"roster.csv", kHeader + "S,N,1,pns,D,P,63.08,x,1,,declared,,,\n", "no basis"},
      {"contests.toml", "[[contest]]\ntimezone = \"Asia/Makasar\"\n", "unknown time zone"},
      {"rules.toml", "[pack]\nid='p'\nversion='1'\n[[pattern]]\nname='x'\nre=['(']\n",
       "the pattern cannot be used"},
      {"rules.toml", rules(1) + "colour = 1\n", "unknown key 'colour'"},
      {"rules.toml", rules(1) + rules(1).substr(rules(1).find("[[rule]]")), "duplicate rule"},
      {"rules.toml", "[pack]\nid='p'\nversion='1'\n", "the pack is empty"},
      {"campaign.csv", "x\n", "campaign.csv:1: error: wrong header"},
  };
  for (const Case& broken : cases) {
    SetUp();
    write(broken.file, broken.text);
    const Ended ended = sweep({"--flags", folder_ / "flags.ndjson"});
    EXPECT_EQ(ended.status, 2) << broken.told;
    EXPECT_NE(ended.err.find(broken.told), std::string::npos) << ended.err;
    EXPECT_FALSE(something_stored() || fs::exists(folder_ / "flags.ndjson")) << broken.told;
  }
}

TEST_F(Program, TellsEveryMistakeInOneRun) {
  write("rules.toml", rules(1) + "colour = 1\n");
  write("roster.csv", kHeader + "S,N,1,pns,D,P,63.08,x,1,,declared,,,\n");
  fs::remove(folder_ / "campaign.csv");
  const Ended ended = sweep();
  EXPECT_EQ(ended.status, 2);
  for (const char* told :
       {"unknown key 'colour'", "no basis", "campaign.csv: error: cannot be read"}) {
    EXPECT_NE(ended.err.find(told), std::string::npos) << ended.err;
  }
}

TEST_F(Program, RefusesMissingInputsAndWrongUsage) {
  EXPECT_EQ(sweep({"--records", folder_ / "nowhere.ndjson"}).status, 2);
  EXPECT_EQ(sweep({"--records", folder_ / "*.none"}).status, 2);
  EXPECT_EQ(sweep({"--no-such-option"}).status, 2);
  EXPECT_EQ(sweep({"--format", "papyrus"}).status, 2);
  EXPECT_EQ(sweep({"--queue", "mysql:x"}).status, 2);
  EXPECT_EQ(run_program({PANTAU_PROGRAM}, folder_).status, 2);
  EXPECT_EQ(run_program({PANTAU_PROGRAM, "sweep", folder_ / "no.toml"}, folder_).status, 2);
  EXPECT_FALSE(something_stored());
  EXPECT_EQ(run_program({PANTAU_PROGRAM, "--help"}, folder_).status, 0);
  EXPECT_EQ(run_program({PANTAU_PROGRAM, "sweep", "--help"}, folder_).status, 0);
}

TEST_F(Program, ToldOddFilesAreNotFatal) {
  fs::create_directories(folder_ / "odd/empty-folder");
  write("odd/a-empty.ndjson", "");
  write("odd/b-binary.ndjson", std::string("\x7f"
                                           "ELF\0\0\n\0\xff\xfe\n",
                                           11));
  write("odd/c-cut.ndjson", like(1) + R"({"platform":"x","ki)");
  write("odd/d-whole.ndjson", like(2));
  const Ended ended = sweep({"--records", folder_ / "odd", folder_ / "odd/empty-folder",
                             "--summary", folder_ / "summary.json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  for (const char* told : {"a-empty.ndjson: the file is empty", "b-binary.ndjson: this looks like",
                           "c-cut.ndjson: the last line has no line end", "empty-folder"}) {
    EXPECT_NE(ended.err.find(told), std::string::npos) << told << " in " << ended.err;
  }
  const auto summary = nlohmann::json::parse(read_file(folder_ / "summary.json"));
  EXPECT_EQ(summary["records"], 2);
  EXPECT_EQ(summary["lines"], 5);
}

TEST_F(Program, RejectsALineAboveTheLimit) {
  write("records.ndjson", like(1) + std::string(40'000, 'x') + "\n" + like(2));
  const nlohmann::json summary =
      summary_of({"--line-bytes-max", "20000", "--rejects", folder_ / "rejects.ndjson"});
  EXPECT_EQ(summary["rejected"]["too_long"], 1);
  EXPECT_EQ(summary["records"], 2);
  const auto reject = nlohmann::json::parse(read_file(folder_ / "rejects.ndjson"));
  EXPECT_EQ(reject["line"], 2);
  EXPECT_EQ(reject["offset"], like(1).size());
  EXPECT_EQ(reject["sample"].get<std::string>().size(), 200U);
}

TEST_F(Program, EndsWith3IfTheQueueCannotBeWritten) {
  fs::create_directories(folder_ / "folder.sqlite");
  const Ended ended = sweep({"--queue", "sqlite:" + (folder_ / "folder.sqlite")});
  EXPECT_EQ(ended.status, 3) << ended.err;
  EXPECT_EQ(sweep({"--queue", "none", "--flags", "/dev/full"}).status, 3);
}

TEST_F(Program, EndsWith4IfAnInputIsBroken) {
  write("cut.ndjson.gz", std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab", 11));
  const Ended ended = sweep({"--records", folder_ / "cut.ndjson.gz", folder_ / "records.ndjson"});
  EXPECT_EQ(ended.status, 4) << ended.err;
  EXPECT_NE(ended.err.find("cut.ndjson.gz"), std::string::npos) << ended.err;
  EXPECT_EQ(items_of("sqlite:" + (folder_ / "queue.sqlite")).size(), 4U);
}

TEST_F(Program, EndsWith5AboveTheRejectsAllowed) {
  write("records.ndjson", "{}\n[]\n" + like(1));
  EXPECT_EQ(sweep({"--rejects-max", "2"}).status, 0);
  EXPECT_EQ(sweep({"--rejects-max", "1"}).status, 5);
}

TEST_F(Program, StopsInOrderAndGoesOn) {
  // A pipe that never ends keeps the sweep waiting for its next line.
  const std::string pipe = folder_ / "pipe.ndjson";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const Started started({PANTAU_PROGRAM, "sweep", folder_ / "sweep.toml", "--progress", "none",
                         "--records", folder_ / "records.ndjson", pipe},
                        folder_);
  const int end = ::open(pipe.c_str(), O_RDWR);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  started.signal(SIGINT);
  const Ended ended = started.wait();
  ::close(end);
  EXPECT_EQ(ended.status, 130);
  EXPECT_NE(ended.err.find("run the same command again to go on"), std::string::npos) << ended.err;
  EXPECT_EQ(items_of("sqlite:" + (folder_ / "queue.sqlite")).size(), 4U);
}

TEST_F(Program, ChecksRulePacks) {
  const Ended sound =
      run_program({PANTAU_PROGRAM, "rules", "check", folder_ / "rules.toml"}, folder_);
  EXPECT_EQ(sound.status, 0) << sound.err;
  EXPECT_NE(sound.out.find("p@1: 2 rules, 1 patterns, 0 examples: ok"), std::string::npos);
  EXPECT_EQ(sound.out.find("every text is searched"), std::string::npos);
  write("rules.toml", "[pack]\n");
  EXPECT_EQ(run_program({PANTAU_PROGRAM, "rules", "check", folder_ / "rules.toml"}, folder_).status,
            2);
}

TEST_F(Program, TellsWhichPatternsEveryTextIsSearchedFor) {
  write("rules.toml", rules(2) + "[[pattern]]\nname = \"angka\"\nre = ['[0-9]{3}']\n");
  const Ended check =
      run_program({PANTAU_PROGRAM, "rules", "check", folder_ / "rules.toml"}, folder_);
  EXPECT_EQ(check.status, 0) << check.err;
  EXPECT_NE(check.out.find("looked for first: angka\n"), std::string::npos) << check.out;
  const Ended ended = sweep();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_NE(ended.err.find("looked for first: angka\n"), std::string::npos) << ended.err;
}

TEST_F(Program, RefusesADamagedRosterIndex) {
  const std::string index = folder_ / "roster.index";
  ASSERT_EQ(
      run_program({PANTAU_PROGRAM, "roster", "build", folder_ / "roster.csv", "-o", index}, folder_)
          .status,
      0);
  ASSERT_EQ(sweep({"--roster", index}).status, 0);
  std::string bytes = read_file(index);
  bytes[bytes.size() / 2] ^= 1;
  write_file(index, bytes);
  const Ended ended = sweep({"--roster", index});
  EXPECT_EQ(ended.status, 2);
  EXPECT_NE(ended.err.find("the roster index is damaged"), std::string::npos) << ended.err;
}

}  // namespace
}  // namespace pantau
