// The fast way to a stage against the obvious one: asking for the local day each time.
#include "classifiers/contests/stages.h"

#include <gtest/gtest.h>

#include <random>

namespace pantau {
namespace {

Contest contest_in(const char* zone, bool with_quiet) {
  Contest contest;
  contest.zone = *TimeZone::find(zone);
  contest.determination = *parse_day("2018-10-21");
  contest.campaign = {*parse_day("2018-11-04"), *parse_day("2019-02-10")};
  if (with_quiet) contest.quiet = DayRange{*parse_day("2019-02-14"), *parse_day("2019-02-16")};
  contest.voting = *parse_day("2019-02-17");
  return contest;
}

TEST(Stages, AreThoseOfTheLocalDay) {
  ContestList contests;
  for (const char* zone : {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "America/Sao_Paulo",
                           "America/New_York", "Pacific/Apia", "Etc/UTC"}) {
    contests.push_back(contest_in(zone, true));
    contests.push_back(contest_in(zone, false));
  }
  const Stages stages(contests);
  std::mt19937_64 random(1);
  for (ContestIndex i = 0; i < contests.size(); i++) {
    const Contest& contest = contests[i];
    const auto expect_same = [&](Instant time) {
      ASSERT_EQ(stages.at(i, time), stage_on(contest, contest.zone.day_of(time)))
          << contest.zone.name() << ' ' << format_rfc3339(time);
    };
    for (const Day day : {contest.determination, contest.campaign.first, contest.campaign.last,
                          contest.voting, *parse_day("2019-02-14"), *parse_day("2019-02-18")}) {
      for (int microseconds = -2; microseconds <= 2; microseconds++) {
        expect_same(contest.zone.start_of(day) + std::chrono::microseconds(microseconds));
      }
    }
    for (int n = 0; n < 2'000; n++) {
      expect_same(contest.zone.start_of(contest.determination - std::chrono::days(30)) +
                  std::chrono::seconds(random() % (200 * 86'400)));
    }
  }
}

TEST(Stages, BetweenTwoPeriodsBelongToTheEarlierOne) {
  const Contest contest = contest_in("Asia/Jakarta", true);
  EXPECT_EQ(stage_on(contest, *parse_day("2018-10-20")), Stage::Before);
  EXPECT_EQ(stage_on(contest, *parse_day("2018-10-21")), Stage::Determined);
  EXPECT_EQ(stage_on(contest, *parse_day("2018-11-03")), Stage::Determined);
  EXPECT_EQ(stage_on(contest, *parse_day("2019-02-12")), Stage::Campaign);
  EXPECT_EQ(stage_on(contest, *parse_day("2019-02-16")), Stage::Quiet);
  EXPECT_EQ(stage_on(contest, *parse_day("2019-02-17")), Stage::Voting);
  EXPECT_EQ(stage_on(contest, *parse_day("2019-02-18")), Stage::After);
}

TEST(Regions, LieInEachOtherByTheirParts) {
  EXPECT_TRUE(lies_in("63.08", "63.08"));
  EXPECT_TRUE(lies_in("63.08.01", "63.08"));
  EXPECT_TRUE(lies_in("63.08", "63"));
  EXPECT_TRUE(lies_in("", ""));
  EXPECT_FALSE(lies_in("63.081", "63.08"));
  EXPECT_FALSE(lies_in("63", "63.08"));
  EXPECT_FALSE(lies_in("", "63"));
}

}  // namespace
}  // namespace pantau
