// The learned ranking at the desk: off until there is enough, hides nothing, says what it did.
#include "pipeline/desk/ranking.h"

#include <algorithm>
#include <set>

#include "pipeline/desk/audit.h"
#include "pipeline/desk/query.h"
#include "pipeline/desk/ranked_acts.h"
#include "pipeline/desk/retention.h"
#include "pipeline/desk/state.h"
#include "tests/desk/office.h"

namespace pantau {
namespace {

constexpr int kPeople = 100;
constexpr int kDecidedEach = 6;  // items of each person that are decided about
constexpr int kWaitingEach = 2;

// An act whose text says what people will decide about it.
ReviewItem act_of(int person, int i, bool is_call) {
  ReviewItem item = make_item("x/post/r" + std::to_string(person) + "-" + std::to_string(i));
  item.subject = "R-" + std::to_string(person);
  item.region = person % 2 == 0 ? "63.08" : "64.71";
  item.platform = "x";
  item.kind = "post";
  item.rules = {{"ajakan", 0}};
  item.candidates = {{"c", i % 2 == 0 ? "1" : "2", "campaign"}};
  const std::string name = i % 2 == 0 ? "Fulan" : "Polan";
  const std::string text = name + (is_call ? " ayo menangkan bersama" : " hadir kata berita koran");
  item.flag =
      R"({"record":{"platform":"x","kind":"post","text":")" + text +
      R"("},"matches":[{"rule":"ajakan","via":"mention","account_type":null,"stage":)"
      R"("campaign","contest":"c","candidate":"1","spans":[{"pattern":"@mention","start":0,)"
      R"("end":5},{"pattern":"ajakan-memilih","start":6,"end":9}]}]})";
  return item;
}

bool is_call(int person, int i) {
  return (person + i) % 3 == 0;
}

class RankingDesk : public Office {
 protected:
  // Fills the queue and, past the desk, puts decisions of two people into it.
  void fill(int people = kPeople) {
    QueueHooks hooks;
    hooks.now = [] { return *parse_rfc3339(kFoundAt); };
    const auto queue = must(open_review_queue(url_, hooks));
    const pantau::Run run = must(queue->begin_run(make_run("print-r", "sweep-r")));
    std::vector<ReviewItem> items;
    for (int i = 0; i < kDecidedEach + kWaitingEach; i++) {
      for (int person = 0; person < people; person++) {
        items.push_back(act_of(person, i, is_call(person, i)));
      }
    }
    must(queue->commit(run.id, items, {}, {"", ""}));
    const std::string decided = "seq BETWEEN 13 AND " + std::to_string(12 + people * kDecidedEach);
    const std::string calls = decided + " AND flag LIKE '%menangkan%'";
    decide_all("propose", "open", "proposed", ana_, calls);
    decide_all("confirm", "proposed", "confirmed", sri_, calls);
    decide_all("dismiss", "open", "dismissed", ana_, decided + " AND flag LIKE '%koran%'");
  }

  void decide_all(const std::string& action, const std::string& from, const std::string& to,
                  StaffId staff, const std::string& which) {
    const std::string who = std::to_string(staff);
    const std::string reason = action == "dismiss" ? "'not_support'" : "NULL";
    EXPECT_EQ(past_the_desk(("INSERT INTO claim SELECT seq, " + who +
                             ", 1, 0, 9000000000000000000 FROM item WHERE " + which +
                             " ON CONFLICT DO UPDATE SET staff = excluded.staff,"
                             "  fence = fence + 1, until = excluded.until;"
                             "INSERT INTO decision (item, staff, fence, at, action, from_state,"
                             " to_state, reason) SELECT seq, " +
                             who + ", (SELECT fence FROM claim WHERE item = seq), " +
                             std::to_string(to_micros(now_)) + ", '" + action + "', '" + from +
                             "', '" + to + "', " + reason + " FROM item WHERE " + which)
                                .c_str()),
              "");
  }

  RankingVersion learn() { return must_answer(train_ranking(*desk_, as(kNobody), "a test")); }
  void rank_all(std::size_t at_once = 300) {
    while (must_answer(rank_items(*desk_, at_once)) > 0) {
    }
  }

