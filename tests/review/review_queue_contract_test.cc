// The definition of a review queue: every implementation passes this. PostgreSQL
// joins by a line at the end.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "tests/review/queue_fixture.h"

namespace pantau {
namespace {

using Keys = std::vector<std::string>;

Keys sorted(Keys keys) {
  std::ranges::sort(keys);
  return keys;
}

class ReviewQueueContract : public testing::TestWithParam<const char*> {
 protected:
  using Run = pantau::Run;  // not testing::Test::Run()

  ReviewQueueContract() {
    QueueHooks hooks;
    hooks.commit_fault = [this](CommitStep step) -> Status {
      if (failing_step_ == step) return fail(Fault::Storage, "injected");
      return std::monostate{};
    };
    std::string url = GetParam();
    if (url == "sqlite:") url += folder_ / "queue.sqlite";
    queue_ = must(open_review_queue(url, hooks));
  }

  QueueCounts commit(RunId run, const std::vector<ReviewItem>& items,
                     const std::vector<ItemDeletion>& deletions = {},
                     const Checkpoint& checkpoint = {"{}", "{}"}) {
    return must(queue_->commit(run, items, deletions, checkpoint));
  }

  Keys open_keys() { return keys_in(*queue_, ItemState::Open); }
  Keys held_keys() { return keys_in(*queue_, ItemState::Held); }

  TemporaryFolder folder_;
  std::optional<CommitStep> failing_step_;
  std::unique_ptr<ReviewQueue> queue_;
};

TEST_P(ReviewQueueContract, BeginsEmpty) {
  EXPECT_EQ(open_keys(), Keys{});
  EXPECT_EQ(held_keys(), Keys{});
}

TEST_P(ReviewQueueContract, KeepsWhatAnItemHolds) {
  const Run run = must(queue_->begin_run(make_run()));
  EXPECT_FALSE(run.unfinished);
  EXPECT_EQ(commit(run.id, {make_item("x/post/1")}), (QueueCounts{.open = 1}));
  const std::vector<ListedItem> items = must(queue_->list(ItemState::Open, 10));
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].key, "x/post/1");
  EXPECT_EQ(items[0].state, ItemState::Open);
  EXPECT_EQ(items[0].level, "high");
  EXPECT_EQ(items[0].flag, R"({"key":"x/post/1"})");
  EXPECT_EQ(items[0].received, "received of x/post/1");
  EXPECT_EQ(items[0].sweep, "sweep-1");
  EXPECT_EQ(items[0].mandate, "ST-17/2024");
  EXPECT_EQ(items[0].deleted_at, std::nullopt);
}

TEST_P(ReviewQueueContract, ListsInTheOrderInWhichItemsCameInAndUpToTheLimit) {
  const Run run = must(queue_->begin_run(make_run()));
  commit(run.id, {make_item("z"), make_item("a")});
  commit(run.id, {make_item("m"), make_item("b")});
  EXPECT_EQ(open_keys(), (Keys{"z", "a", "m", "b"}));
  EXPECT_EQ(keys_of(must(queue_->list(ItemState::Open, 3))), (Keys{"z", "a", "m"}));
  EXPECT_EQ(keys_of(must(queue_->list(ItemState::Open, 0))), Keys{});
  EXPECT_EQ(must(queue_->list(ItemState::Open, std::numeric_limits<std::size_t>::max())).size(),
            4u);
}

TEST_P(ReviewQueueContract, AddsAKeyOnce) {
  const Run run = must(queue_->begin_run(make_run()));
  commit(run.id, {make_item("a"), make_item("b")});
  ReviewItem changed = make_item("a");
  changed.flag = "another";
  EXPECT_EQ(commit(run.id, {changed, make_item("c"), make_item("c")}),
            (QueueCounts{.open = 1, .known = 2}));
  EXPECT_EQ(open_keys(), (Keys{"a", "b", "c"}));
  EXPECT_EQ(must(queue_->list(ItemState::Open, 1))[0].flag, R"({"key":"a"})");
}

