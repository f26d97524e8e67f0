// The engine is immutable and shared; whatever the batches and the threads, each
// record has one answer.
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "tests/engine/engine_answer.h"
#include "tests/support/random_world.h"

namespace pantau {
namespace {

constexpr std::size_t kRecords = 400;
constexpr std::size_t kThreads = 4;

using Answers = std::vector<std::optional<PlainFlag>>;

// Runs all records in batches of random sizes, with one scratch.
Answers run_in_batches(const Engine& engine, std::span<const Record> records, Dice dice) {
  const auto scratch = engine.make_scratch();
  Answers all;
  while (!records.empty()) {
    const std::size_t size = std::min(records.size(), dice.below(60));
    const Answers some = answers(engine, records.first(size), *scratch);
    all.insert(all.end(), some.begin(), some.end());
    records = records.subspan(size);
  }
  return all;
}

TEST(EngineThreads, BatchesAndThreadsDoNotChangeTheAnswer) {
  for (std::uint64_t seed = 1; seed <= 5; seed++) {
    RandomWorld world(seed);
    std::vector<OwnRecord> records;
    for (std::size_t i = 0; i < kRecords; i++) records.push_back(world.record());
    std::vector<Record> views;
    for (const OwnRecord& record : records) views.push_back(record.view());
    const Engine engine = make_engine(world.lists());
    std::vector<Answers> by_thread(kThreads);
    {
      std::vector<std::jthread> threads;
      for (std::size_t i = 0; i < kThreads; i++) {
        threads.emplace_back(
            [&, i] { by_thread[i] = run_in_batches(engine, views, Dice(seed * 100 + i)); });
      }
    }
    const Answers expected = answers(engine, views, *engine.make_scratch());
    for (const Answers& found : by_thread) EXPECT_TRUE(found == expected) << "seed " << seed;
  }
}

}  // namespace
}  // namespace pantau
