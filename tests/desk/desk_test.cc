// The desk as people meet it: lists, claims, decisions, cases, the log.
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "pipeline/desk/case_file.h"
#include "pipeline/desk/retention.h"
#include "pipeline/desk/statistics.h"
#include "tests/desk/office.h"

namespace pantau {
namespace {

TEST_F(Office, PilesAreSortedAndPagedAndFiltered) {
  Listed<PileRow> all = must_answer(list_piles(*desk_, as(ana_), {}, {}));
  ASSERT_EQ(all.rows.size(), 6u);  // three people × two candidates
  EXPECT_EQ(all.next, "");
  EXPECT_EQ(all.rows[0].waiting, 2);
  EXPECT_EQ(all.rows[0].days_left, 5);  // found on the 2nd, due on the 9th
  EXPECT_EQ(format_rfc3339(all.rows[0].due_at), "2024-12-09T00:00:00Z");
  std::vector<PileId> paged;
  Page page{"", 4};
  do {
    const Listed<PileRow> part = must_answer(list_piles(*desk_, as(ana_), {}, page));
    for (const PileRow& row : part.rows) paged.push_back(row.pile);
    page.after = part.next;
  } while (!page.after.empty());
  ASSERT_EQ(paged.size(), 6u);
  for (std::size_t i = 0; i < 6; i++) EXPECT_EQ(paged[i], all.rows[i].pile);

  const auto count = [&](const Filter& filter) {
    return must_answer(list_piles(*desk_, as(ana_), filter, {})).rows.size();
  };
  EXPECT_EQ(count({.contest = "c", .candidate = "1"}), 3u);
  EXPECT_EQ(count({.region = "63"}), 4u);
  EXPECT_EQ(count({.region = "63.08"}), 4u);
  EXPECT_EQ(count({.region = "6"}), 0u);
  EXPECT_EQ(count({.rule = "suka"}), 3u);
  EXPECT_EQ(count({.kind = "like", .ownership = "known"}), 1u);
  EXPECT_EQ(count({.level = "critical"}), 0u);
  EXPECT_EQ(count({.stage = "campaign", .platform = "x"}), 6u);
  EXPECT_EQ(count({.days_left_max = 4}), 0u);
  EXPECT_EQ(count({.days_left_max = 5}), 6u);
  EXPECT_EQ(count({.state = "proposed"}), 0u);
  EXPECT_EQ(refusal_of(list_piles(*desk_, as(ana_), {.kind = "song"}, {})), "invalid");
  EXPECT_EQ(refusal_of(list_piles(*desk_, as(ana_), {}, {"1.x", 5})), "invalid");
  EXPECT_EQ(refusal_of(list_piles(*desk_, as(admin_), {}, {})), "forbidden");
  EXPECT_EQ(must_answer(list_piles(*desk_, as(far_), {}, {})).rows.size(), 2u);
}

TEST_F(Office, TextIsFoundOnceItWasIndexed) {
  Filter filter;
  filter.text = "dukung \"nomor 7\"";
  EXPECT_EQ(must_answer(list_items(*desk_, as(ana_), filter, {})).rows.size(), 0u);
  EXPECT_EQ(must(desk_->catch_up(5)), 5u);
  EXPECT_EQ(must(desk_->catch_up(50)), 7u);
  EXPECT_EQ(must(desk_->catch_up(50)), 0u);
  const Listed<ItemRow> found = must_answer(list_items(*desk_, as(ana_), filter, {}));
  ASSERT_EQ(found.rows.size(), 1u);
  EXPECT_EQ(found.rows[0].key, "x/post/7");
  EXPECT_EQ(found.rows[0].snippet, "ayo dukung nomor 7");
  EXPECT_EQ(must_answer(list_piles(*desk_, as(ana_), filter, {})).rows.size(), 1u);
  for (const char* odd : {"\"", "*", "a AND", "NEAR(x", "text:", "\"\"\"", "-"}) {
    filter.text = odd;
    EXPECT_TRUE(list_items(*desk_, as(ana_), filter, {})) << odd;
  }
  const Graph links = must_answer(graph(*desk_, as(ana_), "c"));
  ASSERT_EQ(links.links.size(), 6u);
  EXPECT_EQ(links.links[0].account, "x/@paslon");
}

TEST_F(Office, AnItemIsSeenInScopeOnlyAndEveryReadIsLogged) {
  const ItemView view = must_answer(view_item(*desk_, as(ana_), 1));
  EXPECT_EQ(view.row.key, "x/post/0");
  EXPECT_EQ(view.mandate, "ST-17/2024");
  EXPECT_EQ(view.others.size(), 3u);
  EXPECT_EQ(must_answer(received_bytes(*desk_, as(ana_), 1)), "received of x/post/0");
  EXPECT_EQ(refusal_of(view_item(*desk_, as(far_), 1)), "not_found");
  EXPECT_EQ(refusal_of(received_bytes(*desk_, as(far_), 1)), "not_found");
  EXPECT_EQ(refusal_of(claim_item(*desk_, as(far_), 1)), "not_found");
  EXPECT_EQ(refusal_of(view_item(*desk_, as(admin_), 1)), "forbidden");
  EXPECT_EQ(refusal_of(view_item(*desk_, as(audit_), 1)), "forbidden");
  EXPECT_EQ(refusal_of(view_item(*desk_, as(ana_), 99)), "not_found");
  const auto log = must_answer(
      list_audit(*desk_, as(audit_), {.staff = {}, .action = "", .object = "item/1"}, {}));
  ASSERT_EQ(log.rows.size(), 2u);
  EXPECT_EQ(log.rows[0].action, "read_received");
  EXPECT_EQ(log.rows[1].action, "read_item");
  const PersonReport report = must_answer(report_on_person(*desk_, as(audit_), "S-0"));
  EXPECT_EQ(report.items.size(), 4u);
  EXPECT_EQ(report.reads.size(), 2u);
  EXPECT_EQ(refusal_of(report_on_person(*desk_, as(ana_), "S-0")), "forbidden");
}

TEST_F(Office, AClaimThatRanOutDecidesNothing) {
  const Claim first = must_answer(claim_item(*desk_, as(ana_), 1));
  EXPECT_EQ(refusal_of(claim_item(*desk_, as(adi_, 599), 1)), "conflict");
  EXPECT_EQ(must_answer(renew_claim(*desk_, as(ana_, 300), 1, first.fence)).fence, first.fence);
  EXPECT_EQ(refusal_of(claim_item(*desk_, as(adi_, 899), 1)), "conflict");
  const Claim second = must_answer(claim_item(*desk_, as(adi_, 900), 1));
  EXPECT_GT(second.fence, first.fence);
  DecisionRequest request{
      .item = 1, .fence = first.fence, .action = "dismiss", .reason = "sarcasm"};
  EXPECT_EQ(refusal_of(decide(*desk_, as(ana_, 901), request)), "late");
  request.fence = second.fence;  // known to the one, but the other's
  EXPECT_EQ(refusal_of(decide(*desk_, as(ana_, 901), request)), "late");
  EXPECT_EQ(refusal_of(renew_claim(*desk_, as(ana_, 901), 1, first.fence)), "late");
  EXPECT_EQ(must_answer(decide(*desk_, as(adi_, 902), request)).state, "dismissed");
  EXPECT_EQ(refusal_of(decide(*desk_, as(adi_, 903), request)), "late");
  EXPECT_EQ(query("SELECT count(*) FROM decision"), "1");
  const Claim third = must_answer(claim_item(*desk_, as(ana_), 2));
  must_answer(release_claim(*desk_, as(ana_), 2, third.fence));
  EXPECT_GT(must_answer(claim_item(*desk_, as(adi_), 2)).fence, third.fence);
}

TEST_F(Office, TwoPeopleMakeACaseAndOneNever) {
  EXPECT_EQ(must_answer(act(both_, 1, "propose")).state, "proposed");
  EXPECT_EQ(refusal_of(act(both_, 1, "confirm")), "same_person");
  EXPECT_EQ(refusal_of(act(ana_, 1, "confirm")), "forbidden");
  EXPECT_EQ(must_answer(act(sri_, 1, "return")).state, "returned");
  EXPECT_EQ(must_answer(act(ana_, 1, "propose")).state, "proposed");
  EXPECT_EQ(must_answer(list_piles(*desk_, as(sri_), {.state = "proposed"}, {})).rows.size(), 1u);
  const DecisionOutcome done = must_answer(act(both_, 1, "confirm"));
  EXPECT_EQ(done.case_number, "case-2024-000001");
  EXPECT_EQ(query("SELECT proposes FROM decision WHERE action = 'propose' LIMIT 1"),
            R"(["DS-2","DS-6"])");
  DecisionRequest other;
  other.action = "propose";
  other.proposes = {"DS-8"};
  EXPECT_EQ(refusal_of(claim_and(ana_, 3, other)), "invalid");
  other.proposes_reason = "ajakan di grup";
  EXPECT_EQ(must_answer(claim_and(ana_, 3, other)).state, "proposed");

  // Who confirms may see it otherwise, and says why.
  other.action = "confirm";
  other.proposes_reason.clear();
  other.proposes = {"DS-2"};
  EXPECT_EQ(refusal_of(claim_and(both_, 3, other)), "invalid");
  other.proposes = {"DS-8"};
  EXPECT_EQ(must_answer(claim_and(both_, 3, other)).state, "confirmed");
}

// Past the desk, with nothing but SQL.
TEST_F(Office, TheFileKeepsTheRulesItself) {
  EXPECT_EQ(past_the_desk("UPDATE item SET state = 'confirmed' WHERE seq = 1"), "desk:undecided");
  EXPECT_EQ(past_the_desk("DELETE FROM item WHERE seq = 1"), "desk:append_only");
  EXPECT_EQ(past_the_desk("INSERT INTO decision (item, staff, fence, at, action, from_state,"
                          " to_state, reason) VALUES (1, 2, 1, 0, 'dismiss', 'open', 'dismissed',"
                          " 'sarcasm')"),
            "desk:late");
  must_answer(act(both_, 1, "propose"));
  const Claim claim = must_answer(claim_item(*desk_, as(sri_), 1));
  EXPECT_EQ(past_the_desk(
                ("UPDATE claim SET staff = " + std::to_string(both_) + " WHERE item = 1").c_str()),
            "desk:fence");
  EXPECT_EQ(past_the_desk(("UPDATE claim SET fence = fence + 1, staff = " + std::to_string(both_) +
                           " WHERE item = 1; INSERT INTO decision (item, staff, fence, at, action,"
                           " from_state, to_state) VALUES (1, " +
                           std::to_string(both_) + ", " + std::to_string(claim.fence + 1) +
                           ", 0, 'confirm', 'proposed', 'confirmed')")
                              .c_str()),
            "desk:same_person");
  EXPECT_EQ(past_the_desk("UPDATE decision SET action = 'dismiss'"), "desk:append_only");
  EXPECT_EQ(past_the_desk("DELETE FROM decision"), "desk:append_only");
  EXPECT_EQ(past_the_desk("UPDATE audit SET staff = 1"), "desk:append_only");
  EXPECT_EQ(past_the_desk("DELETE FROM audit"), "desk:append_only");
  EXPECT_EQ(past_the_desk("INSERT INTO staff_role VALUES (1, 'analyst')"), "desk:roles");
}

TEST_F(Office, UndoGoesBackOnceWhileNothingWasBuiltOnIt) {
  const DecisionOutcome done = must_answer(dismiss(ana_, 1));
  EXPECT_EQ(refusal_of(undo_decision(*desk_, as(adi_), done.decision)), "not_found");
  EXPECT_EQ(refusal_of(undo_decision(*desk_, as(ana_, 11), done.decision)), "late");
  EXPECT_EQ(must_answer(undo_decision(*desk_, as(ana_, 9), done.decision)).state, "open");
  EXPECT_EQ(refusal_of(undo_decision(*desk_, as(ana_, 9), done.decision)), "conflict");
  EXPECT_EQ(state_of(1), "open");
  const DecisionOutcome proposed = must_answer(act(ana_, 1, "propose"));
  const DecisionOutcome confirmed = must_answer(act(sri_, 1, "confirm"));
  EXPECT_EQ(refusal_of(undo_decision(*desk_, as(ana_, 1), proposed.decision)), "conflict");
  EXPECT_EQ(must_answer(undo_decision(*desk_, as(sri_, 1), confirmed.decision)).state, "proposed");
  EXPECT_EQ(query("SELECT count(*) FROM dossier_item"), "0");
}

TEST_F(Office, AHandOverNeedsToKnowWhoseTheAccountIs) {
  must_answer(act(ana_, 2, "propose"));  // of S-1, whose account is only "known"
  must_answer(act(sri_, 2, "confirm"));
  EXPECT_EQ(refusal_of(hand_over_case(*desk_, as(kasus_), 1, "BKN", "17/2024")), "conflict");
  EXPECT_EQ(past_the_desk("UPDATE dossier SET state = 'handed_over', handed_to = 'x',"
                          " handed_by = 1"),
            "desk:identity");
  NewIdentityStep step{"x", "a1", "berita acara klarifikasi", "text/plain", "bukti"};
  EXPECT_EQ(refusal_of(add_identity_step(*desk_, as(kasus_), 1, {"x", "a2", "d", "t", "e"})),
            "invalid");
  step.evidence.clear();
  EXPECT_EQ(refusal_of(add_identity_step(*desk_, as(kasus_), 1, step)), "invalid");
  step.evidence = "bukti";
  EXPECT_EQ(refusal_of(add_identity_step(*desk_, as(ana_), 1, step)), "forbidden");
  EXPECT_EQ(refusal_of(add_identity_step(*desk_, as(far_), 1, step)), "not_found");
  const std::int64_t id = must_answer(add_identity_step(*desk_, as(kasus_), 1, step));
  EXPECT_EQ(must_answer(identity_evidence(*desk_, as(kasus_), 1, id)), "bukti");
  const CaseView view = must_answer(view_case(*desk_, as(kasus_), 1));
  EXPECT_TRUE(view.row.may_hand_over);
  ASSERT_EQ(view.accounts.size(), 1u);
  EXPECT_TRUE(view.accounts[0].is_settled);
  EXPECT_EQ(view.decisions.size(), 2u);
  must_answer(hand_over_case(*desk_, as(kasus_), 1, "BKN", "17/2024"));
  EXPECT_EQ(refusal_of(case_file(*desk_, as(far_), 1, "{}")), "not_found");
  EXPECT_EQ(refusal_of(case_file(*desk_, as(ana_), 1, "{}")), "forbidden");
  EXPECT_EQ(refusal_of(case_file(*desk_, as(kNobody), 1, "{}")), "forbidden");
  EXPECT_EQ(refusal_of(case_file_for_program(*desk_, as(kNobody).now, 99, "{}")), "not_found");
  EXPECT_EQ(refusal_of(note_bag(*desk_, as(far_), 1, BagEvent::Fetched, "{}")), "not_found");
  const CaseFile file = must_answer(case_file(*desk_, as(kasus_), 1, "{}"));
  EXPECT_EQ(file.number, "case-2024-000001");
  EXPECT_EQ(file.items.at(0).received, "received of x/post/1");
  EXPECT_EQ(file.items.at(0).decisions.size(), 2u);
  EXPECT_EQ(file.items.at(0).explanations.at(0).proposes.size(), 2u);
  EXPECT_EQ(file.identity.at(0).evidence, "bukti");
  // Neither reads nor exports that follow the last change make the file another one.
  EXPECT_EQ(file.custody.back().action, "hand_over");
  EXPECT_EQ(file.exported_at, file.custody.back().at);
  must_answer(view_case(*desk_, as(kasus_), 1));
  must_answer(note_bag(*desk_, as(kasus_), 1, BagEvent::Made, "{}"));
  now_ += std::chrono::hours(1);
  const CaseFile again =
      must_answer(case_file_for_program(*desk_, as(kNobody).now, 1, R"({"via":"test"})"));
  EXPECT_EQ(again.custody.size(), file.custody.size());
  EXPECT_EQ(again.exported_at, file.exported_at);
  EXPECT_EQ(again.exported_by, "");
  EXPECT_EQ(file.handover.value().to, "BKN");
  EXPECT_EQ(refusal_of(hand_over_case(*desk_, as(kasus_), 1, "BKN", "17/2024")), "conflict");
  const std::int64_t hold = must_answer(ask_legal_hold(*desk_, as(kasus_), 1, "perkara"));
  EXPECT_EQ(refusal_of(approve_legal_hold(*desk_, as(kasus_), 1, hold)), "same_person");
  must_answer(approve_legal_hold(*desk_, as(hukum_), 1, hold));
  EXPECT_EQ(refusal_of(release_legal_hold(*desk_, as(kasus_), 1, hold, "n")), "same_person");
}

TEST_F(Office, ABigBulkWaitsForASecondPerson) {
  set("bulk_max", "2");
  const std::vector<ItemSeq> two = {1, 2};
  EXPECT_EQ(must_answer(bulk_dismiss(*desk_, as(ana_), two, "duplicate", "")).state, "done");
  must_answer(claim_item(*desk_, as(adi_), 5));
  const std::vector<ItemSeq> four = {3, 4, 5, 1};
  const BulkOutcome asked = must_answer(bulk_dismiss(*desk_, as(both_), four, "duplicate", ""));
  EXPECT_EQ(asked.state, "pending");
  EXPECT_EQ(asked.items, 2u);
  EXPECT_EQ(asked.skipped.size(), 2u);
  EXPECT_EQ(state_of(3), "pending_dismissal");
  EXPECT_EQ(must_answer(list_bulks(*desk_, as(sri_), "pending", {})).rows.size(), 1u);
  EXPECT_EQ(refusal_of(approve_bulk(*desk_, as(both_), asked.bulk)), "same_person");
  EXPECT_EQ(refusal_of(approve_bulk(*desk_, as(ana_), asked.bulk)), "forbidden");
  EXPECT_EQ(refusal_of(approve_bulk(*desk_, as(far_), asked.bulk)), "not_found");
  EXPECT_EQ(must_answer(approve_bulk(*desk_, as(sri_), asked.bulk)).items, 2u);
  EXPECT_EQ(state_of(4), "dismissed");
  EXPECT_EQ(refusal_of(approve_bulk(*desk_, as(sri_), asked.bulk)), "not_found");
}

TEST_F(Office, BlindReviewsHideTheFirstVerdictAndCountAgreement) {
  set("blind_percent", "100");
  must_answer(dismiss(ana_, 1));
  must_answer(dismiss(both_, 2));
  EXPECT_EQ(must_answer(next_blind_item(*desk_, as(both_))), 1);
  const ItemView view = must_answer(view_item(*desk_, as(sri_), 1));
  EXPECT_EQ(view.decisions.size(), 0u);
  EXPECT_EQ(view.row.state, "open");
  must_answer(give_blind_verdict(*desk_, as(sri_), 1, {"dismiss", "sarcasm", ""}));
  EXPECT_EQ(refusal_of(give_blind_verdict(*desk_, as(sri_), 1, {"dismiss", "sarcasm", ""})),
            "not_found");
  EXPECT_EQ(refusal_of(give_blind_verdict(*desk_, as(both_), 2, {"propose", "", "x"})),
            "not_found");
  must_answer(give_blind_verdict(*desk_, as(sri_), 2, {"propose", "", "it does"}));
  EXPECT_EQ(state_of(2), "open");
  must_answer(act(ana_, 3, "propose"));
  must_answer(act(sri_, 3, "confirm"));
  const Statistics all = must_answer(statistics(*desk_, as(audit_), {}));
  EXPECT_EQ(all.agreement.n, 3);
  EXPECT_EQ(all.agreement.blind_agreed, 1);
  // 1 both propose, 0 first only, 1 second only, 1 both dismiss
  EXPECT_NEAR(all.agreement.kappa.value(), 0.4, 1e-9);
  EXPECT_EQ(all.clock.due_7, 10);  // 12, less 1 dismissed and 1 confirmed
}

TEST_F(Office, TheLogShowsEveryChange) {
  must_answer(dismiss(ana_, 1));
  const AuditCheck before = must(check_audit(*desk_));
  EXPECT_TRUE(before.ok) << before.what;
  EXPECT_GT(before.rows, 10);
  const std::string off =
      "DROP TRIGGER audit_stays; DROP TRIGGER no_audit_goes; DROP TRIGGER audit_goes_on;";
  const struct {
    const char* change;
    std::int64_t broken_at;
  } changes[] = {{"UPDATE audit SET staff = 9 WHERE seq = 5", 5},
                 {"UPDATE audit SET at = at + 1 WHERE seq = 5", 5},
                 {"UPDATE audit SET detail = '{}' WHERE seq = 2", 2},
                 {"UPDATE audit SET hash = prev WHERE seq = 5", 5},
                 {"DELETE FROM audit WHERE seq = 5", 5},
                 {"DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)", before.rows},
                 {"UPDATE audit SET seq = 1000 WHERE seq = 5; UPDATE audit SET seq = 5 WHERE seq ="
                  " 6; UPDATE audit SET seq = 6 WHERE seq = 1000",
                  5},
                 {"DELETE FROM audit", 1}};
  for (const auto& [change, broken_at] : changes) {
    const std::string copy = folder_ / "copy";
    std::filesystem::remove(copy);
    ASSERT_EQ(past_the_desk(("VACUUM INTO '" + copy + "'").c_str()), "");
    ASSERT_TRUE(
        must(Database::open(copy, std::chrono::seconds(1)))->execute((off + change).c_str()));
    const AuditCheck check =
        must(check_audit(*must(Desk::open("sqlite:" + copy, TimeZone::utc()))));
    EXPECT_FALSE(check.ok) << change;
    EXPECT_EQ(check.broken_at, broken_at) << change;
  }
}

TEST_F(Office, RetentionLeavesAHashAndTheDecision) {
  must(desk_->catch_up(50));
  must_answer(dismiss(ana_, 1));
  const Caller later = {admin_, now_ + std::chrono::days(31)};
  EXPECT_EQ(must_answer(plan_retention(*desk_, later)).dismissed, 1);
  EXPECT_EQ(state_of(1), "dismissed");
  EXPECT_EQ(must_answer(run_retention(*desk_, later)).dismissed, 1);
  EXPECT_EQ(state_of(1), "reduced");
  EXPECT_EQ(query("SELECT substr(key, 1, 5) || length(key) || flag || length(received) || subject"
                  " FROM item WHERE seq = 1"),
            "hash:690");
  EXPECT_EQ(query("SELECT reason FROM decision WHERE item = 1"), "not_support");
  EXPECT_EQ(query("SELECT count(*) FROM item_text WHERE item_text MATCH '\"nomor 0\"'"), "0");
  EXPECT_EQ(refusal_of(view_item(*desk_, as(ana_), 1)), "not_found");
  const Caller last = {admin_, now_ + std::chrono::days(100)};
  EXPECT_EQ(must_answer(run_retention(*desk_, last)).unreviewed, 11);
  EXPECT_EQ(query("SELECT count(*) FROM pile"), "0");
  EXPECT_EQ(query("SELECT coalesce(sum(items), 0) FROM waiting_minute"), "0");
  EXPECT_EQ(query("PRAGMA integrity_check"), "ok");
  EXPECT_TRUE(must(check_audit(*desk_)).ok);
  EXPECT_EQ(refusal_of(run_retention(*desk_, as(ana_))), "forbidden");
}

TEST_F(Office, SessionsEnd) {
  must_answer(begin_session(*desk_, as(ana_), "hash-of-token", "csrf"));
  EXPECT_EQ(
      must_answer(use_session(*desk_, now_ + std::chrono::minutes(14), "hash-of-token")).staff,
      ana_);
  EXPECT_EQ(refusal_of(use_session(*desk_, now_ + std::chrono::minutes(30), "hash-of-token")),
            "not_found");
  EXPECT_EQ(refusal_of(use_session(*desk_, now_, "another")), "not_found");
  must_answer(begin_session(*desk_, as(adi_), "second", "csrf"));
  must_answer(set_active(*desk_, as(admin_), adi_, false));
  EXPECT_EQ(refusal_of(use_session(*desk_, now_, "second")), "not_found");
  EXPECT_EQ(refusal_of(set_active(*desk_, as(admin_), admin_, false)), "conflict");
  EXPECT_TRUE(must_answer(use_totp_step(*desk_, ana_, 7)));
  EXPECT_FALSE(must_answer(use_totp_step(*desk_, ana_, 7)));
}

// Threads and processes that all want to decide the same items: of each, one does.
TEST_F(Office, OfManyWhoDecideOneDoes) {
  const auto work = [&](StaffId staff) {
    const auto desk = open_desk();
    int decided = 0;
    for (ItemSeq item = 1; item <= 12; item++) {
      const Answer<Claim> claim = claim_item(*desk, as(staff), item);
      if (!claim) continue;
      const DecisionRequest request{
          .item = item, .fence = claim->fence, .action = "dismiss", .reason = "sarcasm"};
      if (decide(*desk, as(staff), request)) decided++;
    }
    return decided;
  };
  const pid_t child = ::fork();
  if (child == 0) ::_exit(work(both_));
  int of_ana = 0;
  int of_adi = 0;
  std::thread first([&] { of_ana = work(ana_); });
  std::thread second([&] { of_adi = work(adi_); });
  first.join();
  second.join();
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(of_ana + of_adi + WEXITSTATUS(status), 12);
  EXPECT_EQ(query("SELECT count(*) || ' ' || count(DISTINCT item) FROM decision"), "12 12");
  EXPECT_TRUE(must(check_audit(*desk_)).ok);
}

TEST(Figures, AreThoseOfTheTextbook) {
  const Interval interval = wilson(8, 10);
  EXPECT_NEAR(interval.low, 0.4902, 1e-4);
  EXPECT_NEAR(interval.high, 0.9433, 1e-4);
  EXPECT_EQ(wilson(0, 0).high, 1);
  EXPECT_NEAR(cohens_kappa(20, 5, 10, 15).value(), 0.4, 1e-9);
  EXPECT_FALSE(cohens_kappa(0, 0, 0, 5));
}

}  // namespace
}  // namespace pantau
