// The rule author's commands as people use them.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/sweep/small_sweep.h"

namespace pantau {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

class RulesProgram : public SmallSweep {
 protected:
  Ended rules_command(std::vector<std::string> words, const std::string& input = {}) {
    words.insert(words.begin(), {PANTAU_PROGRAM, "rules"});
    return run_program(words, folder_, input);
  }

  Json json_of(std::vector<std::string> words, int status = 0) {
    words.emplace_back("--json");
    const Ended ended = rules_command(words);
    EXPECT_EQ(ended.status, status) << ended.err;
    return Json::parse(ended.out);
  }

  Json backtest(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"backtest", folder_ / "sweep.toml"});
    return json_of(more);
  }

  Json diff(const std::string& newer, int status = 1, std::vector<std::string> more = {}) {
    write("newer.toml", newer);
    more.insert(more.begin(),
                {"diff", folder_ / "rules.toml", folder_ / "newer.toml", folder_ / "sweep.toml"});
    return json_of(more, status);
  }

  static std::string replaced(std::string text, const std::string& what, const std::string& with) {
    return text.replace(text.find(what), what.size(), with);
  }
};

// test

TEST_F(RulesProgram, TestTakesATextFromAnywhere) {
  const std::vector<std::string> lists = {"--rules", folder_ / "rules.toml", "--contests",
                                          folder_ / "contests.toml", "--json"};
  const auto test = [&](std::vector<std::string> more, const std::string& input = {}) {
    more.insert(more.begin(), "test");
    more.insert(more.end(), lists.begin(), lists.end());
    return rules_command(more, input);
  };
  write("text.txt", "Ayo C0BL0S Ahmad Fulan\n");
  const Ended typed = test({"Ayo C0BL0S Ahmad Fulan"});
  EXPECT_EQ(typed.status, 0) << typed.err;
  const Json told = Json::parse(typed.out);
  EXPECT_EQ(told["undisguised"], "ayo coblos ahmad fulan");
  EXPECT_EQ(told["rules"][0]["because"], "it does not look at a post");
  EXPECT_TRUE(told["rules"][1]["holds"]);
  EXPECT_FALSE(told["flagged"]);  // nobody of a roster acts
  EXPECT_EQ(test({"--file", folder_ / "text.txt"}).out, typed.out);
  EXPECT_EQ(test({}, folder_ / "text.txt").out, typed.out);
  EXPECT_EQ(test({"-"}, folder_ / "text.txt").out, typed.out);
  for (const std::vector<std::string>& wrong :
       std::vector<std::vector<std::string>>{{"x", "--kind", "tepuk"},
                                             {"x", "--at", "kemarin"},
                                             {"x", "--platform", "X!"},
                                             {"x", "--file", folder_ / "text.txt"},
                                             {"\xff"},
                                             {"--file", folder_ / "nowhere.txt"}}) {
    EXPECT_EQ(test(wrong).status, 2) << wrong.back();
  }
  EXPECT_EQ(rules_command({"test", "x"}).status, 2);
}