TEST_P(ReviewQueueContract, KnowsTheItemsOfEarlierRuns) {
  const Run first = must(queue_->begin_run(make_run()));
  commit(first.id, {make_item("a")});
  must(queue_->finish_run(first.id, "{}"));
  const Run second = must(queue_->begin_run(make_run()));
  EXPECT_NE(second.id, first.id);
  EXPECT_FALSE(second.unfinished);
  EXPECT_EQ(commit(second.id, {make_item("a"), make_item("b")}),
            (QueueCounts{.open = 1, .known = 1}));
  EXPECT_EQ(open_keys(), (Keys{"a", "b"}));
}

TEST_P(ReviewQueueContract, ItemsKeepTheMandateOfTheRunThatBroughtThem) {
  const Run first = must(queue_->begin_run(make_run("print-1", "sweep-1")));
  commit(first.id, {make_item("a")});
  RunDescription other = make_run("print-2", "sweep-2");
  other.mandate = "ST-18/2024";
  const Run second = must(queue_->begin_run(other));
  commit(second.id, {make_item("a"), make_item("b")});
  const std::vector<ListedItem> items = must(queue_->list(ItemState::Open, 10));
  EXPECT_EQ(items[0].mandate, "ST-17/2024");
  EXPECT_EQ(items[0].sweep, "sweep-1");
  EXPECT_EQ(items[1].mandate, "ST-18/2024");
  EXPECT_EQ(items[1].sweep, "sweep-2");
}

TEST_P(ReviewQueueContract, FinishReturnsWhatAllCommitsDid) {
  const Run run = must(queue_->begin_run(make_run()));
  commit(run.id, {make_item("a", {{"r", 1}}), make_item("b", {{"r", 1}})});
  commit(run.id, {make_item("a"), make_item("c", {{"r", 1}})}, {{"a", "2024-12-01T00:00:00Z"}});
  EXPECT_EQ(must(queue_->finish_run(run.id, "{}")),
            (QueueCounts{.open = 1, .held = 2, .known = 1, .deleted = 1}));
}

TEST_P(ReviewQueueContract, GoesOnWithAnUnfinishedRunOfTheSameFingerprint) {
  const Run run = must(queue_->begin_run(make_run()));
  commit(run.id, {make_item("a"), make_item("b")}, {}, {"position 1", "statistics 1"});
  commit(run.id, {make_item("c")}, {}, {"position 2", "statistics 2"});

  const Run again = must(queue_->begin_run(make_run()));
  EXPECT_EQ(again.id, run.id);
  ASSERT_TRUE(again.unfinished);
  EXPECT_EQ(again.unfinished->checkpoint.position, "position 2");
  EXPECT_EQ(again.unfinished->checkpoint.statistics, "statistics 2");
  EXPECT_EQ(sorted(again.unfinished->keys), (Keys{"a", "b", "c"}));

  commit(again.id, {make_item("d")});
  EXPECT_EQ(must(queue_->finish_run(again.id, "{}")), (QueueCounts{.open = 4}));
}

TEST_P(ReviewQueueContract, ARunRemembersTheKnownKeysToo) {
  const Run first = must(queue_->begin_run(make_run("print-0", "sweep-0")));
  commit(first.id, {make_item("old")});
  const Run run = must(queue_->begin_run(make_run()));
  commit(run.id, {make_item("old"), make_item("new")});
  commit(run.id, {make_item("old")});
  const Run again = must(queue_->begin_run(make_run()));
  ASSERT_TRUE(again.unfinished);
  EXPECT_EQ(sorted(again.unfinished->keys), (Keys{"new", "old"}));
}

TEST_P(ReviewQueueContract, ARunThatHasCommittedNothingBeginsAtTheBeginning) {
  const Run run = must(queue_->begin_run(make_run()));
  const Run again = must(queue_->begin_run(make_run()));
  EXPECT_EQ(again.id, run.id);
  EXPECT_FALSE(again.unfinished);
}

