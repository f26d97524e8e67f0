// Many dismissals at once, and blind reviews of some of all.
#include <fmt/format.h>

#include <cstdlib>

#include "pipeline/desk/decision_rows.h"
#include "pipeline/desk/item_rows.h"
#include "pipeline/output/sha256.h"

namespace pantau {
namespace {

// Dismisses one item of a bulk, or asks for it. A refusal skips the item, a fault ends it all.
Done dismiss_one(DeskState& state, const Caller& caller, ItemSeq item, const NewDecision& like) {
  TRY_STATUS(need_item(state, caller, item));
  TRY(const auto waits, state.integer("SELECT 1 FROM item WHERE seq = $1"
                                      " AND state IN ('open', 'needs_info', 'returned')",
                                      item));
  if (!waits) return refuse(Refused::Conflict, "it does not wait");
  TRY(const Claim claim, take_claim(state, caller, item));
  NewDecision decision = like;
  decision.item = item;
  decision.fence = claim.fence;
  TRY(const DecisionId seq, write_decision(state, caller, decision));
  if (decision.action == "dismiss") {
    TRY_STATUS(draw_for_blind_review(state, item, seq, caller.staff));
  }
  return std::monostate{};
}

std::string bulk_object(BulkId bulk) {
  return fmt::format("bulk/{}", bulk);
}

// Ends a pending bulk: every item is decided, or none.
Answer<BulkOutcome> end_bulk(Desk& desk, const Caller& caller, BulkId bulk, bool is_approved,
                             const std::string& note) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_role(state, caller, {Role::SecondReviewer}));
  TRY(const auto maker,
      state.integer("SELECT staff FROM bulk WHERE id = $1 AND state = 'pending'", bulk));
  if (!maker) return refuse(Refused::NotFound, "no such bulk dismissal waits");
  std::vector<std::pair<ItemSeq, std::string>> items;
  TRY_STATUS(state.each(
      "SELECT d.item, d.from_state FROM decision AS d JOIN item AS i ON i.seq = d.item"
      " WHERE d.bulk = $1 AND d.action = 'ask_dismissal' AND d.undone_by IS NULL"
      " AND i.state = 'pending_dismissal' ORDER BY d.item",
      [&](const Rows& rows) { items.emplace_back(rows.integer(0), rows.text(1)); }, bulk));
  BulkOutcome outcome{bulk, is_approved ? "done" : "refused", items.size(), {}};
  TRY_STATUS(state.run("UPDATE bulk SET state = $1, decided_by = $2, decided_at = $3 WHERE id = $4",
                       outcome.state, caller.staff, to_micros(caller.now), bulk));
  for (const auto& [item, before] : items) {
    TRY_STATUS(need_item(state, caller, item));
    NewDecision decision;
    decision.item = item;
    decision.action = is_approved ? "approve" : "refuse";
    decision.to_state = is_approved ? "dismissed" : before;
    decision.note = note;
    decision.bulk = bulk;
    TRY(const DecisionId seq, write_decision(state, caller, decision));
    if (is_approved) TRY_STATUS(draw_for_blind_review(state, item, seq, *maker));
  }
  TRY_STATUS(audit(state, caller, is_approved ? "approve_bulk" : "refuse_bulk", bulk_object(bulk)));
  TRY_STATUS(transaction->commit());
  return outcome;
}

// A secret that the file alone knows; made when it is first needed.
Answer<std::string> secret(DeskState& state) {
  TRY_STATUS(
      state.run("INSERT INTO setting VALUES ('secret', lower(hex(randomblob(32))))"
                " ON CONFLICT DO NOTHING"));
  TRY(auto found, state.text("SELECT value FROM setting WHERE name = 'secret'"));
  return std::move(found).value_or("");
}

}  // namespace

Answer<std::string> keyed_hash(DeskState& state, std::string_view text) {
  TRY(const std::string key, secret(state));
  // Twice, so that nothing can be appended to what was hashed.
  return sha256_hex(key + sha256_hex(key + std::string(text)));
}

