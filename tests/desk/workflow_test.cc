// The desk against its slow twin: whatever people do, and in whatever order, each act is done or
// refused as the rules say, the items end in the same states, and the counts that lists are sorted
// by are those of a recount.
#include <random>

#include "tests/desk/office.h"
#include "tests/desk/plain_workflow.h"

namespace pantau {
namespace {

constexpr std::int64_t kItems = 12;
constexpr int kActs = 1500;

std::string words(const Reasons& reasons) {
  std::string text;
  for (const std::string& reason : reasons) text += (text.empty() ? "" : "|") + reason;
  return text.empty() ? "done" : text;
}

class Workflow : public Office, public testing::WithParamInterface<unsigned> {
 protected:
  void SetUp() override {
    Office::SetUp();
    file_ = must(Database::open(path_, std::chrono::seconds(5)));
    set("bulk_max", std::to_string(PlainWorkflow::kBulkMax));
    set("blind_percent", "100");
    std::set<std::int64_t> all;
    std::set<std::int64_t> far;
    for (std::int64_t item = 1; item <= kItems; item++) {
      plain_.items[item] = {};
      all.insert(item);
      if (item % 3 == 0) far.insert(item);  // the region 64.71
    }
    plain_.people[ana_] = {true, false, true, all};
    plain_.people[adi_] = {true, false, true, all};
    plain_.people[sri_] = {false, true, true, all};
    plain_.people[both_] = {true, true, true, all};
    plain_.people[far_] = {true, true, true, far};
    plain_.people[kasus_] = {false, false, true, all};
    plain_.people[audit_] = {false, false, false, {}};
    people_ = {ana_, adi_, sri_, both_, both_, far_, kasus_, audit_};
  }

  int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(dice_); }
  ItemSeq any_item() { return 1 + below(kItems); }
  Caller caller(StaffId staff) const { return as(staff, static_cast<int>(plain_.now)); }
  std::int64_t next_decision() {
    return std::stoll(look("SELECT coalesce(max(seq), 0) + 1 FROM decision"));
  }
  // Mostly the one that holds now.
  std::int64_t any_fence(ItemSeq item) {
    return plain_.items[item].fence - (below(12) == 0 ? 1 : 0);
  }

  template <class T>
  void same(const Reasons& expected, const Answer<T>& got, const std::string& what) {
    const std::string reason = refusal_of(got);
    const bool agrees = expected.empty() ? reason.empty() : expected.contains(reason);
    ASSERT_TRUE(agrees) << what << " after " << plain_.now << " s: " << words(expected)
                        << ", but the desk says " << (reason.empty() ? "done" : reason);
  }