TEST_P(ReviewQueueContract, AnotherFingerprintAbandonsTheUnfinishedRun) {
  const Run old = must(queue_->begin_run(make_run("print-1")));
  commit(old.id, {make_item("a")});
  const Run fresh = must(queue_->begin_run(make_run("print-2")));
  EXPECT_NE(fresh.id, old.id);
  EXPECT_FALSE(fresh.unfinished);
  EXPECT_EQ(open_keys(), (Keys{"a"}));  // its items stay
  EXPECT_EQ(commit(fresh.id, {make_item("a")}), (QueueCounts{.known = 1}));

  // The old one is closed for good, even under its own fingerprint.
  const std::vector<ReviewItem> late = {make_item("late")};
  const Result<QueueCounts> refused = queue_->commit(old.id, late, {}, {"{}", "{}"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::Storage);
  EXPECT_FALSE(queue_->finish_run(old.id, "{}"));
  EXPECT_NE(must(queue_->begin_run(make_run("print-1"))).id, old.id);
  EXPECT_EQ(open_keys(), (Keys{"a"}));
}

TEST_P(ReviewQueueContract, AnotherMandateAbandonsTheUnfinishedRun) {
  const Run old = must(queue_->begin_run(make_run()));
  commit(old.id, {make_item("a")});
  RunDescription other = make_run();
  other.mandate = "ST-18/2024";
  const Run fresh = must(queue_->begin_run(other));
  EXPECT_NE(fresh.id, old.id);
  EXPECT_FALSE(fresh.unfinished);
}

TEST_P(ReviewQueueContract, SweepsDoNotDisturbEachOther) {
  const Run one = must(queue_->begin_run(make_run("print", "sweep-1")));
  const Run two = must(queue_->begin_run(make_run("print", "sweep-2")));
  EXPECT_NE(one.id, two.id);
  commit(one.id, {make_item("a")}, {}, {"one", ""});
  commit(two.id, {make_item("b")}, {}, {"two", ""});
  EXPECT_EQ(must(queue_->finish_run(two.id, "{}")), (QueueCounts{.open = 1}));
  const Run again = must(queue_->begin_run(make_run("print", "sweep-1")));
  EXPECT_EQ(again.id, one.id);
  ASSERT_TRUE(again.unfinished);
  EXPECT_EQ(again.unfinished->checkpoint.position, "one");
  EXPECT_EQ(again.unfinished->keys, (Keys{"a"}));
}

TEST_P(ReviewQueueContract, AFinishedRunIsNotTakenUpAgain) {
  const Run run = must(queue_->begin_run(make_run()));
  commit(run.id, {make_item("a")});
  must(queue_->finish_run(run.id, "{}"));
  EXPECT_FALSE(queue_->finish_run(run.id, "{}"));
  EXPECT_FALSE(queue_->commit(run.id, {}, {}, {"", ""}));
  const Run next = must(queue_->begin_run(make_run()));
  EXPECT_NE(next.id, run.id);
  EXPECT_FALSE(next.unfinished);
}

TEST_P(ReviewQueueContract, ARunThatWasNeverBegunIsRefused) {
  const std::vector<ReviewItem> items = {make_item("a")};
  const Result<QueueCounts> refused = queue_->commit(17, items, {}, {"", ""});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::Storage);
  EXPECT_FALSE(queue_->finish_run(17, "{}"));
  EXPECT_EQ(open_keys(), Keys{});
}

// Quotas: CONTRACT.md §7, flags_per_day_max.

TEST_P(ReviewQueueContract, HoldsWhatIsAboveTheQuota) {
  const Run run = must(queue_->begin_run(make_run()));
  EXPECT_EQ(commit(run.id, {make_item("a", {{"r", 2}}), make_item("b", {{"r", 2}}),
                            make_item("c", {{"r", 2}}), make_item("d", {{"r", 2}})}),
            (QueueCounts{.open = 2, .held = 2}));
  EXPECT_EQ(open_keys(), (Keys{"a", "b"}));
  EXPECT_EQ(held_keys(), (Keys{"c", "d"}));
}

