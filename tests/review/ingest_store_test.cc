// What live ingest keeps: cursor and items together, one owner, events of items.
#include "pipeline/review/ingest_store.h"

#include <gtest/gtest.h>

#include "pipeline/review/sqlite.h"
#include "tests/review/queue_fixture.h"

namespace pantau {
namespace {

class IngestStoreTest : public testing::Test {
 protected:
  std::unique_ptr<IngestStore> open(QueueHooks hooks = {}) {
    return must(open_ingest_store(url_, std::move(hooks)));
  }

  static std::vector<StoredSource> begin(IngestStore& store) {
    const std::vector<std::string> names = {"likes", "comments"};
    return must(store.begin("sweep-1", "ST-17/2024", names));
  }

  // Commits items [first, first + count) and the cursor.
  static Result<QueueCounts> commit(IngestStore& store, std::string cursor, std::size_t first,
                                    std::size_t count) {
    const std::vector<ReviewItem> items = make_items(first, count);
    const std::vector<ItemCapture> captures(count, capture());
    IngestCommit commit;
    commit.source = "likes";
    commit.cursor = cursor;
    commit.items = items;
    commit.captures = captures;
    return store.commit(commit);
  }

  static ItemCapture capture() {
    return {.request = "https://example.org/likes?page=1",
            .status = 200,
            .headers = "date: Wed, 27 Nov 2024 00:00:01 GMT\n",
            .received_at = "2024-11-27T00:00:00Z",
            .server_time = "2024-11-27T00:00:01Z",
            .clock_ms = 1000,
            .body_sha256 = std::string(64, 'a'),
            .body_bytes = 1234,
            .received_sha256 = std::string(64, 'b')};
  }

  std::string query(const std::string& sql) {
    const auto database = must(Database::open(path_, std::chrono::seconds(1)));
    return must(database->text(sql.c_str()));
  }

  std::size_t items() {
    const auto queue = must(open_review_queue(url_));
    return must(queue->list(ItemState::Open, 1'000'000)).size();
  }