  void claim(StaffId staff) {
    const ItemSeq item = any_item();
    const Reasons expected = plain_.claim(staff, item);
    const Answer<Claim> got = claim_item(*desk_, caller(staff), item);
    same(expected, got, "claim");
    ASSERT_TRUE(!got || got->fence == plain_.items[item].fence);
  }
  void renew(StaffId staff) {
    const ItemSeq item = any_item();
    const std::int64_t fence = any_fence(item);
    const Reasons expected = plain_.renew(staff, item, fence);
    same(expected, renew_claim(*desk_, caller(staff), item, fence), "renew");
  }
  void release(StaffId staff) {
    const ItemSeq item = any_item();
    const std::int64_t fence = any_fence(item);
    must_answer(release_claim(*desk_, caller(staff), item, fence));
    plain_.release(staff, item, fence);
  }
  // Mostly by who has it on the table.
  void decide_one(StaffId staff) {
    // Seldom "confirm", which nothing leads out of.
    const char* const kActions[] = {"dismiss", "needs_info", "propose",
                                    "return",  "return",     below(3) == 0 ? "confirm" : "propose"};
    DecisionRequest request;
    request.item = any_item();
    const auto& holder = plain_.items[request.item].holder;
    if (holder && below(10) > 0) staff = *holder;
    request.fence = any_fence(request.item);
    request.action = kActions[below(6)];
    const bool is_careless = below(15) == 0;
    if ((request.action == "dismiss") != is_careless) request.reason = "sarcasm";
    if (!is_careless) request.note = "because";
    const std::int64_t number = next_decision();
    const Reasons expected = plain_.decide(staff, request.item, request.fence, request.action,
                                           !request.reason.empty(), !request.note.empty(), number);
    same(expected, decide(*desk_, caller(staff), request), request.action);
  }
  void undo(StaffId staff) {
    const std::int64_t number = next_decision();
    const std::int64_t decision = std::max<std::int64_t>(1, number - 1 - below(3));
    const auto maker = look("SELECT staff FROM decision WHERE seq = " + std::to_string(decision));
    if (!maker.empty() && below(5) > 0) staff = std::stoll(maker);
    const Reasons expected = plain_.undo(staff, decision, number);
    const std::string action =
        look(("SELECT 'undo of ' || action FROM decision WHERE seq = " + std::to_string(decision))
                 .c_str());
    same(expected, undo_decision(*desk_, caller(staff), decision), action);
  }
  void reopen(StaffId staff) {
    const ItemSeq item = any_item();
    const std::string note = below(10) == 0 ? "" : "look again";
    const Reasons expected = plain_.reopen(staff, item, !note.empty(), next_decision());
    same(expected, reopen_item(*desk_, caller(staff), item, note), "reopen");
  }
  void bulk(StaffId staff) {
    std::set<ItemSeq> chosen;
    for (int i = 1 + below(4); i > 0; i--) chosen.insert(any_item());
    const std::vector<ItemSeq> items(chosen.begin(), chosen.end());
    const std::int64_t number = std::stoll(look("SELECT coalesce(max(id), 0) + 1 FROM bulk"));
    std::set<std::int64_t> skipped;
    const Reasons expected = plain_.bulk(staff, number, items, next_decision(), skipped);
    const Answer<BulkOutcome> got = bulk_dismiss(*desk_, caller(staff), items, "duplicate", "");
    same(expected, got, "bulk");
    if (!got) return;
    ASSERT_EQ(got->bulk, number);
    ASSERT_EQ(got->skipped.size(), skipped.size());
    for (const SkippedItem& one : got->skipped) ASSERT_TRUE(skipped.contains(one.item));
  }
  void end_bulk(StaffId staff) {
    const BulkId number = std::stoll(look("SELECT coalesce(max(id), 1) FROM bulk")) - below(2);
    const bool approves = below(2) == 0;
    const Reasons expected = plain_.end_bulk(staff, number, approves, next_decision());
    same(expected,
         approves ? approve_bulk(*desk_, caller(staff), number)
                  : refuse_bulk(*desk_, caller(staff), number, "no"),
         approves ? "approve" : "refuse");
  }
  void blind(StaffId staff) {
    const ItemSeq item = any_item();
    const bool agrees = below(2) == 0;
    const BlindVerdict verdict =
        agrees ? BlindVerdict{"dismiss", "sarcasm", ""} : BlindVerdict{"propose", "", "it does"};
    const Reasons expected = plain_.blind(staff, item, agrees, next_decision());
    same(expected, give_blind_verdict(*desk_, caller(staff), item, verdict), "blind verdict");
  }

  void act_once() {
    const StaffId staff =
        people_[static_cast<std::size_t>(below(static_cast<int>(people_.size())))];
    plain_.now += below(20) == 0 ? PlainWorkflow::kLease : below(4);
    const int what = below(100);
    if (what < 35) return claim(staff);
    if (what < 40) return renew(staff);
    if (what < 43) return release(staff);
    if (what < 70) return decide_one(staff);
    if (what < 80) return undo(staff);
    if (what < 85) return reopen(staff);
    if (what < 90) return bulk(staff);
    if (what < 95) return end_bulk(staff);
    blind(staff);
  }

