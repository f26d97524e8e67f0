// What the rule author is told of one text.
#include "pipeline/rule_tools/act_explanation.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/engine/small_world.h"

namespace pantau {
namespace {

using Json = nlohmann::json;

struct Told {
  std::string text;
  Json json;
};

Told tell(const SmallWorld& world) {
  const Engine engine = make_engine(world.lists);
  const Record record = world.record.view();
  Explanation explanation;
  engine.explain(record, "63.08", *engine.make_scratch(), explanation);
  return {explanation_text(engine, record, explanation),
          Json::parse(explanation_json(engine, record, explanation))};
}

SmallWorld world_with_call() {
  SmallWorld world(LinkKind::Mention);
  world.rule().any = {world.pattern("ajakan", "\\bcoblos\\b")};
  world.record.text = "Ayo C0BL0S Budi";
  return world;
}

TEST(ActExplanation, IsCompleteAsJson) {
  const Told told = tell(world_with_call());
  EXPECT_EQ(told.json, Json::parse(R"({
    "flagged": true, "holds": true,
    "subject": {"id": "S-1", "category": "pns", "region": "63.08.01", "ownership": "declared"},
    "region": "63.08.01", "at": "2024-10-01T04:00:00Z",
    "text": "Ayo C0BL0S Budi", "plain": "ayo c0bl0s budi", "undisguised": "ayo coblos budi",
    "targets": [],
    "mentions": [{"contest": "pilbup-hsu-2024", "candidate": "2", "kind": "name",
                  "start": 11, "end": 15}],
    "stages": [{"contest": "pilbup-hsu-2024", "stage": "campaign", "class": "discipline"}],
    "patterns": [{"pack": "pack@1", "pattern": "ajakan", "spans": [{"start": 4, "end": 10}]}],
    "rules": [{"rule": "rule", "pack": "pack@1", "level": "medium", "holds": true,
               "contest": "pilbup-hsu-2024", "candidate": "2", "via": "mention",
               "stage": "campaign", "unmet": null, "pattern": null, "because": null}]})"));
}

TEST(ActExplanation, OfNobodysActSaysWhatASubjectsWouldBe) {
  SmallWorld world = world_with_call();
  world.record.actor.handle = "orang.lain";
  world.record.actor.id.clear();
  const Told told = tell(world);
  EXPECT_FALSE(told.json["flagged"]);
  EXPECT_TRUE(told.json["holds"]);
  EXPECT_TRUE(told.json["subject"].is_null());
  EXPECT_NE(told.text.find("→ flagged if a subject of that region acts"), std::string::npos)
      << told.text;
}

// What a stranger wrote cannot move the cursor of whoever looks at it.
TEST(ActExplanation, ShowsNoControlCharacters) {
  SmallWorld world = world_with_call();
  world.rule().any = {world.pattern("ajakan", "coblos.*?budi")};
  world.record.text = "coblos \x1b[2J\nBudi";
  const Told told = tell(world);
  EXPECT_EQ(told.text.find('\x1b'), std::string::npos);
  EXPECT_EQ(told.json["text"], world.record.text);
}

// Of many candidates of whom one reason keeps a rule, one line is enough.
TEST(ActExplanation, SaysOneReasonOnceForAllCandidates) {
  SmallWorld world = world_with_call();
  world.record.text = "Ahmad Fulan dan Budi";
  EXPECT_NE(tell(world).text.find("does not hold rule pilbup-hsu-2024/1, pilbup-hsu-2024/2: none "
                                  "of ajakan is found (any)\n"),
            std::string::npos)
      << tell(world).text;
}

TEST(ActExplanation, NamesThePatternThatIsMissing) {
  SmallWorld world = world_with_call();
  world.rule().all = {world.pattern("nomor", "nomor")};
  const Told told = tell(world);
  EXPECT_EQ(told.json["rules"][0]["unmet"], "all");
  EXPECT_EQ(told.json["rules"][0]["pattern"], "nomor");
}

TEST(ActExplanation, IsReadableAsText) {
  EXPECT_EQ(tell(world_with_call()).text,
            "who acts      subject S-1 (pns, region 63.08.01)\n"
            "folded        ayo c0bl0s budi\n"
            "undisguised   ayo coblos budi\n"
            "mention       pilbup-hsu-2024/2 by name: [11,15) Budi\n"
            "stage         pilbup-hsu-2024: campaign (discipline)\n"
            "pattern       ajakan: [4,10) C0BL0S\n"
            "holds         rule (medium) pilbup-hsu-2024/2 via mention\n"
            "→ flagged\n");
}

TEST(ActExplanation, SaysWhyARuleDoesNotHold) {
  SmallWorld world = world_with_call();
  world.rule().near_chars_max = 3;
  world.rule().near_side = NearSide::Before;
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"coblos", "the text names no candidate"},
      {"Budi", "none of ajakan is found"},
      {"Budi coblos", "no match of ajakan stands within 3 characters before the mention"}};
  for (const auto& [text, because] : cases) {
    world.record.text = text;
    const Told told = tell(world);
    EXPECT_EQ(told.json["rules"][0]["because"], because);
    EXPECT_NE(told.text.find(because), std::string::npos) << told.text;
    EXPECT_FALSE(told.json["flagged"]);
  }
  world.record.kind = Kind::Like;
  world.rule().kinds.reset(static_cast<std::size_t>(Kind::Like));
  EXPECT_EQ(tell(world).json["rules"][0]["because"], "it does not look at a like");
}

}  // namespace
}  // namespace pantau
