// Nominating runs of a text must lose no mention: neither where blocks and windows end, nor where
// letters beyond ASCII stand beside a name, nor in a list of hundreds of names.
#include "classifiers/contests/mentions.h"

#include <gtest/gtest.h>

#include "tests/contests/slow_mentions.h"
#include "tests/support/random_names.h"
#include "tests/support/random_text.h"

namespace pantau {
namespace {

using Texts = std::vector<std::string>;

const Texts kRegions = {"", "63", "63.08", "63.08", "63.10", "64"};
const Texts kSubjectRegions = {"63.08.01", "63.08", "63", "64.01", "", "63.1"};
const Texts kPlatforms = {"x", "instagram"};

const TimeZone& zone() {
  static const TimeZone makassar = *TimeZone::find("Asia/Makassar");
  return makassar;
}

// Lists as long as the seed says, and what texts that get near them are made of.
struct World {
  explicit World(Dice& dice) {
    pieces.names = random_names(dice, dice.between(5, 200));
    pieces.hashtags = random_hashtags(dice, 20);
    pieces.handles = random_handles(dice, 20);
    pieces.words = random_words(dice, 60);
    pieces.numbers_percent = 10;
    const std::size_t contest_count = dice.between(1, 20);
    for (ContestIndex c = 0; c < contest_count; c++) contests.push_back(some_contest(dice));
    for (std::size_t i = 0; i < 30; i++) add_handle(dice);
  }

  Contest some_contest(Dice& dice) const {
    Contest contest;
    contest.region = dice.pick(kRegions);
    contest.zone = zone();
    if (dice.percent(80)) contest.number_draw = *parse_day("2024-09-23");
    const auto candidates = static_cast<std::uint32_t>(dice.below(6));
    for (std::uint32_t number = 1; number <= candidates; number++) {
      Candidate& candidate = contest.candidates.emplace_back();
      if (dice.percent(80)) candidate.number = dice.percent(90) ? number : 12;
      for (std::size_t i = dice.below(4); i > 0; i--) {
        candidate.names.push_back(dice.pick(pieces.names));
      }
      if (dice.percent(40)) candidate.slogans.push_back(dice.pick(pieces.names));
      if (dice.percent(60)) candidate.hashtags.push_back(dice.pick(pieces.hashtags));
    }
    return contest;
  }

  void add_handle(Dice& dice) {
    const auto contest = static_cast<ContestIndex>(dice.below(contests.size()));
    if (contests[contest].candidates.empty()) return;
    CandidateHandle handle;
    handle.contest = contest;
    handle.candidate = static_cast<CandidateIndex>(dice.below(contests[contest].candidates.size()));
    handle.platform = dice.pick(kPlatforms);
    handle.handle = folded(dice.pick(pieces.handles));
    if (dice.percent(30)) handle.validity.from = *parse_day("2024-09-24");
    if (dice.percent(30)) handle.validity.to = *parse_day("2024-09-23");
    handles.push_back(handle);
  }

  std::string some_text(Dice& dice) const {
    const std::size_t kind = dice.below(100);
    if (kind < 60) return random_text(dice, pieces);
    if (kind < 95) return random_text_of_size(dice, pieces, dice.below(300));
    return random_long_text(dice, pieces, dice.between(900, 4000));
  }

  TextPieces pieces;
  ContestList contests;
  std::vector<CandidateHandle> handles;
};

std::string to_text(const std::vector<Mention>& mentions) {
  std::string text;
  for (const Mention& mention : mentions) {
    text += std::to_string(mention.contest) + '/' + std::to_string(mention.candidate) +
            (mention.slogan ? " slogan " : " ") + std::to_string(mention.plain.start) + '-' +
            std::to_string(mention.plain.end) + ' ' + std::string(name_of(mention.kind)) + '\n';
  }
  return text;
}

// Both views of a text, and who is asked about it.
struct Question {
  Question(std::string_view original, const MentionContext& asked) : context(asked) {
    fold(original, plain);
    differs = undisguise(plain, undisguised);
  }

