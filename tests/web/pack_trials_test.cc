// What a rule author is shown of a pack that is being edited, and what not.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/web/office_world.h"

namespace pantau {
namespace {

constexpr char kContests[] =
    "[[contest]]\nid = \"c\"\ntype = \"pilbup\"\nregion = \"63.08\"\n"
    "timezone = \"Asia/Makassar\"\ndetermination = 2024-09-22\nnumber_draw = 2024-09-23\n"
    "campaign = [2024-09-25, 2024-11-23]\nvoting = 2024-11-27\n"
    "[[contest.candidate]]\nid = \"1\"\nnumber = 1\nnames = [\"Ahmad Fulan\"]\n";

std::string pack(const std::string& id, const std::string& rule, const std::string& word,
                 const std::string& version = "1") {
  return fmt::format(
      "[pack]\nid = \"{}\"\nversion = \"{}\"\n[[pattern]]\nname = \"kata\"\nre = ['\\b{}\\b']\n"
      "[[rule]]\nid = \"{}\"\ntitle = {{ id = \"Judul\" }}\nkinds = [\"comment\", \"post\"]\n"
      "link = \"either\"\nany = [\"kata\"]\nlevel = \"high\"\n",
      id, version, word, rule);
}

ReviewItem stored_item(const std::string& id, const std::string& text, const std::string& region) {
  ReviewItem item = web_item(id, region);
  item.flag = Json({{"key", item.key},
                    {"record",
                     {{"platform", "instagram"},
                      {"kind", "comment"},
                      {"id", id},
                      {"actor", {{"handle", "pegawai"}}},
                      {"target", {{"handle", "fulan.resmi"}}},
                      {"text", text},
                      {"created_at", "2024-10-10T08:00:00+08:00"}}},
                    {"subject", {{"id", "S-1"}, {"region", region}}},
                    {"matches", Json::array()}})
                  .dump();
  return item;
}

// The items of OfficeWorld, whose flags are none to compare, and these.
class PackTrials : public testing::Test {
 protected:
  static constexpr int kCalls = 120;  // more than are listed

  void SetUp() override {
    Mistakes mistakes("contests", kContests);
    read_contests(kContests, mistakes, world_.catalogue.contests);
    ASSERT_TRUE(mistakes.empty()) << mistakes.report();
    world_.catalogue.packs = {{"p", "1", pack("p", "ajakan", "coblos")},
                              {"other", "1", pack("other", "lain", "dukung")}};
    std::vector<ReviewItem> items;
    for (int i = 0; i < kCalls; i++) {
      items.push_back(stored_item(fmt::format("t{}", i), "Rahasia: coblos Ahmad Fulan", "63.08"));
    }
    items.push_back(stored_item("both", "Ayo coblos, ayo pilih Ahmad Fulan", "63.08"));
    items.push_back(stored_item("new", "Ayo pilih Ahmad Fulan", "63.08"));
    items.push_back(stored_item("hidden", "Ayo coblos Ahmad Fulan", "11.01"));
    auto queue = must(open_review_queue(world_.url()));
    const auto run = queue->begin_run(make_run("print-2", "sweep-2"));
    ASSERT_TRUE(run.has_value()) << run.error().message;
    ASSERT_TRUE(queue->commit(run->id, items, {}, {}).has_value());
    world_.open();
    world_.hire();
    ASSERT_EQ(author_.sign_in("rule_author").status, 200U);
  }

  static Json sound(const WebResponse& response) {
    EXPECT_EQ(response.status, 200U) << response.body;
    return Json::parse(response.body);
  }

  WebResponse try_on(const std::string& text, const Json& record) {
    return author_.post("/packs/try", {{"text", text}, {"record", record}});
  }
  WebResponse compare(const std::string& text) {
    return author_.post("/packs/diff", {{"text", text}});
  }