TEST_P(ReviewQueueContract, QuotasCountByRuleAndDayAcrossCommitsAndRuns) {
  const Run first = must(queue_->begin_run(make_run()));
  commit(first.id, {make_item("a", {{"r", 2}})});
  commit(first.id, {make_item("b", {{"r", 2}}, "2024-11-28")});
  must(queue_->finish_run(first.id, "{}"));
  const Run second = must(queue_->begin_run(make_run("print-2", "sweep-2")));
  EXPECT_EQ(
      commit(second.id, {make_item("c", {{"r", 2}}), make_item("d", {{"r", 2}}),
                         make_item("e", {{"r", 2}}, "2024-11-28"), make_item("f", {{"s", 2}})}),
      (QueueCounts{.open = 3, .held = 1}));
  EXPECT_EQ(held_keys(), (Keys{"d"}));
}

TEST_P(ReviewQueueContract, AKnownItemDoesNotCountAgain) {
  const Run run = must(queue_->begin_run(make_run()));
  commit(run.id, {make_item("a", {{"r", 2}})});
  commit(run.id, {make_item("a", {{"r", 2}}), make_item("a", {{"r", 2}})});
  EXPECT_EQ(commit(run.id, {make_item("b", {{"r", 2}})}), (QueueCounts{.open = 1}));
  EXPECT_EQ(commit(run.id, {make_item("c", {{"r", 2}})}), (QueueCounts{.held = 1}));
}

TEST_P(ReviewQueueContract, OneRuleWithinItsQuotaOpensTheItem) {
  const Run run = must(queue_->begin_run(make_run()));
  commit(run.id, {make_item("a", {{"r", 1}})});
  EXPECT_EQ(commit(run.id, {make_item("b", {{"r", 1}, {"s", 1}})}), (QueueCounts{.open = 1}));
  EXPECT_EQ(commit(run.id, {make_item("c", {{"r", 1}, {"s", 1}})}), (QueueCounts{.held = 1}));
  EXPECT_EQ(commit(run.id, {make_item("d", {{"r", 1}, {"free", 0}})}), (QueueCounts{.open = 1}));
}

TEST_P(ReviewQueueContract, AnItemCountsForAllItsRulesHeldOrOpen) {
  const Run run = must(queue_->begin_run(make_run()));
  commit(run.id, {make_item("a", {{"r", 1}, {"s", 3}})});  // r 1, s 1: open by both
  commit(run.id, {make_item("b", {{"r", 1}, {"s", 3}})});  // r 2, s 2: open by s
  commit(run.id, {make_item("c", {{"r", 1}})});            // r 3: held
  EXPECT_EQ(commit(run.id, {make_item("d", {{"s", 3}})}), (QueueCounts{.open = 1}));
  EXPECT_EQ(commit(run.id, {make_item("e", {{"s", 3}})}), (QueueCounts{.held = 1}));
  EXPECT_EQ(commit(run.id, {make_item("f", {{"r", 4}})}), (QueueCounts{.open = 1}));
}

TEST_P(ReviewQueueContract, ARuleThatIsNamedTwiceCountsOnce) {
  const Run run = must(queue_->begin_run(make_run()));
  commit(run.id, {make_item("a", {{"r", 2}, {"r", 2}})});
  EXPECT_EQ(commit(run.id, {make_item("b", {{"r", 2}, {"r", 2}})}), (QueueCounts{.open = 1}));
  EXPECT_EQ(commit(run.id, {make_item("c", {{"r", 2}, {"r", 2}})}), (QueueCounts{.held = 1}));
}

TEST_P(ReviewQueueContract, WithoutAQuotaOrARuleAnItemIsOpen) {
  const Run run = must(queue_->begin_run(make_run()));
  commit(run.id, make_items(0, 50));
  commit(run.id, {make_item("none", {})});
  EXPECT_EQ(open_keys().size(), 51u);
}

