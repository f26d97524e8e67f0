// What the ranking sees of a text, and what it believes of a stored model.
#include "classifiers/ranking/model.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

#include "classifiers/ranking/features.h"

namespace pantau {
namespace {

using Names = std::vector<std::string>;

RankedAct act_of(std::string text, std::vector<ByteRange> named = {}) {
  RankedAct act;
  act.text = std::move(text);
  act.named = std::move(named);
  return act;
}

TEST(RankingFeatures, AreWordsPairsAndHowTheRulesTookIt) {
  RankedAct act = act_of("AYO dukung");
  act.kind = "post";
  act.platform = "x";
  act.matches = {{"ajakan", "mention", "", "campaign"},
                 {"ajakan", "target", "registered", "campaign"}};
  EXPECT_EQ(ranking_features(act), (Names{"account:registered", "kind:post", "pair:ayo dukung",
                                          "platform:x", "rule:ajakan", "stage:campaign",
                                          "via:mention", "via:target", "word:ayo", "word:dukung"}));
}

TEST(RankingFeatures, NameNobody) {
  const std::string text = "Pilih Fulan-Siti, kata @budi.hsu di #HSUmaju https://a.id/b?c 2024 ya";
  const Names names = ranking_features(act_of(text, {{6, 16}, {6, 11}, {12, 16}}));
  EXPECT_EQ(names, (Names{"pair:<account> di", "pair:<candidate> kata", "pair:<hashtag> <link>",
                          "pair:<link> <number>", "pair:<number> ya", "pair:di <hashtag>",
                          "pair:kata <account>", "pair:pilih <candidate>", "word:<account>",
                          "word:<candidate>", "word:<hashtag>", "word:<link>", "word:<number>",
                          "word:di", "word:kata", "word:pilih", "word:ya"}));
  EXPECT_EQ(ranking_features(act_of("surat ke budi@kantor.go.id ya")),
            ranking_features(act_of("surat ke siti@dinas.go.id ya")));
  // Hidden through a look-alike too.
  EXPECT_EQ(ranking_features(act_of("＠budi ya")), ranking_features(act_of("@siti ya")));
}

TEST(RankingFeatures, OfTextsThatAreOdd) {
  EXPECT_EQ(ranking_features({}), Names{});
  EXPECT_EQ(ranking_features(act_of(" …!? ")), Names{});
  EXPECT_EQ(ranking_features(act_of(std::string(100, 'a'))), Names{});
  // Places that are no places of the text are passed over.
  EXPECT_EQ(ranking_features(act_of("ayo", {{2, 9}, {3, 3}, {5, 4}})), Names{"word:ayo"});
  std::string long_text;
  for (int i = 0; i < 2000; i++) long_text += fmt::format("kata{}x ", i);
  EXPECT_EQ(ranking_features(act_of(long_text)).size(), 2 * kRankedWordsMax - 1);
}

TEST(RankingModel, ScoresAndTellsWhy) {
  const RankingModel model(-5000, {{"kind:like", -20000}, {"word:ayo", 12000}, {"word:di", -300}});
  const Names features = {"kind:post", "word:ayo", "word:di"};
  EXPECT_EQ(model.score(features), 6700);
  EXPECT_EQ(model.score(Names{}), -5000);
  EXPECT_NEAR(chance_of_score(0), 0.5, 1e-12);
  EXPECT_NEAR(chance_of_score(6700), 0.6615, 1e-4);
  EXPECT_EQ(model.reasons(features, 5),
            (std::vector<RankingWeight>{{"word:ayo", 12000}, {"word:di", -300}}));
  EXPECT_EQ(model.reasons(features, 1).size(), 1U);
  EXPECT_EQ(model.strongest(false, 9),
            (std::vector<RankingWeight>{{"kind:like", -20000}, {"word:di", -300}}));
}

TEST(RankingModel, ReadsWhatItWrote) {
  const RankingModel model(-5000, {{"kind:like", -20000}, {"pair:ayo dukung", 3}, {"word:ayo", 1}});
  const auto read = RankingModel::read(model.text());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->text(), model.text());
  EXPECT_EQ(read->base(), model.base());
  EXPECT_EQ(read->weights(), model.weights());
}

TEST(RankingModel, RefusesAStoredOneThatIsUnsound) {
  const std::string head = "pantau-ranking 1\n0\n";
  const std::pair<std::string, std::string> cases[] = {
      {"", "line 1: it is of no kind"},
      {"pantau-ranking 2\n0\n", "line 1: it is of no kind"},
      {"pantau-ranking 1\nmany\n", "line 2: the weight is no number"},
      {"pantau-ranking 1\n500001\n", "line 2: the weight is no number, or too large"},
      {head + "1\n", "line 3: there is no feature"},
      {head + "1e9 word:a\n", "line 3: the weight is no number"},
      {head + "99999999999999999999 word:a\n", "line 3: the weight"},
      {head + "1 word:a\n\n", "line 4: there is no feature"},
      {head + "1 word:b\n1 word:a\n", "line 4: the features are not in order"},
      {head + "1 word:a\n1 word:a\n", "line 4: the features are not in order"},
      {head + "1 candidate:1\n", "line 3: that is no feature that a ranking may use"},
      {head + "1 person:S-1\n", "line 3: that is no feature"},
      {head + "1 word:\n", "line 3: that is no feature"},
      {head + "1 ayo\n", "line 3: that is no feature"},
      {head + "1 word:" + std::string(kFeatureBytesMax, 'a') + "\n", "line 3: that is no feature"},
      {std::string(kRankingTextBytesMax + 1, 'a'), "it is too long"}};
  for (const auto& [text, why] : cases) {
    const auto read = RankingModel::read(text);
    ASSERT_FALSE(read) << text.substr(0, 80);
    EXPECT_EQ(read.error().fault, Fault::Storage);
    EXPECT_NE(read.error().message.find(why), std::string::npos) << read.error().message;
  }
  std::string many = head;
  for (std::size_t i = 0; i <= kRankingFeaturesMax; i++) many += fmt::format("1 word:{:06}\n", i);
  EXPECT_NE(RankingModel::read(many).error().message.find("too many"), std::string::npos);
}

// Damaged in any place, it is refused or still a model within its bounds; never more.
TEST(RankingModel, SurvivesDamage) {
  const std::string sound =
      RankingModel(-5000, {{"kind:like", -20000}, {"pair:ayo dukung", 3}, {"word:ayo", 1}}).text();
  std::mt19937_64 numbers(6);
  for (int round = 0; round < 20'000; round++) {
    std::string text = sound;
    for (std::size_t i = 0; i < 1 + numbers() % 4; i++) {
      text[numbers() % text.size()] = static_cast<char>(numbers());
    }
    if (numbers() % 4 == 0) text.resize(numbers() % text.size());
    const auto read = RankingModel::read(text);
    if (!read) continue;
    EXPECT_LE(std::abs(read->base()), kWeightMax);
    const auto again = RankingModel::read(read->text());
    ASSERT_TRUE(again) << text;
    EXPECT_EQ(again->weights(), read->weights());
  }
}

}  // namespace
}  // namespace pantau