  OfficeWorld world_;
  Browser author_{world_};
};

TEST_F(PackTrials, ShowEachStepOfATextWithTheEditedPackInPlaceOfItsNamesake) {
  const Json told = sound(try_on(pack("p", "ajakan-baru", "pilih", "2"),
                                 {{"text", "Ayo p1l1h Ahmad Fulan"}, {"kind", "post"}}));
  EXPECT_EQ(told["undisguised"], "ayo pilih ahmad fulan");
  EXPECT_EQ(told["mentions"][0]["candidate"], "1");
  EXPECT_EQ(told["stages"][0]["stage"], "campaign");
  EXPECT_TRUE(told["holds"]);
  ASSERT_EQ(told["rules"].size(), 2U);
  EXPECT_EQ(told["rules"][0]["rule"], "ajakan-baru");
  EXPECT_TRUE(told["rules"][0]["holds"]);
  EXPECT_EQ(told["rules"][1]["rule"], "lain");
  EXPECT_EQ(told["rules"][1]["unmet"], "any");
  EXPECT_TRUE(told["subject"].is_null());
  EXPECT_FALSE(told["flagged"]) << "nobody of a roster is asked about";
}

TEST_F(PackTrials, TakeTheActAsItIsGiven) {
  const std::string edited = pack("p", "ajakan", "pilih", "2");
  const Json record = {{"text", "Ayo pilih nomor 1"},
                       {"kind", "comment"},
                       {"platform", "instagram"},
                       {"target", {{"handle", "siapa"}}},
                       {"created_at", "2024-11-27T08:00:00+08:00"}};
  const Json told = sound(try_on(edited, record));
  EXPECT_EQ(told["stages"][0]["stage"], "voting");
  EXPECT_TRUE(told["holds"]);
  const Json elsewhere = sound(
      author_.post("/packs/try", {{"text", edited}, {"record", record}, {"region", "11.01"}}));
  EXPECT_EQ(elsewhere["region"], "11.01");
  EXPECT_FALSE(elsewhere["holds"]) << "a ballot number of another region means nobody";
}

TEST_F(PackTrials, TellWhatMakesNoSense) {
  const std::string edited = pack("p", "ajakan", "pilih", "2");
  const Json record = {{"text", "Ayo"}};
  const auto refusal = [](const WebResponse& response) {
    EXPECT_EQ(response.status, 422U) << response.body;
    return Json::parse(response.body)["error"]["message"].get<std::string>();
  };
  EXPECT_NE(refusal(try_on("[pack]\nid = \"p\"\n", record)).find("'version' is missing"),
            std::string::npos);
  EXPECT_NE(refusal(try_on(edited, {{"kind", "tepuk"}})).find("'tepuk'"), std::string::npos);
  EXPECT_NE(refusal(try_on(edited, {{"created_at", "kemarin"}})).find("'kemarin'"),
            std::string::npos);
  EXPECT_NE(refusal(try_on(edited, {{"platform", "X!"}})).find("'X!'"), std::string::npos);
  EXPECT_NE(refusal(try_on(edited, "text")).find("record"), std::string::npos);
  EXPECT_NE(refusal(author_.post("/packs/try", {{"record", record}})).find("text"),
            std::string::npos);
  // A rule that another active pack has already.
  EXPECT_NE(refusal(try_on(pack("p", "lain", "pilih", "2"), record)).find("lain"),
            std::string::npos);
  EXPECT_NE(refusal(compare("broken")).find("error"), std::string::npos);
}

TEST_F(PackTrials, CompareWithTheActiveVersionOverTheItemsAtHand) {
  const WebResponse response = compare(pack("p", "ajakan", "pilih", "2"));
  const Json told = sound(response);
  EXPECT_EQ(told["active"], "p@1");
  EXPECT_EQ(told["edited"], "p@2");
  EXPECT_EQ(told["items"], kCalls + 2);
  EXPECT_EQ(told["unread"], kOwnItems);
  EXPECT_TRUE(told["all_items"]);
  EXPECT_TRUE(told["new_beyond_items_unknown"]);
  EXPECT_EQ(told["lost_count"], kCalls);
  EXPECT_EQ(told["lost"].size(), 100U);
  EXPECT_EQ(told["new_count"], 1);
  EXPECT_EQ(told["new"][0]["key"], "instagram/comment/new");
  EXPECT_EQ(told["new"][0]["state"], "open");
  EXPECT_EQ(told["changed_count"], 1);
  EXPECT_EQ(told["changed"][0]["what"], Json::parse(R"(["spans"])"));
  EXPECT_EQ(told["rules"][0],
            (Json{{"rule", "ajakan"}, {"new", 1}, {"lost", kCalls}, {"changed", 1}, {"same", 0}}));
  // Keys and rules, no texts, and nothing of what lies out of scope.
  EXPECT_EQ(response.body.find("Rahasia"), std::string::npos);
  EXPECT_EQ(response.body.find("Fulan"), std::string::npos);
  EXPECT_EQ(response.body.find("hidden"), std::string::npos);
  EXPECT_EQ(sound(compare(pack("p", "ajakan", "coblos", "2")))["same_count"], kCalls + 1);
}

TEST_F(PackTrials, ShowDecisionsThatWouldBeLostFirst) {
  Browser analyst(world_);
  ASSERT_EQ(analyst.sign_in("analyst").status, 200U);
  const int item = kOwnItems + 2;  // behind OfficeWorld's own: the first of ours
  const std::string path = fmt::format("/items/{}", item);
  const Json claim = sound(analyst.post(path + "/claim"));
  sound(analyst.post(path + "/decide",
                     {{"fence", claim["fence"]}, {"action", "dismiss"}, {"reason", "sarcasm"}}));
  const Json told = sound(compare(pack("p", "ajakan", "pilih", "2")));
  EXPECT_EQ(told["lost"][0]["item"], item);
  EXPECT_EQ(told["lost"][0]["state"], "dismissed");
}

TEST_F(PackTrials, FindEverythingNewWhereNoVersionIsActive) {
  const Json told = sound(compare(pack("baru", "ajakan-baru", "coblos")));
  EXPECT_TRUE(told["active"].is_null());
  EXPECT_EQ(told["new_count"], kCalls + 1);
  EXPECT_EQ(told["lost_count"], 0);
}

TEST_F(PackTrials, AreAuditedWhereItemsAreLookedAt) {
  sound(compare(pack("p", "ajakan", "pilih", "2")));
  Browser auditor(world_);
  ASSERT_EQ(auditor.sign_in("auditor").status, 200U);
  const Json rows = sound(auditor.get("/audit?action=compare_packs"))["rows"];
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0]["object"], fmt::format("items/{}", kOwnItems + kCalls + 2));
  const std::string row = rows[0].dump();
  EXPECT_NE(row.find("p@1"), std::string::npos) << row;
  EXPECT_NE(row.find("p@2"), std::string::npos) << row;
}

TEST_F(PackTrials, AreRefusedWhileTooManyAreUnderWay) {
  const std::string edited = pack("p", "ajakan", "pilih", "2");
  for (int i = 0; i < kPackTrialsAtATimeMax; i++) world_.office().pack_trials().acquire();
  EXPECT_EQ(compare(edited).status, 409U);
  EXPECT_EQ(try_on(edited, {{"text", "Ayo"}}).status, 409U);
  world_.office().pack_trials().release(kPackTrialsAtATimeMax);
  EXPECT_EQ(compare(edited).status, 200U);
  EXPECT_EQ(compare("broken").status, 422U);
  EXPECT_EQ(compare(edited).status, 200U) << "what is refused gives its turn back";
}

}  // namespace
}  // namespace pantau
