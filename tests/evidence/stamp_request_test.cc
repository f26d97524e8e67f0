// A time stamp is asked of an authority that answers as authorities do: in time, late, out of
// order, or with something else.
#include "pipeline/evidence/stamp_request.h"

#include <gtest/gtest.h>

#include <deque>

#include "pipeline/evidence/seal.h"
#include "tests/evidence/stamper.h"

namespace pantau {
namespace {

constexpr std::string_view kData = "the tag manifest";
constexpr long kDay = 86'400;

Instant now() {
  return std::chrono::floor<Instant::duration>(std::chrono::system_clock::now());
}

// Answers what it was told to, in turn, and keeps what it was asked.
class ScriptedFetcher final : public Fetcher {
 public:
  void start(std::uint64_t ticket, HttpRequest request) override {
    asked.push_back(std::move(request));
    script.front().ticket = ticket;
  }
  std::vector<Fetched> wait(std::chrono::milliseconds) override {
    std::vector<Fetched> done;
    done.push_back(std::move(script.front()));
    script.pop_front();
    return done;
  }
  void wake() override {}

  std::deque<Fetched> script;
  std::vector<HttpRequest> asked;
};

Fetched answer(int status, std::string body, std::string type = "application/timestamp-reply") {
  Fetched fetched;
  fetched.answer = HttpAnswer{status, {{"content-type", std::move(type)}}, std::move(body)};
  return fetched;
}

Fetched fault(HttpFault which) {
  Fetched fetched;
  fetched.fault = which;
  fetched.detail = "as scripted";
  return fetched;
}

struct StampRequest : testing::Test {
  Stamper stamper{made_up_stamper(-kDay, kDay)};
  TimestampSettings settings{"http://tsa.example/tsr", stamper.certificate(), ""};
  ScriptedFetcher fetcher;

  std::string stamp_of(std::string_view data) {
    return stamper.answer(timestamp_request(data).value());
  }
  Result<std::string> fetched(Instant at = now()) {
    return fetch_timestamp(fetcher, settings, kData, at, std::chrono::milliseconds(1));
  }
  std::string refused(Instant at = now()) {
    const Result<std::string> stamp = fetched(at);
    EXPECT_FALSE(stamp);
    return stamp ? "" : stamp.error().message;
  }
};

TEST_F(StampRequest, AsksForTheHashAndTakesAStampOfIt) {
  fetcher.script.push_back(answer(200, stamp_of(kData)));
  const Result<std::string> stamp = fetched();
  ASSERT_TRUE(stamp) << stamp.error().message;
  EXPECT_TRUE(check_timestamp(kData, *stamp, stamper.certificate()));
  ASSERT_EQ(fetcher.asked.size(), 1U);
  EXPECT_EQ(fetcher.asked[0].url, settings.url);
  EXPECT_EQ(fetcher.asked[0].body, timestamp_request(kData).value());
  EXPECT_EQ(fetcher.asked[0].body_type, "application/timestamp-query");
}

TEST_F(StampRequest, AsksAgainWhatMayPass) {
  fetcher.script.push_back(fault(HttpFault::Unreachable));
  fetcher.script.push_back(answer(503, "busy", "text/plain"));
  fetcher.script.push_back(answer(200, stamp_of(kData)));
  EXPECT_TRUE(fetched());
  EXPECT_EQ(fetcher.asked.size(), 3U);
}

TEST_F(StampRequest, GivesUpAfterSomeTries) {
  for (int i = 0; i < kTimestampTriesMax; i++) fetcher.script.push_back(answer(500, ""));
  EXPECT_EQ(refused(), "no time stamp from http://tsa.example/tsr: its answer has status 500");
}

TEST_F(StampRequest, DoesNotAskAgainWhatWillNotPass) {
  fetcher.script.push_back(answer(404, ""));
  EXPECT_NE(refused().find("status 404"), std::string::npos);
  fetcher.script.push_back(fault(HttpFault::Refused));
  EXPECT_NE(refused().find("as scripted"), std::string::npos);
  fetcher.script.push_back(answer(302, ""));
  EXPECT_NE(refused().find("status 302"), std::string::npos);
  EXPECT_EQ(fetcher.asked.size(), 3U);
}

TEST_F(StampRequest, RefusesWhatIsNoStampOfTheData) {
  fetcher.script.push_back(answer(200, stamp_of("other data")));
  EXPECT_NE(refused().find("it does not hold"), std::string::npos);
  fetcher.script.push_back(answer(200, "<html>welcome</html>", "text/html"));
  EXPECT_NE(refused().find("not of the type"), std::string::npos);
  fetcher.script.push_back(answer(200, "no DER"));
  refused();
  fetcher.script.push_back(answer(200, ""));
  refused();
}

TEST_F(StampRequest, RefusesAnAuthorityThatIsNotTheConfiguredOne) {
  Stamper other{made_up_stamper(-kDay, kDay)};
  fetcher.script.push_back(answer(200, other.answer(timestamp_request(kData).value())));
  refused();
}

TEST_F(StampRequest, RefusesAStampOfAnotherTime) {
  for (const auto apart : {-kTimestampSkewMax, kTimestampSkewMax}) {
    fetcher.script.push_back(answer(200, stamp_of(kData)));
    EXPECT_NE(refused(now() + apart * 2).find("one of them is wrong"), std::string::npos);
    fetcher.script.push_back(answer(200, stamp_of(kData)));
    EXPECT_TRUE(fetched(now() + apart / 2));
  }
}

}  // namespace
}  // namespace pantau
