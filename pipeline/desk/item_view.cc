// One item in whole.
#include "pipeline/desk/item_view.h"

#include <fmt/format.h>

#include "pipeline/desk/item_rows.h"
#include "pipeline/desk/ranking_in_use.h"

namespace pantau {
namespace {

Done read_item(DeskState& state, const Caller& caller, ItemView& view) {
  std::string claimed_staff;
  TRY_STATUS(state.each(
      "SELECT r.sweep, r.mandate, i.basis, i.acted_day, i.flag, length(i.received) FROM item AS i"
      " JOIN sweep_run AS r ON r.id = i.run WHERE i.seq = $1",
      [&](const Rows& rows) {
        view.sweep = rows.text(0);
        view.mandate = rows.text(1);
        view.basis = rows.text(2);
        view.acted_day = rows.text(3);
        view.flag = rows.text(4);
        view.received_bytes = static_cast<std::uint64_t>(rows.integer(5));
      },
      view.row.item));
  TRY_STATUS(state.each(
      "SELECT c.staff, s.name, c.fence, c.until FROM claim AS c JOIN staff AS s ON s.id = c.staff"
      " WHERE c.item = $1 AND c.until > $2",
      [&](const Rows& rows) {
        view.claim = {rows.integer(0), rows.text(1), rows.integer(2), from_micros(rows.integer(3))};
      },
      view.row.item, to_micros(caller.now)));
  TRY_STATUS(state.each(
      "SELECT c.contest, coalesce(c.candidate, ''), c.stage, coalesce(p.id, 0)"
      " FROM item_candidate AS c JOIN item AS i ON i.seq = c.item LEFT JOIN pile AS p"
      " ON p.subject = i.subject AND p.contest = c.contest"
      " AND p.candidate = coalesce(c.candidate, '') WHERE c.item = $1 ORDER BY c.rowid",
      [&](const Rows& rows) {
        view.links.push_back({rows.text(0), rows.text(1), rows.text(2), rows.integer(3)});
      },
      view.row.item));
  return std::monostate{};
}

}  // namespace

Answer<SubjectDetail> subject_detail(DeskState& state, const std::string& subject) {
  SubjectDetail detail;
  detail.subject = subject;
  TRY_STATUS(state.each(
      "SELECT name, nip, agency, position FROM subject_detail WHERE subject = $1",
      [&](const Rows& rows) {
        detail = {subject, rows.text(0), rows.text(1), rows.text(2), rows.text(3)};
      },
      subject));
  return detail;
}

Answer<std::optional<Capture>> capture_of(DeskState& state, ItemSeq item) {
  std::optional<Capture> capture;
  TRY_STATUS(state.each(
      "SELECT request, status, headers, received_at, coalesce(server_time, ''), clock_ms,"
      " body_sha256, body_bytes, received_sha256 FROM item_capture WHERE item = $1",
      [&](const Rows& rows) {
        capture = Capture{rows.text(0), rows.integer(1), rows.text(2),
                          rows.text(3), rows.text(4),    DeskState::optional_integer(rows, 5),
                          rows.text(6), rows.integer(7), rows.text(8)};
      },
      item));
  return capture;
}

Answer<std::vector<ItemEvent>> events_of(DeskState& state, ItemSeq item) {
  std::vector<ItemEvent> events;
  TRY_STATUS(state.each(
      "SELECT event, at, observed_at, reason, coalesce(flag, ''), coalesce(received, '')"
      " FROM item_event WHERE item = $1 ORDER BY seq",
      [&](const Rows& rows) {
        events.push_back(
            {rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5)});
      },
      item));
  return events;
}

