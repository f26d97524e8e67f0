// The engine is fast because it knows, folds and searches as little as it can. It
// must still find just what looking at everything finds.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>

#include "tests/engine/engine_answer.h"
#include "tests/support/random_world.h"

namespace pantau {
namespace {

#ifdef __SANITIZE_THREAD__
constexpr std::uint64_t kWorlds = 5;
#else
constexpr std::uint64_t kWorlds = 150;
#endif
constexpr std::size_t kRecordsPerWorld = 100;
constexpr int kDifferencesShownMax = 3;

std::vector<OwnRecord> make_records(RandomWorld& world) {
  std::vector<OwnRecord> records;
  for (std::size_t i = 0; i < kRecordsPerWorld; i++) records.push_back(world.record());
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

// PANTAU_SEED, the first world's seed, gives other worlds than those of every day.
std::uint64_t first_seed() {
  const char* const seed = std::getenv("PANTAU_SEED");
  return seed == nullptr ? 1 : std::strtoull(seed, nullptr, 10);
}

TEST(Differential, TheEngineFindsWhatLookingAtEverythingFinds) {
  Tally tally;
  int differences = 0;
  for (std::uint64_t seed = first_seed(); seed < first_seed() + kWorlds; seed++) {
    RandomWorld world(seed);
    const std::vector<OwnRecord> records = make_records(world);
    const std::vector<Record> views = views_of(records);
    const PlainMatcher plain(world.lists());
    const Engine engine = make_engine(world.lists());
    const auto scratch = engine.make_scratch();
    const std::vector<std::optional<PlainFlag>> found = answers(engine, views, *scratch);
    for (std::size_t i = 0; i < views.size(); i++) {
      const std::optional<PlainFlag> expected = plain.flag(views[i]);
      tally.add(expected);
      if (found[i] == expected) continue;
      ADD_FAILURE() << "PANTAU_SEED=" << seed << ", record " << i << ": " << to_text(views[i])
                    << "plain:  " << to_text(expected) << "engine: " << to_text(found[i]);
      ASSERT_LT(++differences, kDifferencesShownMax);
    }
  }
  EXPECT_GT(tally.flags, tally.records / 5);
  for (const std::size_t count : tally.vias) EXPECT_GT(count, tally.records / 10);
  for (const std::size_t count : tally.stages) EXPECT_GT(count, tally.records / 50);
  EXPECT_GT(tally.spans, tally.records);
}

// What one record leaves in the scratch must not show in the next one's answer.
TEST(Differential, ARecordsAnswerDoesNotDependOnItsBatch) {
  for (std::uint64_t seed = 1; seed <= 10; seed++) {
    RandomWorld world(seed);
    const std::vector<OwnRecord> records = make_records(world);
    const std::vector<Record> views = views_of(records);
    const Engine engine = make_engine(world.lists());
    const auto together = engine.make_scratch();
    const std::vector<std::optional<PlainFlag>> expected = answers(engine, views, *together);
    for (std::size_t i = views.size(); i-- > 0;) {
      const auto alone = engine.make_scratch();
      const std::span<const Record> one(&views[i], 1);
      EXPECT_EQ(to_text(answers(engine, one, *alone).front()), to_text(expected[i])) << seed;
      EXPECT_EQ(to_text(answers(engine, one, *together).front()), to_text(expected[i])) << seed;
    }
  }
}

}  // namespace
}  // namespace pantau
