// The loop with a made-up clock and a made-up network: who is asked when, and what is kept.
#include "pipeline/ingest/ingest_loop.h"

#include <gtest/gtest.h>

#include <functional>

#include "pipeline/output/sha256.h"
#include "pipeline/review/sqlite.h"
#include "tests/ingest/ingest_world.h"
#include "tests/ingest/paged_source.h"

namespace pantau {
namespace {

const Instant kStart = *parse_rfc3339("2024-11-27T06:00:00Z");  // 14:00:00 in the sweep's zone

class HandClock final : public IngestClock {
 public:
  Instant now() override { return kStart + passed_; }
  Duration elapsed() override { return passed_; }
  void pass(Duration time) { passed_ += time; }

 private:
  Duration passed_{0};
};

// Answers at once, by the script; waiting with nothing to answer lets the clock run.
class ScriptedFetcher final : public Fetcher {
 public:
  using Script = std::function<Fetched(const HttpRequest&, std::size_t nth)>;
  ScriptedFetcher(HandClock& clock, Script script) : clock_(clock), script_(std::move(script)) {}

  void start(std::uint64_t ticket, HttpRequest request) override {
    Fetched fetched = script_(request, requests.size());
    fetched.ticket = ticket;
    requests.push_back(std::move(request));
    asked_at.push_back(clock_.elapsed());
    done_.push_back(std::move(fetched));
  }

  std::vector<Fetched> wait(std::chrono::milliseconds longest) override {
    if (done_.empty()) {
      clock_.pass(std::max(longest, std::chrono::milliseconds(1)));
      return {};
    }
    return std::exchange(done_, {});
  }

  void wake() override {}

  std::vector<HttpRequest> requests;
  std::vector<Duration> asked_at;

 private:
  HandClock& clock_;
  Script script_;
  std::vector<Fetched> done_;
};

Fetched answered(int status, std::string body, std::vector<Header> headers = {}) {
  Fetched fetched;
  body.reserve(body.size() + kHttpPaddingBytes);
  fetched.answer = HttpAnswer{status, std::move(headers), std::move(body)};
  return fetched;
}

Fetched broken(HttpFault fault) {
  return {0, std::nullopt, fault, std::string(name_of(fault))};
}

// The page that a URL asks for, as it should be answered.
Fetched sound(const HttpRequest& request) {
  return answered(200, page_text(std::stoi(request.url.substr(request.url.rfind('=') + 1))));
}

class IngestLoopTest : public testing::Test {
 protected:
  static constexpr char kSource[] = R"([[source]]
name = "likes"
platform = "paged"
server = "https://paged.example"
requests_per_minute = 6000
)";

  IngestEnd run(const ScriptedFetcher::Script& script) {
    auto settings = read_ingest_settings(world_.file(), {}, kTestPlatforms);
    EXPECT_TRUE(settings.has_value()) << settings.error().message;
    auto store = open_ingest_store(world_.url());
    EXPECT_TRUE(store.has_value());
    const Engine engine = world_.engine();
    fetcher_.emplace(clock_, script);
    said_.clear();
    IngestSurroundings around{
        .engine = engine,
        .store = **store,
        .fetcher = *fetcher_,
        .clock = clock_,
        .zone = world_.config().zone,
        .tell = [&](std::string_view line) { said_ += std::string(line) + '\n'; },
        .stop = &stop_};
    IngestLoop loop(std::move(around), *settings, limits_, {"live", "ST-1"});
    const Result<IngestEnd> end = loop.run();
    EXPECT_TRUE(end.has_value()) << end.error().message;
    return *end;
  }

  StoredSource stored() {
    const auto sources = list_sources(world_.url(), "live");
    EXPECT_TRUE(sources.has_value() && !sources->empty());
    return sources->front();
  }

  std::string query(const std::string& sql) {
    auto database = Database::open(world_.url().substr(7), std::chrono::seconds(1));
    return *(*database)->text(sql.c_str());
  }

  // The pause between the first two requests, if the first is answered so and the rest is sound.
  Duration pause_after(const Fetched& first) {
    world_.write_sources(kSource);
    std::filesystem::remove(world_.url().substr(7));
    run([&](const HttpRequest& request, std::size_t nth) {
      return nth == 0 ? first : sound(request);
    });
    EXPECT_EQ(world_.keys(), IngestWorld::all_keys());
    return fetcher_->asked_at.at(1) - fetcher_->asked_at.at(0);
  }