TEST_P(ReviewQueueContract, AbandonedRunsKeepTheirShareOfTheQuota) {
  const Run old = must(queue_->begin_run(make_run("print-1")));
  commit(old.id, {make_item("a", {{"r", 1}})});
  const Run fresh = must(queue_->begin_run(make_run("print-2")));
  EXPECT_EQ(commit(fresh.id, {make_item("b", {{"r", 1}})}), (QueueCounts{.held = 1}));
}

// Deletions by the author.

TEST_P(ReviewQueueContract, ADeletionMarksAndRemovesNothing) {
  const Run run = must(queue_->begin_run(make_run()));
  commit(run.id, {make_item("a"), make_item("b")});
  EXPECT_EQ(commit(run.id, {}, {{"a", "2024-12-01T00:00:00Z"}}), (QueueCounts{.deleted = 1}));
  const std::vector<ListedItem> items = must(queue_->list(ItemState::Open, 10));
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].deleted_at, "2024-12-01T00:00:00Z");
  EXPECT_EQ(items[0].received, "received of a");
  EXPECT_EQ(items[1].deleted_at, std::nullopt);
}

TEST_P(ReviewQueueContract, TheFirstDeletionStands) {
  const Run run = must(queue_->begin_run(make_run()));
  commit(run.id, {make_item("a")}, {{"a", "first"}, {"a", "second"}});
  EXPECT_EQ(commit(run.id, {make_item("a")}, {{"a", "third"}}), (QueueCounts{.known = 1}));
  EXPECT_EQ(must(queue_->list(ItemState::Open, 10))[0].deleted_at, "first");
}

TEST_P(ReviewQueueContract, ADeletionOfAnUnknownKeyIsPassedOver) {
  const Run run = must(queue_->begin_run(make_run()));
  EXPECT_EQ(commit(run.id, {}, {{"a", "2024-12-01T00:00:00Z"}}), (QueueCounts{}));
  commit(run.id, {make_item("a")});
  EXPECT_EQ(must(queue_->list(ItemState::Open, 10))[0].deleted_at, std::nullopt);
}

TEST_P(ReviewQueueContract, HeldItemsAreMarkedToo) {
  const Run run = must(queue_->begin_run(make_run()));
  commit(run.id, {make_item("a", {{"r", 1}}), make_item("b", {{"r", 1}})}, {{"b", "then"}});
  EXPECT_EQ(must(queue_->list(ItemState::Held, 10))[0].deleted_at, "then");
}

// All or nothing.

TEST_P(ReviewQueueContract, AFailingCommitLeavesNothing) {
  const Run run = must(queue_->begin_run(make_run()));
  commit(run.id, {make_item("a", {{"r", 2}})}, {}, {"position 1", "statistics 1"});
  for (const CommitStep step :
       {CommitStep::BeforeBegin, CommitStep::AfterItems, CommitStep::BeforeCommit}) {
    failing_step_ = step;
    const std::vector<ReviewItem> items = {make_item("b", {{"r", 2}}), make_item("a")};
    const std::vector<ItemDeletion> deletions = {{"a", "2024-12-01T00:00:00Z"}};
    EXPECT_FALSE(queue_->commit(run.id, items, deletions, {"position 2", "statistics 2"}));
    failing_step_.reset();
    EXPECT_EQ(open_keys(), (Keys{"a"}));
    EXPECT_EQ(must(queue_->list(ItemState::Open, 10))[0].deleted_at, std::nullopt);
    const Run again = must(queue_->begin_run(make_run()));
    ASSERT_TRUE(again.unfinished);
    EXPECT_EQ(again.unfinished->checkpoint.position, "position 1");
    EXPECT_EQ(again.unfinished->checkpoint.statistics, "statistics 1");
    EXPECT_EQ(again.unfinished->keys, (Keys{"a"}));
  }
  // The quota's counters were undone too: b is the second of the day.
  EXPECT_EQ(commit(run.id, {make_item("b", {{"r", 2}})}), (QueueCounts{.open = 1}));
  EXPECT_EQ(must(queue_->finish_run(run.id, "{}")), (QueueCounts{.open = 2}));
}

