#include "pipeline/desk/retention.h"

#include <fmt/format.h>

#include <vector>

#include "pipeline/desk/state.h"

namespace pantau {
namespace {

// So many items are reduced in one transaction: others wait for it.
constexpr std::int64_t kItemsAtOnce = 500;

constexpr char kUnreviewed[] =
    "i.state IN ('open', 'held', 'needs_info', 'returned') AND unixepoch(i.found_at) < $1";
constexpr char kDismissed[] =
    "i.state = 'dismissed' AND (SELECT max(d.at) FROM decision AS d WHERE d.item = i.seq) < $1";
// A person's case under legal hold keeps all that is held about the person.
constexpr char kHeldBack[] =
    "EXISTS (SELECT 1 FROM dossier AS c JOIN legal_hold AS h ON h.dossier = c.id"
    " WHERE c.subject = i.subject AND h.released_at IS NULL)";

struct Limits {
  std::int64_t found_before = 0;      // seconds
  std::int64_t dismissed_before = 0;  // microseconds
  std::int64_t ended_before = 0;
};

Answer<Limits> limits_of(DeskState& state, Instant now) {
  TRY(const std::int64_t unreviewed, number_setting(state, "unreviewed_days"));
  TRY(const std::int64_t dismissed, number_setting(state, "dismissed_days"));
  constexpr std::int64_t kMicros = 1'000'000;
  return Limits{to_micros(now - std::chrono::days(unreviewed)) / kMicros,
                to_micros(now - std::chrono::days(dismissed)),
                to_micros(now - std::chrono::days(30))};
}

Answer<std::int64_t> count(DeskState& state, const std::string& where, std::int64_t before) {
  TRY(const auto found, state.integer("SELECT count(*) FROM item AS i WHERE " + where, before));
  return found.value_or(0);
}

Answer<RetentionPlan> plan(DeskState& state, Instant now) {
  TRY(const Limits limits, limits_of(state, now));
  RetentionPlan plan;
  const auto free = [](const char* what) { return fmt::format("{} AND NOT {}", what, kHeldBack); };
  const auto kept = [](const char* what) { return fmt::format("{} AND {}", what, kHeldBack); };
  TRY(plan.unreviewed, count(state, free(kUnreviewed), limits.found_before));
  TRY(plan.dismissed, count(state, free(kDismissed), limits.dismissed_before));
  TRY(plan.held_back, count(state, kept(kUnreviewed), limits.found_before));
  TRY(const std::int64_t also, count(state, kept(kDismissed), limits.dismissed_before));
  plan.held_back += also;
  TRY(const auto sessions, state.integer("SELECT count(*) FROM staff_session WHERE ended_at < $1"
                                         " OR created_at < $2",
                                         limits.ended_before, limits.ended_before));
  plan.sessions = sessions.value_or(0);
  return plan;
}

// Takes out of the text index and the graph what was put there for the item.
Done forget_derived(DeskState& state, ItemSeq item) {
  TRY_STATUS(
      state.run("INSERT INTO item_text (item_text, rowid, text)"
                " SELECT 'delete', seq, coalesce(json_extract(flag, '$.record.text'), '') FROM item"
                " WHERE seq = $1 AND json_valid(flag) AND seq <= (SELECT item FROM derived_upto)",
                item));
  TRY_STATUS(
      state.run("DELETE FROM account_link WHERE subject = (SELECT subject FROM item WHERE seq = $1)"
                " AND NOT EXISTS (SELECT 1 FROM item AS o WHERE o.subject = account_link.subject"
                "  AND o.seq <> $2)",
                item, item));
  return std::monostate{};
}

Done reduce(DeskState& state, ItemSeq item) {
  TRY_STATUS(forget_derived(state, item));
  TRY(const auto key, state.text("SELECT key FROM item WHERE seq = $1", item));
  TRY(const auto subject, state.text("SELECT subject FROM item WHERE seq = $1", item));
  TRY(const std::string hash, keyed_hash(state, *key));
  TRY_STATUS(state.run("UPDATE item SET state = 'reduced' WHERE seq = $1", item));
  for (const char* table :
       {"item_rule", "item_candidate", "item_event", "item_capture", "item_fact"}) {
    TRY_STATUS(state.run(fmt::format("DELETE FROM {} WHERE item = $1", table), item));
  }
  TRY_STATUS(
      state.run("UPDATE decision SET note = '', proposes_reason = '' WHERE item = $1", item));
  TRY_STATUS(state.run("UPDATE blind_review SET note = '' WHERE item = $1 AND note <> ''", item));
  TRY_STATUS(state.run(
      "UPDATE item SET key = 'hash:' || $1, level = '', subject = '',"
      " category = '', region = '', ownership = '', basis = '', platform = '',"
      " kind = '', acted_at = '', acted_day = '', deleted_at = NULL, flag = '', rank = 2147483647,"
      " received = x'' WHERE seq = $2",
      hash, item));
  TRY_STATUS(
      state.run("DELETE FROM subject_detail WHERE subject = $1 AND NOT EXISTS"
                " (SELECT 1 FROM item WHERE subject = $2)",
                *subject, *subject));
  return std::monostate{};
}

// One transaction's worth; how many items it took.
Answer<std::int64_t> reduce_some(DeskState& state, const Caller& caller, const char* which,
                                 std::int64_t before) {
  TRY(const auto transaction, Transaction::begin(*state.database));
  std::vector<ItemSeq> items;
  TRY_STATUS(state.each(
      fmt::format("SELECT i.seq FROM item AS i WHERE {} AND NOT {} ORDER BY i.seq LIMIT $2", which,
                  kHeldBack),
      [&](const Rows& rows) { items.push_back(rows.integer(0)); }, before, kItemsAtOnce));
  if (items.empty()) return std::int64_t{0};
  TRY_STATUS(state.run("INSERT INTO retention_pass VALUES (1)"));
  for (const ItemSeq item : items) TRY_STATUS(reduce(state, item));
  TRY_STATUS(state.run("DELETE FROM retention_pass"));
  TRY_STATUS(audit(state, caller, "retention", fmt::format("items/{}", items.size()),
                   fmt::format("{{\"first\":{},\"last\":{}}}", items.front(), items.back())));
  TRY_STATUS(transaction->commit());
  return static_cast<std::int64_t>(items.size());
}

}  // namespace

Answer<RetentionPlan> plan_retention(Desk& desk, const Caller& caller) {
  TRY_STATUS(need_role(desk.state(), caller, {Role::Administrator}));
  return plan(desk.state(), caller.now);
}

Answer<RetentionPlan> run_retention(Desk& desk, const Caller& caller) {
  DeskState& state = desk.state();
  TRY_STATUS(need_role(state, caller, {Role::Administrator}));
  TRY(RetentionPlan done, plan(state, caller.now));
  TRY(const Limits limits, limits_of(state, caller.now));
  done.unreviewed = 0;
  done.dismissed = 0;
  // What is freed is overwritten, in the file and then in its log.
  TRY_STATUS(state.database->execute("PRAGMA secure_delete = ON"));
  const auto run = [&](const char* which, std::int64_t before, std::int64_t& reduced) -> Done {
    while (true) {
      TRY(const std::int64_t some, reduce_some(state, caller, which, before));
      if (some == 0) return std::monostate{};
      reduced += some;
    }
  };
  TRY_STATUS(run(kUnreviewed, limits.found_before, done.unreviewed));
  TRY_STATUS(run(kDismissed, limits.dismissed_before, done.dismissed));
  TRY_STATUS(state.run("DELETE FROM staff_session WHERE ended_at < $1 OR created_at < $2",
                       limits.ended_before, limits.ended_before));
  if (done.unreviewed + done.dismissed > 0) {
    TRY_STATUS(state.run("INSERT INTO item_text (item_text) VALUES ('optimize')"));
  }
  TRY_STATUS(state.database->execute("PRAGMA wal_checkpoint(TRUNCATE)"));
  TRY_STATUS(state.database->execute("PRAGMA secure_delete = OFF"));
  return done;
}

}  // namespace pantau