  IngestWorld world_{kSource};
  HandClock clock_;
  IngestLimits limits_;
  std::atomic<bool> stop_ = false;
  std::optional<ScriptedFetcher> fetcher_;
  std::string said_;
};

TEST_F(IngestLoopTest, ReadsToTheEndAndEndsByItself) {
  const IngestEnd end = run([](const HttpRequest& request, std::size_t) { return sound(request); });
  EXPECT_FALSE(end.stopped);
  EXPECT_FALSE(end.source_failed);
  EXPECT_EQ(world_.keys(), IngestWorld::all_keys());
  const StoredSource source = stored();
  EXPECT_EQ(source.cursor, "end");
  EXPECT_EQ(source.health.state, SourceState::Exhausted);
  EXPECT_EQ(source.health.requests, 4u);
  EXPECT_EQ(source.health.records, 16u);
  EXPECT_EQ(source.health.flags, 8u);
}

TEST_F(IngestLoopTest, ASecondRunIsANewRoundAndAddsNothing) {
  for (int i = 0; i < 2; i++) {
    run([](const HttpRequest& request, std::size_t) { return sound(request); });
  }
  EXPECT_EQ(fetcher_->requests.size(), 4u);
  EXPECT_EQ(world_.keys(), IngestWorld::all_keys());
}

TEST_F(IngestLoopTest, StoppedAnywhereItGoesOnThere) {
  for (std::size_t at = 0; at < 4; at++) {
    std::filesystem::remove(world_.url().substr(7));
    stop_ = false;
    const IngestEnd end = run([&](const HttpRequest& request, std::size_t nth) {
      if (nth == at) stop_ = true;
      return sound(request);
    });
    EXPECT_TRUE(end.stopped);
    EXPECT_EQ(world_.keys().size(), 2 * (at + 1));
    stop_ = false;
    run([](const HttpRequest& request, std::size_t) { return sound(request); });
    EXPECT_EQ(fetcher_->requests.size(), at == 3 ? 4 : 3 - at);
    EXPECT_EQ(world_.keys(), IngestWorld::all_keys());
  }
}

// What each platform's headers ask for is waited for: not less, and not much more.
TEST_F(IngestLoopTest, WaitsAsThePlatformAsks) {
  const Duration kSlack = std::chrono::milliseconds(500);
  using std::chrono::seconds;
  struct Case {
    std::vector<Header> headers;
    seconds wait;
  };
  const std::vector<Case> cases = {
      {{{"retry-after", "300"}}, seconds(300)}, {{{"retry-after", "0"}}, seconds(30)},
      {{{"retry-after", "1.5"}}, seconds(1)},   {{{"retry-after", "99999999999"}}, seconds(3600)},
      {{{"retry-after", "soon"}}, seconds(30)}, {{{"retry-after", "-5"}}, seconds(30)},
      {{{"retry-after", "nan"}}, seconds(30)},  {{}, seconds(30)},
  };
  for (const Case& one : cases) {
    const Duration pause = pause_after(answered(429, "", one.headers));
    EXPECT_GE(pause, one.wait);
    EXPECT_LE(pause, one.wait + seconds(1) + kSlack) << one.wait.count();
  }
}

TEST_F(IngestLoopTest, PointsInTimeAreByTheServersClock) {
  using std::chrono::seconds;
  // The clock goes on from case to case, so each is reckoned from now.
  const auto at = [&](seconds later) { return clock_.now() + later; };
  const auto http_date = [](Instant time) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    char text[64];
    std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", std::gmtime(&seconds));
    return std::string(text);
  };
  const auto epoch = [](Instant time, int divisor) {
    return std::to_string(time.time_since_epoch().count() / divisor);
  };
  const auto expect_wait = [&](const std::vector<Header>& headers, seconds wait) {
    const Duration pause = pause_after(answered(429, "", headers));
    EXPECT_GE(pause, wait - seconds(1)) << headers.front().value;
    EXPECT_LE(pause, wait + seconds(1)) << headers.front().value;
  };
  expect_wait({{"retry-after", http_date(at(seconds(120)))}}, seconds(120));
  expect_wait({{"ratelimit-reset", epoch(at(seconds(90)), 1'000'000)}}, seconds(90));
  expect_wait({{"x-rate-limit-reset", epoch(at(seconds(90)), 1000)}}, seconds(90));
  expect_wait({{"ratelimit-reset", "45"}}, seconds(45));
  expect_wait({{"x-ratelimit-reset", format_rfc3339(at(seconds(75)) + Duration(212100))}},
              seconds(75));
  // A server whose clock is an hour ahead of ours says the same by its own clock.
  expect_wait({{"ratelimit-reset", epoch(at(seconds(3690)), 1'000'000)},
               {"date", http_date(at(seconds(3600)))}},
              seconds(90));
  // One in the past asks for nothing.
  expect_wait({{"ratelimit-reset", epoch(at(seconds(-50)), 1'000'000)}}, seconds(30));
}

TEST_F(IngestLoopTest, TellsUntilWhenItWaits) {
  pause_after(answered(429, "", {{"retry-after", "300"}}));
  EXPECT_NE(said_.find("likes: waiting until 14:05:00 (HTTP status 429)\n"), std::string::npos)
      << said_;
}