Done draw_for_blind_review(DeskState& state, ItemSeq item, DecisionId decision, StaffId first) {
  TRY(const std::int64_t percent, number_setting(state, "blind_percent"));
  if (percent <= 0) return std::monostate{};
  TRY(const std::string hash, keyed_hash(state, fmt::format("blind {} {}", item, decision)));
  constexpr unsigned kRange = 1U << 16;
  const auto drawn = std::strtoul(hash.substr(0, 4).c_str(), nullptr, 16);
  if (drawn * 100 >= static_cast<unsigned long>(percent) * kRange) return std::monostate{};
  TRY_STATUS(
      state.run("INSERT INTO blind_review (decision, item, first_staff, share)"
                " VALUES ($1, $2, $3, $4 / 100.0)",
                decision, item, first, percent));
  return std::monostate{};
}

Answer<BulkOutcome> bulk_dismiss(Desk& desk, const Caller& caller, std::span<const ItemSeq> items,
                                 const std::string& reason, const std::string& note) {
  DeskState& state = desk.state();
  if (items.empty() || items.size() > kBulkItemsMax) {
    return refuse(Refused::Invalid, fmt::format("between 1 and {} items", kBulkItemsMax));
  }
  if (!is_dismissal_reason(reason) || (reason == "other" && note.empty()) ||
      note.size() > kNoteBytesMax) {
    return refuse(Refused::Invalid, "a dismissal has a reason of the list, and \"other\" a note");
  }
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_role(state, caller, {Role::Analyst}));
  TRY(const std::int64_t limit, number_setting(state, "bulk_max"));
  const bool is_pending = static_cast<std::int64_t>(items.size()) > limit;
  BulkOutcome outcome;
  outcome.state = is_pending ? "pending" : "done";
  TRY(const auto bulk,
      state.integer("INSERT INTO bulk (staff, at, reason, note, state)"
                    " VALUES ($1, $2, $3, $4, $5) RETURNING id",
                    caller.staff, to_micros(caller.now), reason, note, outcome.state));
  outcome.bulk = *bulk;
  NewDecision like;
  like.action = is_pending ? "ask_dismissal" : "dismiss";
  like.to_state = is_pending ? "pending_dismissal" : "dismissed";
  like.reason = reason;
  like.note = note;
  like.bulk = outcome.bulk;
  for (const ItemSeq item : items) {
    const Done done = dismiss_one(state, caller, item, like);
    if (done) {
      outcome.items++;
    } else if (done.error().why == Refused::Storage) {
      return tl::unexpected<Refusal>(done.error());
    } else {
      outcome.skipped.push_back({item, done.error().why});
    }
  }
  if (outcome.items == 0) return refuse(Refused::Conflict, "none of these items can be dismissed");
  TRY_STATUS(audit(state, caller, "bulk_dismiss", bulk_object(outcome.bulk),
                   json_object({{"state", outcome.state}, {"reason", reason}})));
  TRY_STATUS(transaction->commit());
  return outcome;
}

Answer<BulkOutcome> approve_bulk(Desk& desk, const Caller& caller, BulkId bulk) {
  return end_bulk(desk, caller, bulk, true, "");
}

Answer<BulkOutcome> refuse_bulk(Desk& desk, const Caller& caller, BulkId bulk,
                                const std::string& note) {
  if (note.size() > kNoteBytesMax) return refuse(Refused::Invalid, "the note is too long");
  return end_bulk(desk, caller, bulk, false, note);
}

Answer<Listed<BulkRow>> list_bulks(Desk& desk, const Caller& caller, const std::string& state_name,
                                   const Page& page) {
  DeskState& state = desk.state();
  TRY_STATUS(need_role(state, caller, {Role::Analyst, Role::SecondReviewer}));
  Listed<BulkRow> listed;
  const std::int64_t limit = rows_of(page);
  TRY_STATUS(state.each(
      "SELECT b.id, b.staff, s.name, b.at, b.reason, b.note, b.state,"
      " (SELECT count(DISTINCT item) FROM decision AS d WHERE d.bulk = b.id)"
      " FROM bulk AS b JOIN staff AS s ON s.id = b.staff WHERE b.state = $1 AND b.id > $2"
      " AND EXISTS (SELECT 1 FROM decision AS d JOIN item AS i ON i.seq = d.item"
      "  WHERE d.bulk = b.id AND " +
          item_in_scope("$3") + ") ORDER BY b.id LIMIT $4",
      [&](const Rows& rows) {
        listed.rows.push_back({rows.integer(0), rows.integer(1), rows.text(2),
                               from_micros(rows.integer(3)), rows.text(4), rows.text(5),
                               rows.text(6), rows.integer(7)});
      },
      state_name.empty() ? std::string("pending") : state_name,
      std::int64_t{std::atoll(page.after.c_str())}, caller.staff, limit));
  if (static_cast<std::int64_t>(listed.rows.size()) == limit) {
    listed.next = std::to_string(listed.rows.back().bulk);
  }
  return listed;
}