  void check_states() {
    std::string states;
    for (const auto& [number, item] : plain_.items) states += item.state + ',';
    ASSERT_EQ(
        look("SELECT group_concat(state || ',', '') FROM (SELECT state FROM item ORDER BY seq)"),
        states);
    std::size_t decisions = 0;
    for (const auto& [number, item] : plain_.items) decisions += item.decisions.size();
    ASSERT_EQ(look("SELECT count(*) FROM decision"), std::to_string(decisions));
  }

  // What triggers count as items move, counted anew.
  void check_counts() {
    const char* const kWrong =
        "SELECT count(*) FROM pile AS p JOIN (SELECT i.subject, c.contest, c.candidate,"
        " sum(i.state IN ('open', 'needs_info', 'returned')) AS waiting, sum(i.state = 'proposed') "
        "AS proposed,"
        " sum(i.state = 'pending_dismissal') AS pending, sum(i.state = 'confirmed') AS confirmed,"
        " sum(i.state = 'dismissed') AS dismissed FROM item AS i JOIN item_candidate AS c ON "
        "c.item = i.seq"
        " GROUP BY 1, 2, 3) AS n ON n.subject = p.subject AND n.contest = p.contest AND "
        "n.candidate = p.candidate"
        " WHERE p.waiting <> n.waiting OR p.proposed <> n.proposed OR p.pending <> n.pending"
        "  OR p.confirmed <> n.confirmed OR p.dismissed <> n.dismissed OR (p.waiting_since IS "
        "NULL) <> (n.waiting = 0)";
    ASSERT_EQ(look(kWrong), "0");
    const char* const kWrongScore =
        "SELECT count(*) FROM rule_score AS s JOIN (SELECT r.rule, sum(i.state = 'confirmed') AS "
        "confirmed,"
        " sum(i.state = 'dismissed') AS dismissed FROM item_rule AS r JOIN item AS i ON i.seq = "
        "r.item GROUP BY 1) AS n"
        " ON n.rule = s.rule WHERE s.confirmed <> n.confirmed OR s.dismissed <> n.dismissed";
    ASSERT_EQ(look(kWrongScore), "0");
    ASSERT_EQ(look("SELECT sum(items) FROM waiting_minute"),
              look("SELECT count(*) FROM item WHERE state IN ('open', 'needs_info', 'returned')"));
    ASSERT_EQ(look("SELECT count(*) FROM dossier_item"),
              look("SELECT count(*) FROM item WHERE state = 'confirmed'"));
    // Nothing waits for the end of a bulk that has ended.
    ASSERT_EQ(look("SELECT count(*) FROM item AS i WHERE state = 'pending_dismissal' AND NOT "
                   "EXISTS (SELECT 1 FROM"
                   " decision AS d JOIN bulk AS b ON b.id = d.bulk WHERE d.item = i.seq AND "
                   "b.state = 'pending')"),
              "0");
  }

  std::string look(const std::string& sql) { return must(file_->text(sql.c_str())); }

  std::unique_ptr<Database> file_;
  PlainWorkflow plain_;
  std::vector<StaffId> people_;
  std::mt19937 dice_{GetParam()};
};

TEST_P(Workflow, IsThatOfItsTwin) {
  for (int i = 0; i < kActs; i++) {
    act_once();
    if (HasFatalFailure()) return;
    check_states();
    if (HasFatalFailure()) return;
    if (i % 20 == 0) check_counts();
    if (HasFatalFailure()) return;
  }
  EXPECT_TRUE(must(check_audit(*desk_)).ok);
  std::set<std::string> kinds;  // or the test looked at little
  for (const auto& [number, item] : plain_.items) {
    for (const PlainDecision& decision : item.decisions) kinds.insert(decision.action);
  }
  EXPECT_GE(kinds.size(), 6u) << "dismiss, needs_info, propose, confirm, return, undo, reopen, "
                                 "ask_dismissal, approve, refuse";
}
INSTANTIATE_TEST_SUITE_P(Seeds, Workflow, testing::Range(1u, 9u));

}  // namespace
}  // namespace pantau