TEST_F(IngestLoopTest, AStormOfRefusalsIsMetWithLongerWaits) {
  run([](const HttpRequest& request, std::size_t nth) {
    return nth < 9 ? answered(429, "") : sound(request);
  });
  for (std::size_t i = 1; i < 9; i++) {
    const Duration pause = fetcher_->asked_at[i] - fetcher_->asked_at[i - 1];
    EXPECT_GE(pause, std::min<Duration>(limits_.wait_first * (1 << (i - 1)), limits_.wait_max));
  }
  EXPECT_EQ(world_.keys(), IngestWorld::all_keys());
}

TEST_F(IngestLoopTest, ASpentBudgetIsWaitedForBeforeItIsRefused) {
  const Duration pause = pause_after(
      answered(200, page_text(1), {{"ratelimit-remaining", "0"}, {"ratelimit-reset", "120"}}));
  EXPECT_GE(pause, std::chrono::seconds(120));
  EXPECT_LE(pause, std::chrono::seconds(122));
}

TEST_F(IngestLoopTest, AWaitHoldsOverARestart) {
  run([&](const HttpRequest&, std::size_t) {
    stop_ = true;
    return answered(429, "", {{"retry-after", "600"}});
  });
  EXPECT_EQ(stored().health.state, SourceState::Waiting);
  stop_ = false;
  const Duration restarted = clock_.elapsed();
  run([](const HttpRequest& request, std::size_t) { return sound(request); });
  EXPECT_GE(fetcher_->asked_at.front() - restarted, std::chrono::seconds(599));
}

TEST_F(IngestLoopTest, FaultsArePausedForWithJitterThenRestedThenGivenUp) {
  const IngestEnd end =
      run([](const HttpRequest&, std::size_t) { return broken(HttpFault::Unreachable); });
  EXPECT_TRUE(end.source_failed);
  ASSERT_EQ(fetcher_->requests.size(), limits_.faults_until_stop);
  for (std::size_t i = 1; i < fetcher_->asked_at.size(); i++) {
    const Duration pause = fetcher_->asked_at[i] - fetcher_->asked_at[i - 1];
    const Duration most =
        i >= limits_.faults_until_rest ? limits_.rest : limits_.pause_first * (1 << (i - 1));
    EXPECT_LE(pause, most + std::chrono::milliseconds(1)) << i;
    if (i >= limits_.faults_until_rest) {
      EXPECT_GE(pause, limits_.rest);
    }
  }
  const StoredSource source = stored();
  EXPECT_EQ(source.cursor, "");
  EXPECT_EQ(source.health.state, SourceState::Stopped);
  EXPECT_EQ(source.health.detail, "no connection, 8 times in a row");
  EXPECT_EQ(source.health.faults, 8u);
}

TEST_F(IngestLoopTest, ASourceThatFailsIsNoHindranceToOthers) {
  world_.write_sources(std::string(kSource) + R"([[source]]
name = "broken"
platform = "paged"
server = "https://broken.example"
)");
  const IngestEnd end = run([](const HttpRequest& request, std::size_t) {
    return request.url.find("broken") != std::string::npos ? answered(503, "") : sound(request);
  });
  EXPECT_TRUE(end.source_failed);
  EXPECT_EQ(world_.keys(), IngestWorld::all_keys());
}

TEST_F(IngestLoopTest, WhatAPersonMustMendStopsAtOnce) {
  for (const int status : {400, 401, 403, 404, 410, 451}) {
    std::filesystem::remove(world_.url().substr(7));
    const IngestEnd end =
        run([&](const HttpRequest&, std::size_t) { return answered(status, ""); });
    EXPECT_TRUE(end.source_failed);
    EXPECT_EQ(fetcher_->requests.size(), 1u);
    EXPECT_EQ(stored().health.detail, "HTTP status " + std::to_string(status));
  }
}

TEST_F(IngestLoopTest, AHostsBudgetIsKept) {
  world_.write_sources(R"([[source]]
name = "likes"
platform = "paged"
server = "https://paged.example"
requests_per_minute = 6
)");
  limits_.burst = 2;
  run([](const HttpRequest& request, std::size_t) { return sound(request); });
  const std::vector<Duration>& at = fetcher_->asked_at;
  EXPECT_LT(at[1] - at[0], std::chrono::seconds(1));
  EXPECT_GE(at[2] - at[1], std::chrono::seconds(9));
  EXPECT_GE(at[3] - at[2], std::chrono::seconds(10));
}