Answer<std::vector<DecisionRow>> decisions_of(DeskState& state, ItemSeq item) {
  std::vector<DecisionRow> decisions;
  TRY_STATUS(state.each(
      "SELECT d.seq, d.staff, s.name, d.at, d.action, d.from_state, d.to_state,"
      " coalesce(d.reason, ''), d.note, d.proposes, d.proposes_reason, d.bulk, d.undone_by"
      " FROM decision AS d JOIN staff AS s ON s.id = d.staff WHERE d.item = $1 ORDER BY d.seq",
      [&](const Rows& rows) {
        DecisionRow row;
        row.decision = rows.integer(0);
        row.staff = rows.integer(1);
        row.staff_name = rows.text(2);
        row.at = from_micros(rows.integer(3));
        row.action = rows.text(4);
        row.from_state = rows.text(5);
        row.to_state = rows.text(6);
        row.reason = rows.text(7);
        row.note = rows.text(8);
        row.proposes = texts_of_json_array(rows.text(9));
        row.proposes_reason = rows.text(10);
        row.bulk = DeskState::optional_integer(rows, 11);
        row.undone_by = DeskState::optional_integer(rows, 12);
        decisions.push_back(std::move(row));
      },
      item));
  return decisions;
}

Answer<std::vector<FactRow>> facts_of(DeskState& state, ItemSeq item) {
  std::vector<FactRow> facts;
  TRY_STATUS(state.each(
      "SELECT f.fact, f.note, s.name, f.at FROM item_fact AS f JOIN staff AS s ON s.id = f.staff"
      " WHERE f.item = $1 ORDER BY f.seq",
      [&](const Rows& rows) {
        facts.push_back({rows.text(0), rows.text(1), rows.text(2), from_micros(rows.integer(3))});
      },
      item));
  return facts;
}

namespace {

// Whether the caller is one who is to judge the item blind: then the first verdict is not shown.
Answer<bool> is_blind_to(DeskState& state, const Caller& caller, ItemSeq item) {
  TRY(const bool reviews, has_role(state, caller.staff, Role::SecondReviewer));
  if (!reviews) return false;
  TRY(const auto found,
      state.integer("SELECT 1 FROM blind_review WHERE item = $1 AND verdict IS NULL"
                    " AND cancelled = 0 AND first_staff <> $2",
                    item, caller.staff));
  return found.has_value();
}

Answer<ItemView> read_view(DeskState& state, const Caller& caller, ItemSeq item) {
  ItemView view;
  TRY(std::vector<ItemRow> rows,
      read_item_rows(state, caller, "FROM item AS i WHERE i.seq = $2", {item}));
  view.row = std::move(rows.at(0));
  TRY_STATUS(read_item(state, caller, view));
  TRY(view.subject, subject_detail(state, view.row.subject));
  TRY(view.capture, capture_of(state, item));
  TRY(view.events, events_of(state, item));
  TRY(view.facts, facts_of(state, item));
  TRY(const bool is_blind, is_blind_to(state, caller, item));
  if (is_blind) {
    view.row.state = "open";
  } else {
    TRY(view.decisions, decisions_of(state, item));
  }
  const bool waits =
      view.row.state == "open" || view.row.state == "needs_info" || view.row.state == "returned";
  if (waits && !is_blind) {
    TRY(view.ranking, ranking_of_item(state, item));
  }
  TRY(view.others,
      read_item_rows(state, caller,
                     "FROM item AS i INDEXED BY item_by_subject WHERE i.subject = $2"
                     " AND i.seq <> $3 AND " +
                         item_in_scope("$4") + " ORDER BY i.seq DESC LIMIT $5",
                     {view.row.subject, item, caller.staff, std::int64_t{kOthersMax}}));
  return view;
}

}  // namespace

Answer<ItemView> view_item(Desk& desk, const Caller& caller, ItemSeq item) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_reader(state, caller));
  TRY_STATUS(need_item(state, caller, item));
  TRY(ItemView view, read_view(state, caller, item));
  TRY_STATUS(audit(state, caller, "read_item", fmt::format("item/{}", item)));
  TRY_STATUS(transaction->commit());
  return view;
}

Answer<std::string> received_bytes(Desk& desk, const Caller& caller, ItemSeq item) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_reader(state, caller));
  TRY_STATUS(need_item(state, caller, item));
  TRY(auto bytes, state.text("SELECT received FROM item WHERE seq = $1", item));
  TRY_STATUS(audit(state, caller, "read_received", fmt::format("item/{}", item)));
  TRY_STATUS(transaction->commit());
  return std::move(bytes).value_or("");
}

}  // namespace pantau