  // What a list gives, page by page to its end.
  template <class List, class NumberOf>
  std::vector<std::int64_t> listed_by(List list, NumberOf number_of, std::size_t limit) {
    std::vector<std::int64_t> numbers;
    Page page{"", limit};
    do {
      const auto part = must_answer(list(page));
      for (const auto& row : part.rows) numbers.push_back(number_of(row));
      page.after = part.next;
    } while (!page.after.empty());
    return numbers;
  }
  std::vector<ItemSeq> listed(const Filter& filter, std::size_t limit, StaffId staff = 0) {
    const Caller caller = as(staff == 0 ? ana_ : staff);
    return listed_by([&](const Page& page) { return list_items(*desk_, caller, filter, page); },
                     [](const ItemRow& row) { return row.item; }, limit);
  }
  std::vector<PileId> listed_piles(const Filter& filter, std::size_t limit, StaffId staff = 0) {
    const Caller caller = as(staff == 0 ? ana_ : staff);
    return listed_by([&](const Page& page) { return list_piles(*desk_, caller, filter, page); },
                     [](const PileRow& row) { return row.pile; }, limit);
  }
};

TEST_F(RankingDesk, IsOffUntilSomebodySwitchesABetterOneOn) {
  EXPECT_EQ(refusal_of(train_ranking(*desk_, as(kNobody), "a test")), "conflict");
  const Filter by_chance{.order = ListOrder::Chance};
  EXPECT_EQ(refusal_of(list_items(*desk_, as(ana_), by_chance, {})), "invalid");
  EXPECT_EQ(refusal_of(list_piles(*desk_, as(ana_), by_chance, {})), "invalid");
  EXPECT_EQ(refusal_of(switch_ranking_on(*desk_, as(kNobody), 1, "a test")), "not_found");
  EXPECT_EQ(refusal_of(switch_ranking_off(*desk_, as(kNobody), "a test")), "conflict");
  fill();
  const RankingVersion made = learn();
  EXPECT_EQ(made.version, 1);
  EXPECT_TRUE(made.is_better);
  EXPECT_GT(made.quality.area, 0.99) << "the texts say it all";
  EXPECT_EQ(refusal_of(list_items(*desk_, as(ana_), by_chance, {})), "invalid") << "still off";
  EXPECT_EQ(must_answer(rank_items(*desk_)), 0U);
  EXPECT_FALSE(must_answer(filter_choices(*desk_, as(ana_))).has_chance);
  must_answer(switch_ranking_on(*desk_, as(kNobody), 1, "a test"));
  EXPECT_TRUE(must_answer(filter_choices(*desk_, as(ana_))).has_chance);
  EXPECT_EQ(listed(by_chance, 50), listed({}, 50)) << "nothing is ranked yet: by the clock";
  must_answer(switch_ranking_off(*desk_, as(kNobody), "a test"));
  EXPECT_EQ(refusal_of(list_items(*desk_, as(ana_), by_chance, {})), "invalid");
  EXPECT_EQ(query("SELECT group_concat(action || ' ' || object) FROM (SELECT * FROM audit"
                  " WHERE action LIKE 'rank%' ORDER BY seq)"),
            "rank_train ranking/1,rank_on ranking/1,rank_off ranking/1");
  EXPECT_TRUE(must(check_audit(*desk_)).ok);
}

TEST_F(RankingDesk, ReadsBackWhatItLearned) {
  fill();
  const RankingVersion made = learn();
  const std::vector<RankingVersion> versions = must_answer(list_rankings(*desk_));
  ASSERT_EQ(versions.size(), 1U);
  const RankingVersion& read = versions[0];
  EXPECT_EQ(read.made_at, now_);
  EXPECT_EQ(read.made_by, "a test");
  EXPECT_EQ(read.sha256, made.sha256);
  EXPECT_EQ(read.confirmed, made.confirmed);
  EXPECT_EQ(read.quality.people, made.quality.people);
  EXPECT_EQ(read.quality.dismissed, made.quality.dismissed);
  EXPECT_DOUBLE_EQ(read.quality.area, made.quality.area);
  EXPECT_DOUBLE_EQ(read.quality.better_in, made.quality.better_in);
  ASSERT_EQ(read.quality.bands.size(), kCalibrationBands);
  EXPECT_EQ(read.quality.bands[4].confirmed, made.quality.bands[4].confirmed);
  // The same decisions give the same bytes, as a version of their own.
  EXPECT_EQ(learn().sha256, made.sha256);
  EXPECT_EQ(must_answer(list_rankings(*desk_)).size(), 2U);
  const RankingModel model = must_answer(ranking_model(*desk_, 1));
  for (const RankingWeight& weight : model.weights()) {
    EXPECT_EQ(weight.feature.find("ulan"), std::string::npos) << "a candidate's name";
  }
}

TEST_F(RankingDesk, BothOrdersHaveTheSameRows) {
  fill();
  learn();
  must_answer(switch_ranking_on(*desk_, as(kNobody), 1, "a test"));
  rank_all();
  ASSERT_EQ(must(desk_->catch_up(10'000)), 12U + 800U);
  const Filter filters[] = {{},
                            {.candidate = "1"},
                            {.region = "63"},
                            {.subject = "R-7"},
                            {.kind = "post"},
                            {.rule = "ajakan"},
                            {.stage = "campaign"},
                            {.state = "waiting"},
                            {.state = "open"},
                            {.days_left_max = 4},
                            {.days_left_max = 5},
                            {.text = "ayo menangkan"},
                            {.text = "koran"}};
  for (const Filter& due : filters) {
    Filter chance = due;
    chance.order = ListOrder::Chance;
    for (const StaffId staff : {ana_, far_}) {
      for (const std::size_t limit : {3U, 200U}) {
        std::vector<ItemSeq> items = listed(due, limit, staff);
        std::vector<ItemSeq> by_chance = listed(chance, limit, staff);
        EXPECT_TRUE(std::ranges::is_permutation(items, by_chance)) << due.text << due.region;
        EXPECT_EQ(std::set<ItemSeq>(items.begin(), items.end()).size(), items.size());
        EXPECT_TRUE(std::ranges::is_permutation(listed_piles(due, limit, staff),
                                                listed_piles(chance, limit, staff)))
            << due.text << due.region;
      }
    }
  }
  EXPECT_EQ(listed({}, 50).size(), 12U + kPeople * kWaitingEach);
  EXPECT_EQ(refusal_of(list_items(*desk_, as(ana_),
                                  {.state = "proposed", .order = ListOrder::Chance}, {})),
            "invalid");
}

TEST_F(RankingDesk, WhatIsLikelierComesFirst) {
  fill();
  learn();
  must_answer(switch_ranking_on(*desk_, as(kNobody), 1, "a test"));
  rank_all();
  const std::vector<ItemSeq> by_chance = listed({.kind = "post", .order = ListOrder::Chance}, 7);
  // The first are all calls, by the clock among themselves; items 13 + 100 i are person 0's.
  const auto calls = [](ItemSeq item) {
    return item > 12 && is_call(static_cast<int>((item - 13) % kPeople),
                                static_cast<int>((item - 13) / kPeople));
  };
  const auto count = static_cast<std::ptrdiff_t>(std::ranges::count_if(by_chance, calls));
  ASSERT_GT(count, 50);
  EXPECT_TRUE(std::all_of(by_chance.begin(), by_chance.begin() + count, calls));
  EXPECT_TRUE(std::is_sorted(by_chance.begin(), by_chance.begin() + count));

  const ItemView likely = must_answer(view_item(*desk_, as(ana_), by_chance.front()));
  ASSERT_TRUE(likely.ranking);
  EXPECT_EQ(likely.ranking->version, 1);
  EXPECT_GT(likely.ranking->chance, 0.5);
  ASSERT_FALSE(likely.ranking->reasons.empty());
  EXPECT_GT(likely.ranking->reasons.front().weight, 0);
  // Who judges after somebody else is not told.
  must_answer(act(ana_, by_chance.front(), "propose"));
  EXPECT_FALSE(must_answer(view_item(*desk_, as(sri_), by_chance.front())).ranking);
}

// The rank of every pile is the least of its waiting items, whatever happened to them.
TEST_F(RankingDesk, PilesFollowTheirItems) {
  fill();
  const auto wrong = [&] {
    return query(
        "SELECT count(*) FROM pile AS p WHERE p.rank <> coalesce((SELECT min(i.rank) FROM item AS i"
        " JOIN item_candidate AS c ON c.item = i.seq WHERE i.subject = p.subject AND"
        " c.contest = p.contest AND coalesce(c.candidate, '') = p.candidate AND"
        " i.state IN ('open', 'needs_info', 'returned')), 2147483647)");
  };
  EXPECT_EQ(wrong(), "0");
  learn();
  must_answer(switch_ranking_on(*desk_, as(kNobody), 1, "a test"));
  rank_all(7);
  EXPECT_EQ(wrong(), "0");
  EXPECT_NE(query("SELECT count(*) FROM pile WHERE rank < 2147483647"), "0");
  for (const ItemSeq item : listed({.order = ListOrder::Chance}, 200)) {
    if (item % 3 == 0) must_answer(dismiss(ana_, item));
    if (item % 3 == 1) must_answer(act(ana_, item, "propose"));
  }
  EXPECT_EQ(wrong(), "0");
  // Ranks that change once more, to better and to worse.
  EXPECT_EQ(past_the_desk("UPDATE item SET rank = (seq * 7919) % 1000 - 500"), "");
  EXPECT_EQ(wrong(), "0");
  EXPECT_EQ(past_the_desk("UPDATE item SET rank = (seq * 104729) % 1000 - 500"), "");
  EXPECT_EQ(wrong(), "0");
  set("unreviewed_days", "1");
  must_answer(run_retention(*desk_, as(admin_, 90 * 86'400)));
  EXPECT_EQ(wrong(), "0");
}

TEST_F(RankingDesk, LearnsOnlyOfDecisionsThatStandAndAreAboutTheText) {
  const auto used = [&] {
    std::vector<ItemSeq> items;
    for (const DecidedAct& act : must_answer(decided_acts(desk_->state(), now_))) {
      items.push_back(act.found_as);
    }
    return items;
  };
  must_answer(dismiss(ana_, 1));
  const DecisionOutcome undone = must_answer(dismiss(ana_, 2));
  must_answer(undo_decision(*desk_, as(ana_), undone.decision));
  must_answer(act(ana_, 3, "propose"));
  must_answer(act(sri_, 3, "confirm"));
  must_answer(act(ana_, 5, "propose"));  // nobody has confirmed it yet
  must_answer(dismiss(ana_, 6));
  must_answer(reopen_item(*desk_, as(sri_), 6, "look again"));
  DecisionRequest duplicate;
  duplicate.action = "dismiss";
  duplicate.reason = "duplicate";
  must_answer(claim_and(ana_, 7, duplicate));
  const ItemSeq many[] = {8, 9};
  must_answer(bulk_dismiss(*desk_, as(ana_), many, "not_support", ""));
  EXPECT_EQ(used(), (std::vector<ItemSeq>{1, 3}));
  EXPECT_TRUE(must_answer(decided_acts(desk_->state(), now_ + std::chrono::hours(1))).empty());
  const DecidedAct confirmed = must_answer(decided_acts(desk_->state(), now_)).at(1);
  EXPECT_TRUE(confirmed.is_confirmed);
  EXPECT_EQ(confirmed.person, "S-2");
  EXPECT_EQ(confirmed.region, "64.71");
  EXPECT_EQ(confirmed.candidates, std::vector<std::string>{"c/1"});
  EXPECT_EQ(confirmed.features.front(), "kind:post");
}

TEST_F(RankingDesk, AModelThatWasTamperedWithIsRefused) {
  fill();
  learn();
  EXPECT_EQ(past_the_desk("UPDATE ranking SET model = ''"), "desk:append_only");
  EXPECT_EQ(past_the_desk("DELETE FROM ranking"), "desk:append_only");
  must_answer(switch_ranking_on(*desk_, as(kNobody), 1, "a test"));
  EXPECT_EQ(
      past_the_desk("DROP TRIGGER ranking_stays; UPDATE ranking SET model = model || '1 x:y'"), "");
  EXPECT_EQ(refusal_of(ranking_model(*desk_, 1)), "storage");
  EXPECT_EQ(refusal_of(switch_ranking_on(*desk_, as(kNobody), 1, "a test")), "storage");
  EXPECT_EQ(refusal_of(rank_items(*desk_)), "storage");
  const ItemView view = must_answer(view_item(*desk_, as(ana_), 1));
  EXPECT_FALSE(view.ranking) << "the item is shown all the same";
  EXPECT_EQ(listed({.order = ListOrder::Chance}, 50).size(), listed({}, 50).size());
}

TEST_F(RankingDesk, OneThatIsNoBetterIsNotSwitchedOn) {
  fill();
  learn();
  EXPECT_EQ(past_the_desk("INSERT INTO ranking SELECT 2, made_at, made_by, confirmed, dismissed, 0,"
                          " quality, model, sha256 FROM ranking"),
            "");
  EXPECT_EQ(refusal_of(switch_ranking_on(*desk_, as(kNobody), 2, "a test")), "conflict");
  must_answer(switch_ranking_on(*desk_, as(kNobody), 1, "a test"));
}

}  // namespace
}  // namespace pantau