TEST_F(IngestLoopTest, FollowingGoesOnWithRounds) {
  world_.write_sources(std::string("[ingest]\nfollow = true\nround_seconds = 600\n") + kSource);
  const IngestEnd end = run([&](const HttpRequest& request, std::size_t nth) {
    if (nth == 9) stop_ = true;
    return sound(request);
  });
  EXPECT_TRUE(end.stopped);
  EXPECT_GE(fetcher_->asked_at[4] - fetcher_->asked_at[3], std::chrono::seconds(600));
  EXPECT_EQ(world_.keys(), IngestWorld::all_keys());
}

TEST_F(IngestLoopTest, TokensGoToTheirPlacesAndNowhereElse) {
  ::setenv("PANTAU_TEST_TOKEN", "s3cret-token", 1);
  for (const std::string use : {"bearer", "parameter"}) {
    world_.write_sources(std::string(kSource) + "token = \"" + use +
                         "\"\ntoken_env = \"PANTAU_TEST_TOKEN\"\n");
    run([](const HttpRequest& request, std::size_t) { return sound(request); });
    const HttpRequest& request = fetcher_->requests.front();
    EXPECT_EQ(request.bearer, use == "bearer" ? "s3cret-token" : "");
    EXPECT_EQ(request.key_parameter, use == "bearer" ? "" : "s3cret-token");
    EXPECT_EQ(request.url.find("s3cret"), std::string::npos);
    EXPECT_EQ(said_.find("s3cret"), std::string::npos);
  }
  EXPECT_EQ(read_file(world_.url().substr(7)).find("s3cret"), std::string::npos);
}

TEST_F(IngestLoopTest, DeletionsAndEditsAreEvents) {
  const std::string edited = liked("a", "subject", R"(,"edited_at":"2024-11-02T00:00:00Z")");
  const std::vector<std::string> pages = {
      liked("a") + liked("b") + next_page(2),
      edited + removed("b", "2024-11-03T00:00:00Z") + removed("x", "2024-11-03T00:00:00Z") +
          liked("c", "subject", R"(,"edited_at":"2024-11-04T00:00:00Z")") + next_page(3),
      edited + removed("b", "2024-11-05T00:00:00Z") + next_page(0)};
  run([&](const HttpRequest&, std::size_t nth) { return answered(200, pages.at(nth)); });
  EXPECT_EQ(world_.keys(),
            (std::vector<std::string>{"paged/like/a", "paged/like/b deleted 2024-11-03T00:00:00Z",
                                      "paged/like/c"}));
  EXPECT_EQ(query("SELECT group_concat(key || ' ' || event || ' ' || at || ' ' || reason, '; ')"
                  " FROM item_event JOIN item ON item.seq = item_event.item"),
            "paged/like/a edited 2024-11-02T00:00:00Z edited, and still flagged; "
            "paged/like/c edited 2024-11-04T00:00:00Z edited before it was first read; "
            "paged/like/b deleted 2024-11-03T00:00:00Z deleted by its author");
}

TEST_F(IngestLoopTest, AFailedReadIsNoDeletion) {
  run([](const HttpRequest& request, std::size_t) { return sound(request); });
  for (const int status : {404, 410, 403, 500}) {
    run([&](const HttpRequest&, std::size_t) { return answered(status, ""); });
  }
  run([](const HttpRequest&, std::size_t) { return answered(200, next_page(0)); });  // all gone
  EXPECT_EQ(world_.keys(), IngestWorld::all_keys());
  EXPECT_EQ(query("SELECT count(*) FROM item_event"), "0");
}

TEST_F(IngestLoopTest, EvidenceIsCapturedWithEachFlag) {
  const std::vector<Header> headers = {{"date", "Wed, 27 Nov 2024 06:00:02 GMT"},
                                       {"set-cookie", "session=1"},
                                       {"content-type", "application/x-ndjson"}};
  run([&](const HttpRequest& request, std::size_t nth) {
    return nth == 0 ? answered(200, page_text(1), headers) : sound(request);
  });
  EXPECT_EQ(query("SELECT request || ' ' || status || ' ' || received_at || ' ' || server_time ||"
                  " ' ' || clock_ms || ' ' || body_bytes || ' ' || headers FROM item_capture"),
            "https://paged.example/page?n=1 200 2024-11-27T06:00:00Z 2024-11-27T06:00:02Z 2000 " +
                std::to_string(page_text(1).size()) +
                " date: Wed, 27 Nov 2024 06:00:02 GMT\ncontent-type: application/x-ndjson\n");
  EXPECT_EQ(query("SELECT body_sha256 FROM item_capture"), sha256_hex(page_text(1)));
  std::string line = liked("mine-1-0");
  line.pop_back();
  EXPECT_EQ(query("SELECT received_sha256 FROM item_capture"), sha256_hex(line));
  EXPECT_EQ(query("SELECT CAST(received AS TEXT) FROM item"), line);
  EXPECT_EQ(query("SELECT count(*) FROM item_capture"), "8");
}

}  // namespace
}  // namespace pantau