  TemporaryFolder folder_{TemporaryFolder::memory()};
  std::string path_ = folder_ / "queue.sqlite";
  std::string url_ = "sqlite:" + path_;
};

TEST_F(IngestStoreTest, CursorAndItemsAreKeptTogether) {
  {
    const auto store = open();
    for (const StoredSource& source : begin(*store)) EXPECT_EQ(source.cursor, "");
    EXPECT_EQ(must(commit(*store, "page 2", 0, 3)).open, 3u);
    EXPECT_EQ(must(commit(*store, "page 3", 2, 3)), (QueueCounts{.open = 2, .known = 1}));
  }
  const auto store = open();
  const std::vector<StoredSource> sources = begin(*store);
  EXPECT_EQ(sources[0].name, "likes");
  EXPECT_EQ(sources[0].cursor, "page 3");
  EXPECT_EQ(sources[1].cursor, "");
  EXPECT_EQ(items(), 5u);
}

TEST_F(IngestStoreTest, AFaultAtAnyStepKeepsNeitherOrBoth) {
  for (const CommitStep step : kCommitSteps) {
    std::filesystem::remove(path_);
    QueueHooks hooks;
    bool armed = false;
    hooks.commit_fault = [&](CommitStep reached) -> Status {
      if (armed && reached == step) return fail(Fault::Storage, "a fault made up");
      return std::monostate{};
    };
    {
      const auto store = open(hooks);
      begin(*store);
      must(commit(*store, "page 2", 0, 1));
      armed = true;
      EXPECT_FALSE(commit(*store, "page 3", 1, 1));
    }
    const auto store = open();
    const bool stored = step == CommitStep::AfterCommit;
    EXPECT_EQ(begin(*store)[0].cursor, stored ? "page 3" : "page 2");
    EXPECT_EQ(items(), stored ? 2u : 1u);
  }
}

TEST_F(IngestStoreTest, WhoBeganLastOwnsTheSources) {
  const auto first = open();
  begin(*first);
  const auto second = open();
  begin(*second);
  const auto refused = commit(*first, "page 2", 0, 1);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message,
            path_ +
                ": source \"likes\" is not this process's to read: live ingest was started "
                "again elsewhere");
  EXPECT_FALSE(first->save_health("likes", {}));
  EXPECT_EQ(items(), 0u);
  EXPECT_EQ(must(commit(*second, "page 2", 0, 1)).open, 1u);
}

TEST_F(IngestStoreTest, ACaptureIsKeptWithItsItem) {
  const auto store = open();
  begin(*store);
  must(commit(*store, "page 2", 0, 1));
  EXPECT_EQ(query("SELECT item.key || ' ' || request || ' ' || status || ' ' || headers ||"
                  " received_at || ' ' || server_time || ' ' || clock_ms || ' ' || body_bytes"
                  " FROM item_capture JOIN item ON item.seq = item_capture.item"),
            "instagram/comment/0 https://example.org/likes?page=1 200 date: Wed, 27 Nov 2024 "
            "00:00:01 GMT\n2024-11-27T00:00:00Z 2024-11-27T00:00:01Z 1000 1234");
}

TEST_F(IngestStoreTest, EditsAreEventsOnceEachAndLeaveTheItemAsItWas) {
  const auto store = open();
  begin(*store);
  must(commit(*store, "page 2", 0, 1));
  const std::vector<ItemEdit> edits = {
      {"instagram/comment/0", "2024-11-28T00:00:00Z", "edited, and still flagged", "{}", "new"},
      {"instagram/comment/0", "2024-11-28T00:00:00Z", "edited, and still flagged", "{}", "new"},
      {"instagram/comment/0", "2024-11-29T00:00:00Z", "edited, and no longer flagged", "", ""},
      {"instagram/comment/9", "2024-11-28T00:00:00Z", "edited, and no longer flagged", "", ""}};
  IngestCommit commit;
  commit.source = "likes";
  commit.cursor = "page 3";
  commit.edits = edits;
  must(store->commit(commit));
  EXPECT_EQ(query("SELECT group_concat(event || ' ' || at || ' ' || reason || ' ' ||"
                  " ifnull(CAST(received AS TEXT), '-'), '; ') FROM item_event"),
            "edited 2024-11-28T00:00:00Z edited, and still flagged new; "
            "edited 2024-11-29T00:00:00Z edited, and no longer flagged -");
  EXPECT_EQ(query("SELECT CAST(received AS TEXT) FROM item"), "received of instagram/comment/0");
}

TEST_F(IngestStoreTest, HealthIsKeptOverRuns) {
  SourceHealth health;
  health.state = SourceState::Waiting;
  health.detail = "HTTP status 429";
  health.next_at = "2024-11-27T14:05:00Z";
  health.requests = 7;
  health.faults = 2;
  {
    const auto store = open();
    begin(*store);
    must(store->save_health("comments", health));
  }
  const std::vector<StoredSource> sources = must(list_sources(url_, "sweep-1"));
  ASSERT_EQ(sources.size(), 2u);
  EXPECT_EQ(sources[1].name, "comments");
  EXPECT_EQ(sources[1].health, health);
  EXPECT_TRUE(must(list_sources(url_, "another sweep")).empty());
}

TEST_F(IngestStoreTest, OtherQueuesAreRefused) {
  for (const char* const url : {"memory:", "none", "postgresql://host/db"}) {
    EXPECT_FALSE(open_ingest_store(url)) << url;
  }
}

TEST_F(IngestStoreTest, ASweepOfTheSameNameIsNoHindrance) {
  const auto store = open();
  begin(*store);
  const auto queue = must(open_review_queue(url_));
  const pantau::Run run = must(queue->begin_run(make_run()));
  must(commit(*store, "page 2", 0, 1));
  EXPECT_EQ(must(queue->commit(run.id, make_items(0, 2), {}, {"position", "statistics"})),
            (QueueCounts{.open = 1, .known = 1}));
}

}  // namespace
}  // namespace pantau
