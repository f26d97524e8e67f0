// The engine is fast because it knows, folds and searches as little as it can. It
// must still find just what looking at everything finds.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tests/engine/engine_answer.h"
#include "tests/support/random_world.h"
#include "tests/support/seeds.h"

namespace pantau {
namespace {

constexpr int kDifferencesShownMax = 3;

// So many worlds of a kind, and records in each: together more than 150,000 records.
struct Amount {
  std::uint64_t worlds;
  std::size_t records;
};

Amount amount_of(WorldKind kind) {
  static const std::array<Amount, kWorldKinds.size()> amounts = {{{300, 150},  // mixed
                                                                  {60, 250},   // crowd
                                                                  {30, 200},   // patterns
                                                                  {60, 500},   // accounts
                                                                  {150, 150},  // numbers
                                                                  {150, 250},  // borders
                                                                  {30, 5}}};   // long
  return amounts[static_cast<std::size_t>(kind)];
}

std::vector<OwnRecord> make_records(RandomWorld& world, std::size_t count) {
  std::vector<OwnRecord> records;
  for (std::size_t i = 0; i < count; i++) records.push_back(world.record());
  return records;
}

std::vector<Record> views_of(const std::vector<OwnRecord>& records) {
  std::vector<Record> views;
  for (const OwnRecord& record : records) views.push_back(record.view());
  return views;
}

// How often the worlds showed something, so that agreement means something.
struct Tally {
  std::size_t records = 0;
  std::size_t flags = 0;
  std::size_t matches = 0;
  std::array<std::size_t, 2> vias{};
  std::array<std::size_t, kStages> stages{};
  std::size_t spans = 0;

  void add(const std::optional<PlainFlag>& flag) {
    records++;
    if (!flag) return;
    flags++;
    for (const PlainMatch& match : flag->matches) {
      matches++;
      vias[static_cast<std::size_t>(match.via)]++;
      stages[static_cast<std::size_t>(match.stage)]++;
      spans += match.spans.size();
    }
  }
};

class Differential : public testing::TestWithParam<WorldKind> {
 protected:
  // What to type to see the same again.
  static std::string how_to(std::uint64_t seed, std::size_t record) {
    return "PANTAU_SEED=" + std::to_string(seed) + " in a world of kind " +
           std::string(name_of(GetParam())) + ", record " + std::to_string(record) + ": ";
  }

  // The roster's numbers are its own, but stand in the order of the list: so each must stand for
  // one row of it, and they for the rows in their order.
  static bool mean_the_same_rows(const std::vector<ActingSubject>& found,
                                 const std::vector<std::uint32_t>& rows) {
    if (found.size() != rows.size()) return false;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> both;
    for (std::size_t i = 0; i < rows.size(); i++) both.emplace_back(rows[i], found[i].entry);
    std::ranges::sort(both);
    for (std::size_t i = 1; i < both.size(); i++) {
      const bool same = both[i].first == both[i - 1].first;
      if (same != (both[i].second == both[i - 1].second)) return false;
      if (!same && both[i].second < both[i - 1].second) return false;
    }
    return true;
  }

  void compare(std::uint64_t seed) {
    RandomWorld world(seed, GetParam());
    const std::vector<OwnRecord> records = make_records(world, amount_of(GetParam()).records);
    const std::vector<Record> views = views_of(records);
    const PlainMatcher plain(world.lists());
    const Engine engine = make_engine(world.lists());
    const auto scratch = engine.make_scratch();
    Findings findings;
    const std::vector<std::optional<PlainFlag>> found = answers(engine, views, *scratch, findings);
    std::vector<std::uint32_t> subjects;
    for (std::size_t i = 0; i < views.size(); i++) {
      if (const auto subject = plain.subject(views[i])) subjects.push_back(*subject);
      const std::optional<PlainFlag> expected = plain.flag(views[i]);
      tally_.add(expected);
      if (found[i] == expected) continue;
      ADD_FAILURE() << how_to(seed, i) << to_text(views[i]) << "plain:  " << to_text(expected)
                    << "engine: " << to_text(found[i]);
      ASSERT_LT(++differences_, kDifferencesShownMax);
    }
    ASSERT_TRUE(mean_the_same_rows(findings.subjects, subjects)) << how_to(seed, 0);
  }

  Tally tally_;
  int differences_ = 0;
};

TEST_P(Differential, TheEngineFindsWhatLookingAtEverythingFinds) {
  const std::uint64_t first = first_seed();
  const std::uint64_t worlds = worlds_wanted(amount_of(GetParam()).worlds);
  for (std::uint64_t seed = first; seed < first + worlds; seed++) {
    compare(seed);
    if (HasFatalFailure()) return;
  }
  // Under a sanitizer there are too few records to say what is common in them.
  if (kWorldsDivisor > 1) return;
  EXPECT_GT(tally_.flags, tally_.records / 10);
  for (const std::size_t count : tally_.vias) EXPECT_GT(count, tally_.records / 20);
  for (const std::size_t count : tally_.stages) EXPECT_GT(count, tally_.records / 100);
  EXPECT_GT(tally_.spans, tally_.records);
}

// What one record leaves in the scratch must not show in the next one's answer.
TEST_P(Differential, ARecordsAnswerDoesNotDependOnItsBatch) {
  constexpr std::uint64_t kWorlds = 3;
  constexpr std::size_t kRecords = 50;
  const std::uint64_t first = first_seed();
  for (std::uint64_t seed = first; seed < first + kWorlds; seed++) {
    RandomWorld world(seed, GetParam());
    const std::size_t count = std::min(kRecords, amount_of(GetParam()).records);
    const std::vector<OwnRecord> records = make_records(world, count);
    const std::vector<Record> views = views_of(records);
    const Engine engine = make_engine(world.lists());
    const auto together = engine.make_scratch();
    const std::vector<std::optional<PlainFlag>> expected = answers(engine, views, *together);
    for (std::size_t i = views.size(); i-- > 0;) {
      const auto alone = engine.make_scratch();
      const std::span<const Record> one(&views[i], 1);
      EXPECT_EQ(to_text(answers(engine, one, *alone).front()), to_text(expected[i]))
          << how_to(seed, i);
      EXPECT_EQ(to_text(answers(engine, one, *together).front()), to_text(expected[i]))
          << how_to(seed, i);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Worlds, Differential, testing::ValuesIn(kWorldKinds),
                         [](const testing::TestParamInfo<WorldKind>& kind) {
                           return std::string(name_of(kind.param));
                         });

}  // namespace
}  // namespace pantau
