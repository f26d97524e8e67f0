// Lists must walk an index in the order that they show: never a whole table, never a sort.
#include "pipeline/desk/query.h"
#include "pipeline/desk/state.h"
#include "tests/desk/office.h"

namespace pantau {
namespace {

class QueryPlans : public Office {
 protected:
  std::string plan_of(const std::string& sql, const std::vector<SqlValue>& values) {
    std::string plan;
    must_answer(desk_->state().each_with(
        "EXPLAIN QUERY PLAN " + sql, [&](const Rows& rows) { plan += rows.text(3) + '\n'; },
        values));
    return plan;
  }
};

TEST_F(QueryPlans, PilesComeOutOfAnIndex) {
  const std::pair<Filter, std::string> cases[] = {
      {{}, "pile_waiting "},
      {{.level = "high"}, "pile_waiting "},
      {{.days_left_max = 3}, "pile_waiting "},
      {{.contest = "c"}, "pile_waiting "},
      {{.contest = "c", .candidate = "1"}, "pile_waiting_by_candidate "},
      {{.agency = "Dinas"}, "pile_waiting_by_agency "},
      {{.region = "63"}, "pile_waiting_by_province "},
      {{.region = "63.08", .kind = "like"}, "pile_waiting_by_regency "},
      {{.rule = "suka", .stage = "campaign"}, "pile_rule_waiting "},
      {{.state = "proposed"}, "pile_proposed "},
      {{.state = "held"}, "pile_held "}};
  for (const auto& [filter, index] : cases) {
    for (const char* after : {"", "1733097600.3"}) {
      Query query;
      const std::string sql =
          must_answer(pile_list_query(desk_->state(), as(ana_), filter, {after, 50}, query));
      const std::string plan = plan_of(sql, query.values());
      EXPECT_NE(plan.find(index), std::string::npos) << plan;
      EXPECT_EQ(plan.find("SCAN"), std::string::npos) << plan;
      EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
    }
  }
}

TEST_F(QueryPlans, ItemsComeOutOfAnIndex) {
  const std::pair<Filter, std::string> cases[] = {{{}, "item_waiting"},
                                                  {{.rule = "suka"}, "item_rule_by_rule"},
                                                  {{.subject = "S-1"}, "item_by_subject"},
                                                  {{.state = "proposed"}, "item_by_state"},
                                                  {{.level = "high"}, "item_waiting"}};
  for (const auto& [filter, index] : cases) {
    Query query(1);
    const std::string sql = must_answer(item_list_query(as(ana_), filter, {"3", 50}, query));
    const std::string plan = plan_of("SELECT i.seq " + sql, query.values());
    EXPECT_NE(plan.find(index), std::string::npos) << plan;
    EXPECT_EQ(plan.find("SCAN"), std::string::npos) << plan;
    EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
  }
}

// By chance too, whatever else is asked: only what a person has is sorted.
TEST_F(QueryPlans, ChanceComesOutOfAnIndex) {
  const Filter filters[] = {{}, {.level = "high"}, {.region = "63.08"}, {.rule = "suka"}};
  for (Filter filter : filters) {
    filter.order = ListOrder::Chance;
    for (const char* after : {"", "-17.1733097600.3"}) {
      Query query;
      const std::string sql =
          must_answer(pile_list_query(desk_->state(), as(ana_), filter, {after, 50}, query));
      const std::string plan = plan_of(sql, query.values());
      EXPECT_NE(plan.find("pile_waiting_by_rank ("), std::string::npos) << plan;
      EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
    }
    for (const char* after : {"", "-17.3"}) {
      Query query(1);
      const std::string sql = must_answer(item_list_query(as(ana_), filter, {after, 50}, query));
      const std::string plan = plan_of("SELECT i.seq " + sql, query.values());
      EXPECT_NE(plan.find("item_waiting_by_rank ("), std::string::npos) << plan;
      EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
    }
  }
}

}  // namespace
}  // namespace pantau
