// The conditions of a rule that contract §7 leaves open, by examples: each is put to the plain
// matcher and to the engine.
#include <gtest/gtest.h>

#include "tests/engine/small_world.h"

namespace pantau {
namespace {

struct Holds {
  std::string text;
  bool holds;
};

// A rule for mentions with the pattern "pilih".
SmallWorld world_with_call() {
  SmallWorld world(LinkKind::Mention);
  world.rule().any = {world.pattern("pilih", "\\b(?:pilih|coblos)\\b")};
  return world;
}

void expect_holds(SmallWorld world, const std::vector<Holds>& cases) {
  for (const Holds& a : cases) {
    world.record.text = a.text;
    EXPECT_EQ(world.flag().has_value(), a.holds) << a.text;
  }
}

TEST(Negation, TakesBackAMatchBehindItWithinSoManyWords) {
  SmallWorld world = world_with_call();
  world.rule().negated_by = {world.pattern("ingkar", "\\b(?:tidak|jangan)\\b")};
  world.rule().negation_words_max = 2;
  expect_holds(world, {
                          {"pilih Budi", true},
                          {"tidak pilih Budi", false},
                          {"tidak akan pilih Budi", false},
                          {"tidak akan pernah pilih Budi", false},
                          {"tidak akan pernah lagi pilih Budi", true},
                          {"tidak, akan - pernah / pilih Budi", false},  // signs are no words
                          {"Budi tidak hadir. Pilih Budi", true},        // another sentence
                          {"Tidak! Pilih Budi", true},
                          {"Masa tidak? Pilih Budi", true},
                          {"pilih Budi, jangan ragu", true},  // it stands behind
                          {"t1dak pilih Budi", false},        // negations are disguised as well
                          {"tidak p.i.l.i.h Budi", false},
                          {"jangan é pilih Budi", false},
                          {"tidakpilih pilih Budi", true},
                      });
}

TEST(Negation, LeavesTheOtherMatches) {
  SmallWorld world = world_with_call();
  world.rule().negated_by = {world.pattern("ingkar", "\\bjangan\\b")};
  world.rule().negation_words_max = 0;
  world.record.text = "Jangan pilih Ahmad Fulan, pilih Budi";
  EXPECT_EQ(world.spans("pilih"), "pilih");
  world.rule().near_chars_max = 1;  // only the match that counts may be near
  EXPECT_EQ(world.mentions("Jangan pilih Ahmad Fulan, pilih Budi"), "2:Budi");
}

TEST(Negation, CountsForTargetsToo) {
  SmallWorld world(LinkKind::Target);
  world.to_candidate();
  world.rule().any = {world.pattern("pilih", "\\bpilih\\b")};
  world.rule().negated_by = {world.pattern("ingkar", "\\bjangan\\b")};
  expect_holds(world, {{"pilih beliau", true}, {"jangan pilih", false}});
}

TEST(Negation, ThatEndsInsideAWordLeavesAWordBetween) {
  SmallWorld world = world_with_call();
  world.rule().negated_by = {world.pattern("ingkar", "tid")};
  world.rule().negation_words_max = 0;
  expect_holds(world, {{"tidak pilih Budi", true}, {"tid pilih Budi", false}});
}

TEST(NearSide, IsWhereTheMatchStands) {
  struct Sides {
    std::string text;
    bool before;
    bool after;
  };
  const std::vector<Sides> cases = {{"Pilih Budi", true, false},
                                    {"Budi pilih", false, true},
                                    {"Budi coblos #Coblos2", true, true},  // of one mention each
                                    {"#Coblos2", true, true},              // inside of it
                                    {"coblos#Coblos2", true, true},
                                    {"Pilih yang sana, Budi", false, false}};
  for (const Sides& a : cases) {
    SmallWorld world = world_with_call();
    world.rule().any = {world.pattern("coblos", "coblos|pilih")};
    world.rule().near_chars_max = 2;
    world.record.text = a.text;
    world.rule().near_side = NearSide::Before;
    EXPECT_EQ(world.flag().has_value(), a.before) << a.text;
    world.rule().near_side = NearSide::After;
    EXPECT_EQ(world.flag().has_value(), a.after) << a.text;
  }
}

// What ends or begins right at the mention's border is on one side only.
TEST(NearSide, TellsWhatTouchesFromWhatOverlaps) {
  SmallWorld world(LinkKind::Mention);
  world.rule().any = {world.pattern("sign", "[!+]")};
  world.rule().near_chars_max = 0;
  world.rule().near_side = NearSide::Before;
  expect_holds(world, {{"+Budi", true}, {"Budi!", false}});
  world.rule().near_side = NearSide::After;
  expect_holds(world, {{"+Budi", false}, {"Budi!", true}});
}

TEST(MentionKinds, ARuleSeesNoOtherMentions) {
  const std::vector<std::pair<MentionKind, std::string>> cases = {
      {MentionKind::Name, "2:Budi"},
      {MentionKind::Hashtag, "1:#FulanSitiMenang 2:#Coblos2"},
      {MentionKind::Handle, "1:@fulan.resmi"},
      {MentionKind::Number, "2:nomor 2"}};
  for (const auto& [kind, mentions] : cases) {
    SmallWorld world(LinkKind::Mention);
    world.rule().mention_kinds.reset();
    world.rule().mention_kinds.set(static_cast<std::size_t>(kind));
    EXPECT_EQ(world.mentions("Budi nomor 2 #Coblos2 #FulanSitiMenang @fulan.resmi"), mentions);
  }
}

TEST(MentionKinds, OnlyASeenMentionIsNear) {
  SmallWorld world = world_with_call();
  world.rule().near_chars_max = 3;
  world.rule().mention_kinds.reset();
  world.rule().mention_kinds.set(static_cast<std::size_t>(MentionKind::Name));
  expect_holds(world, {{"Budi lewat di jalan, pilih nomor 2", false}, {"pilih Budi", true}});
}

TEST(NeedsSlogan, OfTheMentionedCandidate) {
  SmallWorld world(LinkKind::Mention);
  world.rule().needs_slogan = true;
  expect_holds(world, {{"Ahmad Fulan, Banua Maju!", true},
                       {"Ahmad Fulan", false},
                       {"Banua Maju", false},
                       {"Budi: Banua Maju", false}});
}

TEST(RivalsMax, IsHowManyOthersOfTheContestATextMayName) {
  SmallWorld world(LinkKind::Mention);
  world.rule().rivals_max = 0;
  EXPECT_EQ(world.mentions("Budi dan Budi"), "2:Budi|Budi");
  EXPECT_EQ(world.mentions("Budi dan Ahmad Fulan"), "");
  world.rule().rivals_max = 1;
  EXPECT_EQ(world.mentions("Budi dan nomor 1"), "1:nomor 1 2:Budi");
}

TEST(RivalsMax, CountsForTargetsWithoutPatternsToo) {
  SmallWorld world(LinkKind::Target);
  world.to_candidate();
  world.rule().rivals_max = 0;
  expect_holds(world, {{"", true}, {"Ahmad Fulan", true}, {"Budi", false}});
}

TEST(RivalsMax, DoesNotCountOtherContests) {
  SmallWorld world(LinkKind::Mention);
  world.rule().rivals_max = 0;
  Contest other = world.contest();
  other.id = "pilgub-2024";
  other.region = "63";
  world.lists.contests.push_back(other);
  EXPECT_EQ(world.mentions("Budi"), "2:Budi 2:Budi");
}

TEST(PackDates, AreDaysOfTheContest) {
  SmallWorld world(LinkKind::Mention);
  world.lists.packs[0].validity = {day("2024-10-01"), day("2024-10-31")};
  world.record.text = "Budi";
  const std::vector<std::pair<std::string, bool>> cases = {{"2024-09-30T23:59:59+08:00", false},
                                                           {"2024-10-01T00:00:00+08:00", true},
                                                           {"2024-10-31T23:59:59+08:00", true},
                                                           {"2024-11-01T00:00:00+08:00", false}};
  for (const auto& [time, holds] : cases) {
    world.at(time);
    EXPECT_EQ(world.flag().has_value(), holds) << time;
  }
}

TEST(PackDates, VersionsOfOneLawMayShareTheirRules) {
  SmallWorld world(LinkKind::Mention);
  world.record.text = "Budi";
  RulePack next = world.lists.packs[0];
  next.id = "next";
  next.validity.from = day("2024-10-02");
  world.lists.packs.push_back(next);
  Result<Engine> both = Engine::make({world.lists.zone,
                                      open_roster(world.lists.roster),
                                      world.lists.contests,
                                      {},
                                      world.lists.packs});
  ASSERT_FALSE(both);
  EXPECT_NE(both.error().message.find("both have a rule 'rule'"), std::string::npos);
  world.lists.packs[0].validity.to = day("2024-10-01");
  EXPECT_EQ(world.flag()->matches.at(0).pack, "pack@1");
  world.at("2024-10-02T00:00:00+08:00");
  ASSERT_EQ(world.flag()->matches.size(), 1u);
  EXPECT_EQ(world.flag()->matches.at(0).pack, "next@1");
}

}  // namespace
}  // namespace pantau