TEST_P(ReviewQueueContract, AfterTheCommitAllIsThereEvenIfTheCallerNeverHears) {
  const Run run = must(queue_->begin_run(make_run()));
  failing_step_ = CommitStep::AfterCommit;
  const std::vector<ReviewItem> items = {make_item("a")};
  EXPECT_FALSE(queue_->commit(run.id, items, {}, {"position", "statistics"}));
  failing_step_.reset();
  const Run again = must(queue_->begin_run(make_run()));
  ASSERT_TRUE(again.unfinished);
  EXPECT_EQ(again.unfinished->checkpoint.position, "position");
  EXPECT_EQ(again.unfinished->keys, (Keys{"a"}));
  EXPECT_EQ(must(queue_->finish_run(again.id, "{}")), (QueueCounts{.open = 1}));
}

TEST_P(ReviewQueueContract, AnEmptyCommitMovesTheCheckpoint) {
  const Run run = must(queue_->begin_run(make_run()));
  EXPECT_EQ(commit(run.id, {}, {}, {"position", "statistics"}), (QueueCounts{}));
  const Run again = must(queue_->begin_run(make_run()));
  ASSERT_TRUE(again.unfinished);
  EXPECT_EQ(again.unfinished->checkpoint.position, "position");
  EXPECT_EQ(again.unfinished->keys, Keys{});
}

TEST_P(ReviewQueueContract, ACheckpointMayBeEmptyText) {
  const Run run = must(queue_->begin_run(make_run()));
  commit(run.id, {make_item("a")}, {}, {"", ""});
  const Run again = must(queue_->begin_run(make_run()));
  ASSERT_TRUE(again.unfinished);
  EXPECT_EQ(again.unfinished->checkpoint.position, "");
}

TEST_P(ReviewQueueContract, KeepsAnyBytes) {
  using namespace std::string_literals;
  const std::vector<std::string> texts = {
      "it's \"quoted\"; DROP TABLE item; -- $1 ?1 :x @y",
      "nul \0 inside \0"s,
      "\0"s,
      "emoji 2️⃣ 👩‍👩‍👧 🏴‍☠️, Arabic \xD8\xA8",
      "no UTF-8: \xFF\xFE\xC3",
      std::string(100'000, 'x') + "end",
      "",
      "line\r\nends\n",
  };
  const Run run = must(queue_->begin_run(make_run()));
  std::vector<ReviewItem> items;
  for (const std::string& text : texts) {
    ReviewItem item = make_item("key/" + text);
    item.flag = item.received = item.level = item.subject = item.basis = text;
    item.rules = {{text, 1}};
    item.candidates = {{text, text}, {text, std::nullopt}};
    items.push_back(item);
  }
  EXPECT_EQ(commit(run.id, items), (QueueCounts{.open = texts.size()}));
  EXPECT_EQ(commit(run.id, items), (QueueCounts{.known = texts.size()}));
  const std::vector<ListedItem> listed = must(queue_->list(ItemState::Open, 100));
  ASSERT_EQ(listed.size(), texts.size());
  for (std::size_t i = 0; i < texts.size(); i++) {
    EXPECT_EQ(listed[i].key, "key/" + texts[i]);
    EXPECT_EQ(listed[i].flag, texts[i]);
    EXPECT_EQ(listed[i].received, texts[i]);
    EXPECT_EQ(listed[i].level, texts[i]);
  }
}

TEST_P(ReviewQueueContract, ErrorsSayWhichQueue) {
  const Result<QueueCounts> refused = queue_->commit(17, {}, {}, {"", ""});
  ASSERT_FALSE(refused);
  const std::string url = GetParam();
  EXPECT_NE(refused.error().message.find(url == "sqlite:" ? "queue.sqlite" : url),
            std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(All, ReviewQueueContract, testing::Values("memory:", "sqlite:"),
                         [](const testing::TestParamInfo<const char*>& url_info) {
                           const std::string url = url_info.param;
                           return url.substr(0, url.size() - 1);
                         });

}  // namespace
}  // namespace pantau
