// Versions of a pack over what a sweep kept: as over the archive that it was kept from.
#include "pipeline/rule_tools/stored_diff.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/sweep/small_sweep.h"

namespace pantau {
namespace {

using Json = nlohmann::json;

RulePack pack_of(const std::string& text) {
  Mistakes mistakes("pack", text);
  RulePack pack = read_rule_pack(text, mistakes);
  EXPECT_TRUE(mistakes.empty()) << mistakes.report();
  return pack;
}

class StoredDiff : public SmallSweep {
 protected:
  // What a sweep with the pack of rules.toml finds.
  std::vector<Json> sweep() {
    const Ended ended = run_program({PANTAU_PROGRAM, "sweep", folder_ / "sweep.toml", "--flags",
                                     folder_ / "flags.ndjson", "--progress", "none"},
                                    folder_);
    EXPECT_EQ(ended.status, 0) << ended.err;
    std::vector<Json> flags;
    std::istringstream lines(read_file(folder_ / "flags.ndjson"));
    for (std::string line; std::getline(lines, line);) flags.push_back(Json::parse(line));
    return flags;
  }

  PackDiff diff(std::optional<RulePack> before, RulePack after, const std::vector<Json>& flags,
                const StoredDiffOptions& options = {}) {
    std::vector<std::pair<std::string, std::string>> kept;
    for (const Json& flag : flags) kept.emplace_back(flag.value("key", ""), flag.dump());
    std::vector<StoredFlag> stored;
    for (const auto& [key, json] : kept) stored.push_back({key, json});
    EngineLists lists;
    lists.zone = *TimeZone::find("Asia/Makassar");
    const std::string contests = read_file(folder_ / "contests.toml");
    Mistakes mistakes("lists");
    read_contests(contests, mistakes, lists.contests);
    lists.campaign =
        read_campaign_csv(read_file(folder_ / "campaign.csv"), lists.contests, mistakes);
    EXPECT_TRUE(mistakes.empty()) << mistakes.report();
    const Result<PackDiff> found =
        diff_over_stored(std::move(lists), std::move(before), std::move(after), stored, options);
    EXPECT_TRUE(found.has_value()) << found.error().message;
    return found.value_or(PackDiff());
  }

  static std::string replaced(std::string text, const std::string& what, const std::string& with) {
    return text.replace(text.find(what), what.size(), with);
  }

  static std::string numbered(const std::string& id, const std::string& text) {
    return replaced(post(text), R"("id":"7")", R"("id":")" + id + '"');
  }

  // Another word is found as well, and likes are looked at no more.
  const std::string newer_ = replaced(replaced(rules(2), R"(\bcoblos\b)", R"(\b(coblos|pilih)\b)"),
                                      "kinds = [\"like\"]", "kinds = [\"share\"]");
};

TEST_F(StoredDiff, LosesAndChangesWhatADiffOverTheArchiveDoes) {
  write("records.ndjson", numbered("a", "Ayo coblos Ahmad Fulan") +
                              numbered("b", "Ayo pilih Ahmad Fulan") +
                              numbered("c", "Coblos dan pilih Ahmad Fulan") + like(1) + like(2));
  write("newer.toml", newer_);
  const Ended ended = run_program({PANTAU_PROGRAM, "rules", "diff", folder_ / "rules.toml",
                                   folder_ / "newer.toml", folder_ / "sweep.toml", "--json"},
                                  folder_);
  ASSERT_EQ(ended.status, 1) << ended.err;
  const Json archive = Json::parse(ended.out);
  const std::vector<Json> flags = sweep();
  ASSERT_EQ(flags.size(), 4U);
  const PackDiff stored = diff(pack_of(rules(2)), pack_of(newer_), flags);
  EXPECT_EQ(stored.run.records, 4U);
  EXPECT_EQ(stored.total_of(Change::Lost), archive["totals"]["lost"]);
  EXPECT_EQ(stored.total_of(Change::Changed), archive["totals"]["changed"]);
  EXPECT_EQ(stored.same(), archive["totals"]["same"]);
  EXPECT_EQ(archive["totals"]["new"], 1);  // "b", which no rule flagged and so nobody kept
  EXPECT_EQ(stored.total_of(Change::New), 0U);
  std::vector<std::string> keys;
  for (const Difference& difference : stored.differences) {
    keys.push_back(difference.act.key);
    EXPECT_EQ(flags.at(difference.act.line)["key"], difference.act.key);
  }
  EXPECT_EQ(keys, (std::vector<std::string>{"x/like/11/1", "x/like/11/2", "x/post/c"}));
}

TEST_F(StoredDiff, FindsWhatIsNewAmongWhatOthersFlagged) {
  write("records.ndjson", numbered("a", "Ayo coblos, ayo pilih Ahmad Fulan"));
  const PackDiff found = diff(std::nullopt, pack_of(newer_), sweep());
  EXPECT_EQ(found.before, "");
  EXPECT_EQ(found.after, "p@1");
  ASSERT_EQ(found.total_of(Change::New), 1U);
  EXPECT_EQ(found.differences[0].rule, "ajakan");
}

// Whoever acted, and whatever the roster says of them by now: the region is the one they had then.
TEST_F(StoredDiff, LeansOnNoRoster) {
  std::vector<Json> flags = sweep();
  for (Json& flag : flags) flag["record"]["actor"] = {{"id", "1\",2\n3"}, {"handle", "siapa saja"}};
  const PackDiff found = diff(pack_of(rules(2)), pack_of(rules(2)), flags);
  EXPECT_EQ(found.same(), 4U);
  EXPECT_TRUE(found.is_same());
  flags[3]["subject"]["region"] = "11.01";
  flags[3]["record"]["text"] = "Ayo coblos nomor 1";
  EXPECT_EQ(diff(pack_of(rules(2)), pack_of(rules(2)), flags).same(), 3U)
      << "a ballot number means nobody elsewhere";
}

TEST_F(StoredDiff, CountsWhatItCannotRead) {
  std::vector<Json> flags = sweep();
  flags[0] = Json::object();
  flags[1]["record"].erase("observed_at");
  flags[2]["record"]["platform"] = "X, \"1\"";
  const PackDiff found = diff(pack_of(rules(2)), pack_of(newer_), flags);
  EXPECT_EQ(found.run.rejected, 3U);
  EXPECT_EQ(found.run.records, 1U);
  EXPECT_EQ(found.same(), 1U);
}

TEST_F(StoredDiff, StopsWhenTheTimeIsOver) {
  const std::vector<Json> flags = sweep();
  StoredDiffOptions options;
  options.time_max = std::chrono::milliseconds(0);
  const PackDiff found = diff(pack_of(rules(2)), pack_of(newer_), flags, options);
  EXPECT_TRUE(found.run.was_stopped);
  EXPECT_EQ(found.run.records, 1U);
}

TEST_F(StoredDiff, RefusesPacksThatDoNotGoTogether) {
  EngineLists lists;
  RulePack broken = pack_of(rules(2));
  broken.patterns[0].expressions[0] = "(";
  const Result<PackDiff> found =
      diff_over_stored(std::move(lists), std::nullopt, std::move(broken), {}, {});
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().fault, Fault::Config);
}

}  // namespace
}  // namespace pantau