Answer<Listed<ItemRow>> list_bulk_items(Desk& desk, const Caller& caller, BulkId bulk,
                                        const Page& page) {
  DeskState& state = desk.state();
  TRY_STATUS(need_role(state, caller, {Role::Analyst, Role::SecondReviewer}));
  TRY(std::vector<ItemRow> rows,
      read_item_rows(
          state, caller,
          "FROM (SELECT DISTINCT item FROM decision WHERE bulk = $2 AND item > $3"
          " ORDER BY item) AS b JOIN item AS i ON i.seq = b.item WHERE " +
              item_in_scope("$4") + " ORDER BY b.item LIMIT $5",
          {bulk, std::int64_t{std::atoll(page.after.c_str())}, caller.staff, rows_of(page)}));
  Listed<ItemRow> listed{std::move(rows), ""};
  if (static_cast<std::int64_t>(listed.rows.size()) == rows_of(page)) {
    listed.next = std::to_string(listed.rows.back().item);
  }
  return listed;
}

namespace {

const std::string& blind_for() {
  static const std::string sql =
      " FROM blind_review AS b JOIN item AS i ON i.seq = b.item WHERE b.verdict IS NULL"
      " AND b.cancelled = 0 AND b.first_staff <> $1 AND i.state = 'dismissed' AND " +
      item_in_scope("$2");
  return sql;
}

}  // namespace

Answer<std::optional<ItemSeq>> next_blind_item(Desk& desk, const Caller& caller) {
  DeskState& state = desk.state();
  TRY_STATUS(need_role(state, caller, {Role::SecondReviewer}));
  return state.integer("SELECT b.item" + blind_for() + " ORDER BY b.decision LIMIT 1", caller.staff,
                       caller.staff);
}

Done give_blind_verdict(Desk& desk, const Caller& caller, ItemSeq item,
                        const BlindVerdict& verdict) {
  DeskState& state = desk.state();
  const bool agrees = verdict.verdict == "dismiss";
  if (!agrees && verdict.verdict != "propose") {
    return refuse(Refused::Invalid, "a verdict is \"dismiss\" or \"propose\"");
  }
  if (agrees != is_dismissal_reason(verdict.reason) || verdict.note.size() > kNoteBytesMax) {
    return refuse(Refused::Invalid, "a dismissal, and nothing else, has a reason of the list");
  }
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_role(state, caller, {Role::SecondReviewer}));
  TRY(const auto decision, state.integer("SELECT b.decision" + blind_for() + " AND b.item = $3",
                                         caller.staff, caller.staff, item));
  if (!decision) return refuse(Refused::NotFound, "no such item waits for a blind review");
  TRY_STATUS(
      state.run("UPDATE blind_review SET second_staff = $1, verdict = $2, reason = $3,"
                " note = $4, at = $5 WHERE decision = $6",
                caller.staff, verdict.verdict, verdict.reason, verdict.note, to_micros(caller.now),
                *decision));
  TRY_STATUS(audit(state, caller, "blind_verdict", fmt::format("item/{}", item),
                   json_object({{"verdict", verdict.verdict}})));
  if (!agrees) {
    NewDecision reopen;
    reopen.item = item;
    reopen.action = "reopen";
    reopen.to_state = "open";
    reopen.note = verdict.note;
    TRY_STATUS(write_decision(state, caller, reopen));
  }
  TRY_STATUS(transaction->commit());
  return std::monostate{};
}

}  // namespace pantau
