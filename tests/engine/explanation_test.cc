// An explanation says of each rule whether it holds: the same as the engine says, in every world.
#include <gtest/gtest.h>

#include "tests/engine/small_world.h"
#include "tests/support/seeds.h"

namespace pantau {
namespace {

// What holds, as "rule contest candidate via" in lines.
std::string held(const Explanation& explanation) {
  std::string text;
  for (const RuleOutcome& verdict : explanation.rules.verdicts) {
    if (!verdict.holds()) continue;
    text += fmt::format("{} {} {} {} {}\n", verdict.rule, verdict.contest, verdict.candidate,
                        name_of(verdict.via), name_of(verdict.stage));
  }
  return text;
}

std::string held(const Findings& findings) {
  std::string text;
  for (const RuleMatch& match : findings.matches) {
    text += fmt::format("{} {} {} {} {}\n", match.rule, match.contest, match.candidate,
                        name_of(match.via), name_of(match.stage));
  }
  return text;
}

TEST(Explanation, AgreesWithTheEngine) {
  constexpr std::uint64_t kWorldsOfAKind = 10;
  constexpr std::size_t kRecords = 60;
  std::size_t flags = 0;
  std::array<std::size_t, 14> seen{};
  for (const WorldKind kind : {WorldKind::Mixed, WorldKind::Crowd, WorldKind::Accounts,
                               WorldKind::Numbers, WorldKind::Borders}) {
    const std::uint64_t worlds = worlds_wanted(kWorldsOfAKind);
    for (std::uint64_t seed = first_seed(); seed < first_seed() + worlds; seed++) {
      RandomWorld world(seed, kind);
      const Engine engine = make_engine(world.lists());
      const auto scratch = engine.make_scratch();
      for (std::size_t i = 0; i < kRecords; i++) {
        const OwnRecord record = world.record();
        const Record view = record.view();
        Findings findings;
        engine.run(std::span(&view, 1), *scratch, findings);
        Explanation explanation;
        engine.explain(view, "", *scratch, explanation);
        ASSERT_EQ(explanation.entry.has_value(), !findings.subjects.empty());
        ASSERT_EQ(explanation.is_flagged(), !findings.flags.empty());
        for (const RuleOutcome& verdict : explanation.rules.verdicts) {
          seen.at(static_cast<std::size_t>(verdict.unmet))++;
        }
        if (explanation.entry) {
          ASSERT_EQ(held(explanation), held(findings)) << to_text(view);
        }
        flags += findings.flags.size();
      }
    }
  }
  EXPECT_GT(flags, 20u);
  if (kWorldsDivisor > 1) return;
  for (std::size_t unmet = 0; unmet < seen.size(); unmet++) {
    EXPECT_GT(seen[unmet], 0u) << name_of(static_cast<Unmet>(unmet));
  }
}

std::string first_unmet(const SmallWorld& world) {
  const Engine engine = make_engine(world.lists);
  const auto scratch = engine.make_scratch();
  Explanation explanation;
  engine.explain(world.record.view(), "", *scratch, explanation);
  return std::string(name_of(explanation.rules.verdicts.at(0).unmet));
}

TEST(Explanation, TellsTheFirstConditionThatIsNotMet) {
  SmallWorld world(LinkKind::Mention);
  world.rule().any = {world.pattern("pilih", "\\bpilih\\b")};
  world.rule().negated_by = {world.pattern("ingkar", "\\bjangan\\b")};
  world.rule().near_chars_max = 3;
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"halo", "link"},
      {"Budi", "any"},
      {"jangan pilih Budi", "negated_by"},
      {"pilih yang di sana, Budi", "near_chars_max"},
      {"pilih Budi", ""}};
  for (const auto& [text, unmet] : cases) {
    world.record.text = text;
    EXPECT_EQ(first_unmet(world), unmet) << text;
  }
  world.rule().stages.reset();
  world.rule().stages.set(static_cast<std::size_t>(Stage::Voting));
  EXPECT_EQ(first_unmet(world), "stages");
}

TEST(Explanation, ShowsViewsMentionsAndPatternsWhereTheyStandInTheOriginal) {
  SmallWorld world(LinkKind::Mention);
  world.rule().any = {world.pattern("coblos", "\\bcoblos\\b")};
  world.record.text = "É C0BL0S #Coblos2";
  const Engine engine = make_engine(world.lists);
  const auto scratch = engine.make_scratch();
  Explanation explanation;
  engine.explain(world.record.view(), "", *scratch, explanation);
  EXPECT_EQ(explanation.plain, "é c0bl0s #coblos2");
  EXPECT_EQ(explanation.undisguised, "é coblos #coblos2");
  ASSERT_EQ(explanation.mentions.size(), 1u);
  EXPECT_EQ(explanation.mentions[0].kind, MentionKind::Hashtag);
  EXPECT_EQ(explanation.mentions[0].place, (ByteRange{10, 18}));
  ASSERT_EQ(explanation.rules.patterns.size(), 1u);
  EXPECT_EQ(explanation.rules.patterns[0].places.at(0), (ByteRange{3, 9}));
  EXPECT_TRUE(explanation.is_flagged());
}

// Without a roster a rule's author asks as if a subject acted: ballot numbers need a region.
TEST(Explanation, OfNobodysActIsAsIfASubjectOfTheRegionDid) {
  SmallWorld world(LinkKind::Mention);
  world.lists.roster.clear();
  world.record.text = "nomor 2";
  const Engine engine = make_engine(world.lists);
  const auto scratch = engine.make_scratch();
  Explanation explanation;
  engine.explain(world.record.view(), "63.08.01", *scratch, explanation);
  EXPECT_FALSE(explanation.entry);
  EXPECT_FALSE(explanation.is_flagged());
  EXPECT_TRUE(explanation.rules.verdicts.at(0).holds());
  engine.explain(world.record.view(), "64", *scratch, explanation);
  EXPECT_FALSE(explanation.rules.verdicts.at(0).holds());
}

}  // namespace
}  // namespace pantau
