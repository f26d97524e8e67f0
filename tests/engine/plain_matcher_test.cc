// The contract by examples: accounts, dates, stages and rules.
#include <gtest/gtest.h>

#include "tests/engine/small_world.h"

namespace pantau {
namespace {

// ---- §5 accounts ----

struct AccountCase {
  std::string list_id;
  std::string list_handle;
  std::string id;
  std::string handle;
  bool same;
};

const std::vector<AccountCase> kAccountCases = {
    {"100", "budi", "100", "budi", true},
    {"100", "budi", "100", "other", true},  // by id when both have one
    {"100", "budi", "101", "budi", false},  // two ids under one handle: two accounts
    {"100", "budi", "", "budi", true},      // one side has no id
    {"", "budi", "100", "budi", true},      // the other side has none
    {"", "budi", "", "budi", true},         // neither has
    {"100", "", "", "budi", false},         // an id on one side, a handle on the other
    {"", "budi", "100", "", false},         //
    {"100", "", "0100", "", false},         // ids are text
    {"", "budi", "", "@BuDi", true},        // '@' and capitals of the record
    {"", "@BuDi", "", "budi", true},        // ... and of the list
    {"", "budi", "", "@@budi", false},      // one '@' only
    {"", "Ünal", "", "ünal", false},        // only ASCII letters lose their case
    {"", "budi", "", "budi.", false},       //
    {"100", "budi", "100", "@BUDI", true},  //
};

TEST(Accounts, AreThoseOfTheRosterByIdElseByHandle) {
  for (const AccountCase& a : kAccountCases) {
    SmallWorld world;
    world.to_candidate();
    world.lists.roster[0].account_id = a.list_id;
    world.lists.roster[0].handle = a.list_handle;
    world.record.actor = {a.id, a.handle};
    EXPECT_EQ(world.flag().has_value(), a.same)
        << a.list_id << ' ' << a.list_handle << " = " << a.id << ' ' << a.handle;
  }
}

TEST(Accounts, AreThoseOfTheCampaignByIdElseByHandle) {
  for (const AccountCase& a : kAccountCases) {
    SmallWorld world;
    world.to_candidate();
    world.entry().account_id = a.list_id;
    world.entry().handle = plain_handle(a.list_handle);
    world.record.target = {a.id, a.handle};
    EXPECT_EQ(world.flag().has_value(), a.same)
        << a.list_id << ' ' << a.list_handle << " = " << a.id << ' ' << a.handle;
  }
}

TEST(Accounts, OfAnotherPlatformAreOthers) {
  SmallWorld world;
  world.to_candidate();
  world.record.platform = "x";
  EXPECT_FALSE(world.flag());
  world.lists.roster[0].platform = "x";
  EXPECT_FALSE(world.flag());
  world.entry().platform = "x";
  EXPECT_TRUE(world.flag());
}

TEST(Accounts, TheFirstRosterRowThatHoldsStands) {
  SmallWorld world;
  world.to_candidate();
  RosterLine second = world.lists.roster[0];
  second.subject_id = "S-2";
  second.category = Category::Polri;
  second.ownership = Ownership::Probable;
  world.lists.roster.push_back(second);
  EXPECT_EQ(world.flag()->subject_id, "S-1");
  world.lists.roster[0].validity.to = day("2024-09-30");
  EXPECT_EQ(world.flag()->subject_id, "S-2");
  EXPECT_EQ(world.flag()->category, Category::Polri);
  EXPECT_EQ(world.flag()->ownership, Ownership::Probable);
}

TEST(Accounts, AnEarlierRowByHandleStandsBeforeALaterOneById) {
  SmallWorld world;
  world.to_candidate();
  world.lists.roster.insert(world.lists.roster.begin(), world.lists.roster[0]);
  world.lists.roster[0].subject_id = "S-0";
  world.lists.roster[0].account_id = "";
  EXPECT_EQ(world.flag()->subject_id, "S-0");
}

// ---- §3, §4 dates ----

struct DateCase {
  std::string from;
  std::string to;
  std::string time;
  bool holds;
};

const std::vector<DateCase> kDateCases = {
    {"2024-10-01", "", "2024-10-01T00:00:00+08:00", true},
    {"2024-10-01", "", "2024-09-30T23:59:59.999999+08:00", false},
    {"", "2024-10-01", "2024-10-01T23:59:59.999999+08:00", true},
    {"", "2024-10-01", "2024-10-02T00:00:00+08:00", false},
    {"2024-10-01", "2024-10-01", "2024-10-01T12:00:00+08:00", true},
    {"2024-10-01", "", "2024-09-30T16:00:00Z", true},  // midnight there
    {"2024-10-01", "", "2024-10-01T00:00:00+09:00", false},
    {"", "", "1970-01-01T00:00:00Z", true},
};

Validity validity_of(const DateCase& a) {
  Validity validity;
  if (!a.from.empty()) validity.from = day(a.from);
  if (!a.to.empty()) validity.to = day(a.to);
  return validity;
}

TEST(Dates, OfTheRosterAreDaysOfTheSweepsZone) {
  for (const DateCase& a : kDateCases) {
    SmallWorld world;
    world.to_candidate();
    world.contest().zone = zone("Asia/Jayapura");  // has no say
    world.lists.roster[0].validity = validity_of(a);
    world.at(a.time);
    EXPECT_EQ(world.flag().has_value(), a.holds) << a.time;
  }
}

TEST(Dates, OfTheCampaignAreDaysOfTheContestsZone) {
  for (const DateCase& a : kDateCases) {
    SmallWorld world;
    world.to_candidate();
    world.lists.zone = zone("Asia/Jayapura");  // has no say
    world.entry().validity = validity_of(a);
    world.at(a.time);
    EXPECT_EQ(world.flag().has_value(), a.holds) << a.time;
  }
}

TEST(Dates, FollowTheClocksWhenTheyChange) {
  SmallWorld world;
  world.to_candidate();
  world.contest().zone = zone("America/New_York");
  world.entry().validity = {day("2024-11-03"), day("2024-11-03")};  // a day of 25 hours
  world.at("2024-11-03T04:00:00Z");
  EXPECT_TRUE(world.flag());
  world.at("2024-11-04T04:59:59Z");
  EXPECT_TRUE(world.flag());
  world.at("2024-11-04T05:00:00Z");
  EXPECT_FALSE(world.flag());
}

// ---- §6 stages ----

struct StageCase {
  std::string time;
  Stage stage;
};

const std::vector<StageCase> kStageCases = {
    {"2024-09-21T23:59:59+08:00", Stage::Before},
    {"2024-09-22T00:00:00+08:00", Stage::Determined},
    {"2024-09-21T16:00:00Z", Stage::Determined},
    {"2024-09-22T00:00:00+09:00", Stage::Before},
    {"2024-09-24T23:59:59+08:00", Stage::Determined},
    {"2024-09-25T00:00:00+08:00", Stage::Campaign},
    {"2024-11-23T23:59:59+08:00", Stage::Campaign},
    {"2024-11-24T00:00:00+08:00", Stage::Campaign},  // between two periods: the earlier
    {"2024-11-24T23:59:59+08:00", Stage::Campaign},
    {"2024-11-25T00:00:00+08:00", Stage::Quiet},
    {"2024-11-26T23:59:59+08:00", Stage::Quiet},  // between two periods
    {"2024-11-27T00:00:00+08:00", Stage::Voting},
    {"2024-11-27T23:59:59.999999+08:00", Stage::Voting},
    {"2024-11-28T00:00:00+08:00", Stage::After},
    {"2030-01-01T00:00:00+08:00", Stage::After},
};

TEST(Stages, FollowFromTheContestsLocalDate) {
  for (const StageCase& a : kStageCases) {
    SmallWorld world;
    world.to_candidate();
    world.at(a.time);
    const std::optional<PlainFlag> flag = world.flag();
    ASSERT_TRUE(flag) << a.time;
    EXPECT_EQ(flag->matches[0].stage, a.stage) << a.time;
    const bool before = a.stage == Stage::Before;
    EXPECT_EQ(flag->matches[0].breach, before ? "ethics" : "discipline") << a.time;
    EXPECT_EQ(flag->matches[0].proposes.at(0), before ? "KE-2" : "DS-2") << a.time;
  }
}

TEST(Stages, WithoutQuietDaysTheCampaignLastsUntilTheVote) {
  SmallWorld world;
  world.to_candidate();
  world.contest().quiet.reset();
  world.at("2024-11-26T23:59:59+08:00");
  EXPECT_EQ(world.flag()->matches[0].stage, Stage::Campaign);
}

TEST(Stages, RestrictARule) {
  SmallWorld world;
  world.to_candidate();
  world.rule().stages.reset();
  world.rule().stages.set(static_cast<std::size_t>(Stage::Quiet));
  EXPECT_FALSE(world.flag());
  world.at("2024-11-25T00:00:00+08:00");
  EXPECT_TRUE(world.flag());
}

// ---- §7 rules ----

TEST(Rules, LookOnlyAtTheirKinds) {
  SmallWorld world;
  world.to_candidate();
  world.rule().kinds.reset(static_cast<std::size_t>(Kind::Comment));
  EXPECT_FALSE(world.flag());
  world.record.kind = Kind::Like;
  EXPECT_TRUE(world.flag());
}

TEST(Rules, LookOnlyAtSubjects) {
  SmallWorld world;
  world.to_candidate();
  world.record.actor = {"777", "orang.lain"};
  EXPECT_FALSE(world.flag());
}

TEST(Rules, EachLinkOfEitherIsAMatch) {
  SmallWorld world;
  world.to_candidate();
  world.record.text = "Fulan-Siti dan Budi";
  const std::optional<PlainFlag> flag = world.flag();
  ASSERT_EQ(flag->matches.size(), 3u);
  EXPECT_EQ(flag->matches[0].via, Via::Target);
  EXPECT_EQ(flag->matches[0].account_type, AccountType::Registered);
  EXPECT_TRUE(flag->matches[0].spans.empty());
  EXPECT_EQ(flag->matches[1].via, Via::Mention);
  EXPECT_EQ(flag->matches[1].account_type, std::nullopt);
  EXPECT_EQ(flag->matches[2].candidate, "2");
  world.rule().link = LinkKind::Target;
  EXPECT_EQ(world.flag()->matches.size(), 1u);
  world.rule().link = LinkKind::Mention;
  EXPECT_EQ(world.flag()->matches.size(), 2u);
}

TEST(Rules, LinkOnlyToTheirTargetTypes) {
  SmallWorld world;
  world.to_candidate();
  world.rule().target_types.reset(static_cast<std::size_t>(AccountType::Registered));
  EXPECT_FALSE(world.flag());
  CampaignEntry second = world.entry();
  second.type = AccountType::Supporter;
  world.lists.campaign.push_back(second);
  EXPECT_EQ(world.flag()->matches.at(0).account_type, AccountType::Supporter);
}

TEST(Rules, HoldOncePerCandidateWhateverTheNumberOfEntries) {
  SmallWorld world;
  world.to_candidate();
  CampaignEntry second = world.entry();
  second.type = AccountType::Personal;
  world.lists.campaign.push_back(second);
  ASSERT_EQ(world.flag()->matches.size(), 1u);
  EXPECT_EQ(world.flag()->matches[0].account_type, AccountType::Registered);
}

TEST(Rules, AnEntryWithoutCandidateIsAMatchOfTheContest) {
  SmallWorld world;
  world.to_candidate();
  CampaignEntry party = world.entry();
  party.candidate = kNoCandidate;
  party.type = AccountType::Party;
  world.lists.campaign.insert(world.lists.campaign.begin(), party);
  const std::optional<PlainFlag> flag = world.flag();
  ASSERT_EQ(flag->matches.size(), 2u);
  EXPECT_EQ(flag->matches[0].candidate, "1");
  EXPECT_EQ(flag->matches[1].candidate, std::nullopt);  // none last
}

TEST(Rules, MatchesComeInTheOrderOfTheCalendar) {
  for (const LinkKind link : {LinkKind::Either, LinkKind::Target}) {
    SmallWorld world(link);
    world.to_candidate();
    world.lists.contests.push_back(small_contest());
    world.lists.contests[1].id = "pilgub";
    // The list has them the other way round.
    world.lists.campaign = {{1, 0, AccountType::Party, "instagram", "", "fulan.resmi", {}},
                            {0, 1, AccountType::Party, "instagram", "900", "fulan.resmi", {}},
                            {0, 0, AccountType::Party, "instagram", "900", "", {}}};
    const std::optional<PlainFlag> flag = world.flag();
    ASSERT_EQ(flag->matches.size(), 3u);
    EXPECT_EQ(flag->matches[0].contest + *flag->matches[0].candidate, "pilbup-hsu-20241");
    EXPECT_EQ(flag->matches[1].contest + *flag->matches[1].candidate, "pilbup-hsu-20242");
    EXPECT_EQ(flag->matches[2].contest, "pilgub");
  }
}

TEST(Rules, AllMustHoldAnyMustHoldNoneMustNot) {
  SmallWorld world;
  world.to_candidate();
  const std::uint32_t ayo = world.pattern("ayo", R"(\bayo\b)");
  const std::uint32_t pilih = world.pattern("pilih", R"(\bpilih\b)");
  const std::uint32_t jangan = world.pattern("jangan", R"(\bjangan\b)");
  world.rule().all = {ayo, pilih};
  world.record.text = "Ayo dong";
  EXPECT_FALSE(world.flag());
  world.record.text = "Pilih, ayo!";
  EXPECT_EQ(world.spans("ayo") + world.spans("pilih"), "ayoPilih");
  world.rule().all = {};
  world.rule().any = {ayo, pilih};
  world.record.text = "pilih";
  EXPECT_TRUE(world.flag());
  world.record.text = "hadir";
  EXPECT_FALSE(world.flag());
  world.rule().none = {jangan};
  world.record.text = "jangan pilih";
  EXPECT_FALSE(world.flag());
  world.record.text = "j4ngan pilih";  // in either view
  EXPECT_FALSE(world.flag());
  world.rule().any = {};
  world.record.text = "";
  EXPECT_TRUE(world.flag());  // what must not hold does not
}

TEST(Rules, TheLevelIsTheHighestOfTheMatches) {
  SmallWorld world;
  world.to_candidate();
  world.lists.packs[0].rules.push_back(small_rule(LinkKind::Target));
  world.lists.packs[0].rules[1].id = "other";
  world.lists.packs[0].rules[1].level = Level::Critical;
  world.lists.packs[0].rules.push_back(small_rule(LinkKind::Mention));
  world.lists.packs[0].rules[2].id = "third";
  world.lists.packs[0].rules[0].level = Level::Info;
  EXPECT_EQ(world.flag()->level, Level::Critical);
  EXPECT_EQ(world.flag()->matches.size(), 2u);
}

TEST(Rules, NearIsCountedInCharactersOfTheFoldedText) {
  struct Near {
    std::string text;
    std::uint32_t characters;  // the least with which the rule holds
  };
  const std::vector<Near> cases = {
      {"coblos Budi", 1},
      {"Budi   coblos", 1},         // a run of blanks is one
      {"coblos dan Budi", 5},       //
      {"coblos é\u200bé Budi", 4},  // characters, not bytes; the invisible do not count
      {"coblos 🙏🏽 Budi", 3},  // a skin tone is none
      {"c0bl0s dan Budi", 5},       // found in the undisguised view
      {"coblos d.a.n.x Budi", 9},   // but counted in the plain one
      {"coblos#Coblos2", 0},        // touching, and overlapping
      {"Budi jauh sekali, coblos #Coblos2", 0},
  };
  for (const Near& a : cases) {
    SmallWorld world(LinkKind::Mention);
    world.rule().any = {world.pattern("coblos", "coblos")};
    world.record.text = a.text;
    world.rule().near_chars_max = a.characters;
    EXPECT_TRUE(world.flag()) << a.text;
    if (a.characters == 0) continue;
    world.rule().near_chars_max = a.characters - 1;
    EXPECT_FALSE(world.flag()) << a.text;
  }
}

TEST(Rules, NearIsNoConditionOfTargets) {
  SmallWorld world;
  world.to_candidate();
  world.rule().any = {world.pattern("coblos", "coblos")};
  world.rule().near_chars_max = 0;
  world.record.text = "coblos dia, bukan Budi";
  const std::optional<PlainFlag> flag = world.flag();
  ASSERT_EQ(flag->matches.size(), 1u);
  EXPECT_EQ(flag->matches[0].via, Via::Target);
}

TEST(Rules, OfSeveralPlacesOneNearIsEnoughAndAllAreShown) {
  SmallWorld world(LinkKind::Mention);
  world.rule().any = {world.pattern("coblos", "coblos")};
  world.rule().near_chars_max = 1;
  world.record.text = "Coblos! Nanti siang di sana coblos Budi, ya Budi";
  EXPECT_EQ(world.spans("coblos"), "Coblos|coblos");
  EXPECT_EQ(world.spans("@mention"), "Budi|Budi");
}

TEST(Rules, ASloganIsNotNear) {
  SmallWorld world(LinkKind::Mention);
  world.rule().any = {world.pattern("coblos", "coblos")};
  world.rule().near_chars_max = 3;
  world.record.text = "Banua maju coblos, kata orang di pasar, Ahmad Fulan";
  EXPECT_FALSE(world.flag());
}

}  // namespace
}  // namespace pantau