TEST_F(RulesProgram, TestOfASweepsSubjectSaysWhatASweepWouldDo) {
  const Ended ended = rules_command(
      {"test", "Ayo coblos Ahmad Fulan", "--actor", "guru", "--sweep", folder_ / "sweep.toml"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_NE(ended.out.find("holds         ajakan (high) c/1 via mention\n"), std::string::npos)
      << ended.out;
  EXPECT_NE(ended.out.find("→ flagged\n"), std::string::npos);
}

// backtest

TEST_F(RulesProgram, BacktestCountsByRuleAndCandidateAndStoresNothing) {
  write("records.ndjson", like(1) + like(2) + like(1) + post("Ayo coblos Ahmad Fulan") + "{}\n");
  const Json told = backtest();
  EXPECT_EQ(told["records"], 4);
  EXPECT_EQ(told["rejected"], 1);
  EXPECT_EQ(told["flags"], 3);
  EXPECT_EQ(told["repeats"], 1);
  const Json& liked = told["rules"][0];
  EXPECT_EQ(liked["rule"], "suka");
  EXPECT_EQ(liked["pack"], "p@1");
  EXPECT_EQ(liked["level"], "low");
  EXPECT_EQ(liked["records"], 3);
  EXPECT_EQ(liked["flags"], 2);
  EXPECT_EQ(liked["by_candidate"], (Json{{"c/1", 2}}));
  EXPECT_EQ(liked["samples"].size(), 2U);
  const Json& call = told["rules"][1]["samples"][0];
  EXPECT_EQ(call["key"], "x/post/7");
  EXPECT_EQ(call["line"], 4);
  EXPECT_EQ(call["text"], "Ayo coblos Ahmad Fulan");
  EXPECT_EQ(call["matches"][0]["spans"][0],
            (Json{{"pattern", "ajakan"}, {"start", 4}, {"end", 10}}));
  EXPECT_FALSE(fs::exists(folder_ / "queue.sqlite"));
}

TEST_F(RulesProgram, BacktestIsTheSameForAnyNumberOfThreads) {
  std::string records;
  for (int i = 0; i < 40'000; i++) records += like(i);
  write("records.ndjson", records);
  const Json one = backtest({"--threads", "1", "--samples", "7"});
  EXPECT_EQ(one["rules"][0]["flags"], 40'000);
  EXPECT_EQ(one["rules"][0]["samples"].size(), 7U);
  EXPECT_EQ(backtest({"--threads", "4", "--samples", "7"}), one);
  const Json fewer = backtest({"--samples", "3"});
  for (std::size_t i = 0; i < 3; i++) {
    EXPECT_EQ(fewer["rules"][0]["samples"][i], one["rules"][0]["samples"][i]);
  }
  // They are not only of the beginning.
  EXPECT_GT(std::ranges::max(one["rules"][0]["samples"], {},
                             [](const Json& sample) { return sample["line"].get<int>(); })["line"],
            10'000);
}

TEST_F(RulesProgram, BacktestTakesOtherPacksAndRecords) {
  write("other.toml", replaced(rules(1), "coblos", "pilih"));
  write("other.ndjson", post("Ayo pilih Ahmad Fulan"));
  const Ended ended =
      rules_command({"backtest", folder_ / "sweep.toml", "--rules", folder_ / "other.toml",
                     "--records", folder_ / "other.ndjson"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_NE(ended.out.find("1 records, 0 lines rejected, 1 flags, 0 repetitions\n"),
            std::string::npos)
      << ended.out;
  EXPECT_NE(ended.out.find("ajakan (p@1, high): 1 flags in 1 records\n  c/1: 1\n  > x/post/7 ("),
            std::string::npos)
      << ended.out;
  EXPECT_NE(ended.out.find("suka (p@1, low): 0 flags in 0 records\n"), std::string::npos);
}

TEST_F(RulesProgram, BacktestEndsAsASweepWould) {
  write("cut.ndjson.gz", std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab", 11));
  const std::vector<std::string> start = {"backtest", folder_ / "sweep.toml"};
  const auto with = [&start](std::vector<std::string> more) {
    more.insert(more.begin(), start.begin(), start.end());
    return more;
  };
  EXPECT_EQ(rules_command(with({"--records", folder_ / "cut.ndjson.gz"})).status, 4);
  EXPECT_EQ(rules_command(with({"--records", folder_ / "nowhere.ndjson"})).status, 2);
  EXPECT_EQ(rules_command(with({"--samples", "1001"})).status, 2);
  EXPECT_EQ(rules_command(with({"--queue", "none"})).status, 2);
}

// diff

TEST_F(RulesProgram, DiffOfOneVersionIsNothing) {
  const Json told = diff(replaced(rules(2), "version = \"1\"", "version = \"2\""), 0);
  EXPECT_EQ(told["old"], "p@1");
  EXPECT_EQ(told["new"], "p@2");
  EXPECT_EQ(told["records"], 4);
  EXPECT_EQ(told["totals"], (Json{{"new", 0}, {"lost", 0}, {"changed", 0}, {"same", 4}}));
  EXPECT_TRUE(told["differences"].empty());
  EXPECT_FALSE(fs::exists(folder_ / "queue.sqlite"));
}

TEST_F(RulesProgram, DiffTellsWhatIsNewLostAndChanged) {
  const auto numbered = [](const std::string& id, const std::string& text) {
    return replaced(post(text), R"("id":"7")", R"("id":")" + id + '"');
  };
  write("records.ndjson", numbered("a", "Ayo coblos Ahmad Fulan") +
                              numbered("b", "Ayo pilih Ahmad Fulan") +
                              numbered("c", "Coblos dan pilih Ahmad Fulan") + like(1));
  // Another word is found as well, likes are looked at no more, and shares are.
  const Json told = diff(replaced(replaced(rules(2), R"(\bcoblos\b)", R"(\b(coblos|pilih)\b)"),
                                  "kinds = [\"like\"]", "kinds = [\"share\"]"));
  EXPECT_EQ(told["totals"], (Json{{"new", 1}, {"lost", 1}, {"changed", 1}, {"same", 1}}));
  EXPECT_EQ(told["rules"],
            Json::parse(R"([{"rule": "suka", "new": 0, "lost": 1, "changed": 0, "same": 0},
                            {"rule": "ajakan", "new": 1, "lost": 0, "changed": 1, "same": 1}])"));
  ASSERT_EQ(told["differences"].size(), 3U);
  const Json& added = told["differences"][0];
  EXPECT_EQ(added["change"], "new");
  EXPECT_EQ(added["key"], "x/post/b");
  EXPECT_EQ(added["text"], "Ayo pilih Ahmad Fulan");
  EXPECT_EQ(added["line"], 2);
  EXPECT_TRUE(added["old"].empty());
  EXPECT_EQ(added["new"][0]["candidate"], "1");
  const Json& lost = told["differences"][1];
  EXPECT_EQ(lost["change"], "lost");
  EXPECT_EQ(lost["key"], "x/like/11/1");
  EXPECT_TRUE(lost["new"].empty());
  const Json& changed = told["differences"][2];
  EXPECT_EQ(changed["change"], "changed");
  EXPECT_EQ(changed["key"], "x/post/c");
  EXPECT_EQ(changed["what"], Json::parse(R"(["spans"])"));
  EXPECT_EQ(changed["new"][0]["spans"].size(), changed["old"][0]["spans"].size() + 1);
}

TEST_F(RulesProgram, DiffSeesLevelsProposalsAndRulesThatCameOrWent) {
  const std::string other = replaced(replaced(rules(2), "level = \"high\"", "level = \"critical\""),
                                     "id = \"suka\"", "id = \"jempol\"");
  const Json told = diff(other + "proposes = { discipline = [\"DS-2\"] }\n");
  EXPECT_EQ(told["totals"], (Json{{"new", 3}, {"lost", 3}, {"changed", 1}, {"same", 0}}));
  EXPECT_EQ(told["differences"][6]["what"], Json::parse(R"(["level", "proposes"])"));
}

TEST_F(RulesProgram, DiffListsUpToALimitAndCountsTheRest) {
  write("newer.toml", replaced(rules(2), "kinds = [\"like\"]", "kinds = [\"share\"]"));
  const Ended ended =
      rules_command({"diff", folder_ / "rules.toml", folder_ / "newer.toml", folder_ / "sweep.toml",
                     "--limit", "1", "--records", folder_ / "records.ndjson"});
  EXPECT_EQ(ended.status, 1) << ended.err;
  EXPECT_NE(ended.out.find("\n- suka x/like/11/1 ("), std::string::npos) << ended.out;
  EXPECT_NE(ended.out.find("suka                                           +0       -3       ~0"),
            std::string::npos);
  EXPECT_NE(ended.out.find("\n1 rules find the same in both\n"), std::string::npos);
  EXPECT_EQ(ended.out.find("x/like/11/2"), std::string::npos);
  EXPECT_NE(ended.out.find("… and 2 more lost\n"), std::string::npos);
}

TEST_F(RulesProgram, DiffTellsTheMistakesOfBothPacks) {
  write("older.toml", "[pack]\nid = \"p\"\n");
  write("newer.toml", rules(1) + "colour = 1\n");
  const Ended ended = rules_command(
      {"diff", folder_ / "older.toml", folder_ / "newer.toml", folder_ / "sweep.toml"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_NE(ended.err.find("older.toml"), std::string::npos) << ended.err;
  EXPECT_NE(ended.err.find("unknown key 'colour'"), std::string::npos) << ended.err;
}

// explain

TEST_F(RulesProgram, ExplainSaysWhatARuleLooksAtAndFor) {
  write("rules.toml", rules(2) +
                          "near_chars_max = 80\nproposes = { ethics = [\"KE-2\"] }\n[[pattern]]\n"
                          "name = \"lain\"\nre = ['x']\n");
  const Ended ended = rules_command({"explain", folder_ / "rules.toml", "ajakan"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  for (const char* told :
       {"ajakan (p@1, high)\n", "title          Ajakan\n", "kinds          post\n",
        "link           mention: the text names a candidate\n", "any of         ajakan\n",
        "at most 80 characters from the mention\n",
        "proposes       as ethics KE-2; as discipline nothing\n",
        "\npattern ajakan\n  re         \\bcoblos\\b\n  looked for coblos\n"}) {
    EXPECT_NE(ended.out.find(told), std::string::npos) << told << " in " << ended.out;
  }
  EXPECT_EQ(ended.out.find("lain"), std::string::npos);
  const std::string words(2000, 'w');
  write("long.toml", replaced(rules(2), "coblos", "coblos|" + words));
  const Ended clipped = rules_command({"explain", folder_ / "long.toml", "ajakan"});
  EXPECT_EQ(clipped.status, 0) << clipped.err;
  EXPECT_NE(clipped.out.find("w… (2,"), std::string::npos) << clipped.out;
  EXPECT_LT(clipped.out.find("… (2,"), 800U);
  const Ended unknown = rules_command({"explain", folder_ / "rules.toml", "ajak"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_NE(unknown.err.find("no rule 'ajak'; there are suka, ajakan"), std::string::npos);
}

TEST_F(RulesProgram, HelpsWithEachCommand) {
  for (const char* command : {"test", "backtest", "diff", "explain"}) {
    const Ended ended = rules_command({command, "--help"});
    EXPECT_EQ(ended.status, 0) << command;
    EXPECT_NE(ended.out.find(command), std::string::npos);
  }
}

}  // namespace
}  // namespace pantau