  const FoldedView* other() const { return differs ? &undisguised : nullptr; }

  FoldedView plain;
  FoldedView undisguised;
  bool differs;
  MentionContext context;
};

TEST(Mentions, AreThoseThatTheSlowTwinFinds) {
  constexpr std::uint64_t kWorlds = 60;
  constexpr int kTextsPerWorld = 150;
  const std::array times = {*parse_rfc3339("2024-09-22T23:00:00+08:00"),
                            *parse_rfc3339("2024-09-23T00:00:00+08:00"),
                            *parse_rfc3339("2024-10-01T00:00:00+08:00")};
  std::size_t found = 0;
  std::size_t texts_with_one = 0;
  for (std::uint64_t seed = 1; seed <= kWorlds; seed++) {
    Dice dice(seed);
    const World world(dice);
    const MentionFinder finder(world.contests, world.handles);
    const SlowMentions slow(world.contests, world.handles);
    std::vector<Mention> mentions;
    for (int i = 0; i < kTextsPerWorld; i++) {
      const std::string text = world.some_text(dice);
      const Question question(
          text, {dice.pick(kPlatforms), dice.pick(kSubjectRegions), dice.pick(times)});
      finder.find(question.plain, question.other(), question.context, mentions);
      ASSERT_EQ(to_text(mentions),
                to_text(slow.find(question.plain, question.other(), question.context)))
          << "seed " << seed << ": " << text;
      found += mentions.size();
      texts_with_one += mentions.empty() ? 0 : 1;
    }
  }
  EXPECT_GT(texts_with_one, kWorlds * kTextsPerWorld / 3);
  EXPECT_GT(found, kWorlds * kTextsPerWorld);
}

// One name at every place of a text that ends, or goes on, anywhere.
TEST(Mentions, AreFoundAtEveryBorder) {
  ContestList contests(1);
  contests[0].zone = zone();
  contests[0].number_draw = *parse_day("2024-09-23");
  contests[0].candidates = {{"1", 1, {"Siti Aminahwati"}, {"Aminah"}, {"Maju"}},
                            {"2", 2, {"É", "Ñusta"}, {"É"}, {}}};
  const std::vector<CandidateHandle> handles = {{0, 0, "x", "siti.a", {}}};
  const MentionFinder finder(contests, handles);
  const SlowMentions slow(contests, handles);
  const Texts pieces = {"Siti – Aminahwati", "maju",    "#xaminahx", "@siti.a.",
                        "nomorurut2",        "2️⃣", "ñusta",     "xé"};
  std::vector<Mention> mentions;
  for (const std::string& piece : pieces) {
    for (std::size_t before = 0; before < 1100; before += before < 140 || before > 950 ? 1 : 61) {
      for (const std::string_view behind : {"", " ", ".", "x", "é", " Siti Aminahwati"}) {
        std::string text;
        if (before > 0) text.append(before, before % 3 == 0 ? '.' : ' ').append("a .\n");
        text.append(piece).append(behind);
        const Question question(text, {"x", "63", *parse_rfc3339("2024-10-01T00:00:00Z")});
        finder.find(question.plain, question.other(), question.context, mentions);
        ASSERT_EQ(to_text(mentions),
                  to_text(slow.find(question.plain, question.other(), question.context)))
            << text;
      }
    }
  }
}

TEST(Mentions, OfManySignsTakeNoLongerThanTheText) {
  ContestList contests(1);
  contests[0].candidates = {{"1", 1, {"Siti"}, {"Aminah"}, {}}};
  const MentionFinder finder(contests, {});
  for (const std::string_view unit : {"#", "@", "# ", "#a", "@a", "siti."}) {
    std::string text;
    while (text.size() < kFoldedTextBytesMax) text += unit;
    const Question question(text, {"x", "63", {}});
    std::vector<Mention> mentions;
    finder.find(question.plain, nullptr, question.context, mentions);
    EXPECT_EQ(mentions.empty(), unit != "siti.");
  }
}

}  // namespace
}  // namespace pantau
