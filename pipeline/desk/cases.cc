#include "pipeline/desk/cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <limits>

#include "pipeline/desk/decision_rows.h"
#include "pipeline/desk/item_rows.h"
#include "pipeline/desk/item_view.h"
#include "pipeline/output/sha256.h"

namespace pantau {
namespace {

constexpr char kUnsettled[] =
    "EXISTS (SELECT 1 FROM dossier_item AS u WHERE u.dossier = p.id"
    " AND u.ownership NOT IN ('declared', 'confirmed') AND NOT EXISTS"
    "  (SELECT 1 FROM identity_step AS s WHERE s.subject = p.subject"
    "   AND s.platform = u.platform AND s.account = u.account))";

std::string case_object(CaseId id) {
  return fmt::format("case/{}", id);
}

// A dossier in scope: by its contest, and the region of its items.
std::string case_in_scope(std::string_view staff) {
  return "EXISTS (SELECT 1 FROM dossier_item AS di JOIN item AS i ON i.seq = di.item"
         " WHERE di.dossier = p.id AND " +
         item_in_scope(staff) + ")";
}

std::string select_cases() {
  return fmt::format(
      "SELECT p.id, p.number, p.state, p.subject, p.contest, p.candidate, p.opened_at,"
      " (SELECT count(*) FROM dossier_item WHERE dossier = p.id), NOT {},"
      " EXISTS (SELECT 1 FROM legal_hold AS h WHERE h.dossier = p.id AND h.released_at IS NULL)"
      " FROM dossier AS p WHERE ",
      kUnsettled);
}

CaseRow case_of(const Rows& rows) {
  CaseRow row;
  row.id = rows.integer(0);
  row.number = rows.text(1);
  row.state = rows.text(2);
  row.subject = rows.text(3);
  row.contest = rows.text(4);
  row.candidate = rows.text(5);
  row.opened_at = from_micros(rows.integer(6));
  row.items = rows.integer(7);
  row.may_hand_over = rows.integer(8) == 1 && row.items > 0 && row.state == "open";
  row.is_held = rows.integer(9) == 1;
  return row;
}

Answer<CaseRow> need_case(DeskState& state, const Caller& caller, CaseId id) {
  std::optional<CaseRow> found;
  TRY_STATUS(state.each(
      select_cases() + "p.id = $1 AND " + case_in_scope("$2"),
      [&](const Rows& rows) { found = case_of(rows); }, id, caller.staff));
  if (!found) return refuse(Refused::NotFound, "no such case");
  return *std::move(found);
}

// What changing a case has in common.
template <class Change>
Done change_case(Desk& desk, const Caller& caller, CaseId id, std::string_view action,
                 Change change) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_role(state, caller, {Role::CaseHandler}));
  TRY(const CaseRow row, need_case(state, caller, id));
  std::string detail = "{}";
  TRY_STATUS(change(state, row, detail));
  TRY_STATUS(audit(state, caller, action, case_object(id), detail));
  TRY_STATUS(transaction->commit());
  return std::monostate{};
}

Answer<std::string> next_number(DeskState& state, Instant now) {
  const std::string year = format_day(state.zone.day_of(now)).substr(0, 4);
  const std::string begin = "case-" + year + '-';
  TRY(const auto last, state.integer("SELECT max(CAST(substr(number, 11) AS INTEGER)) FROM dossier"
                                     " WHERE number > $1 AND number < $2",
                                     begin, begin + '~'));
  return fmt::format("{}{:06}", begin, last.value_or(0) + 1);
}

struct WhoseCase {
  std::string subject, contest, candidate;
};

Answer<WhoseCase> whose_case(DeskState& state, ItemSeq item, std::optional<PileId> pile) {
  std::optional<WhoseCase> found;
  TRY_STATUS(state.each(
      "SELECT i.subject, c.contest, coalesce(c.candidate, '') FROM item_candidate AS c"
      " JOIN item AS i ON i.seq = c.item LEFT JOIN pile AS p ON p.id = $1"
      " WHERE c.item = $2 AND (p.id IS NULL OR (p.subject = i.subject AND p.contest = c.contest"
      "  AND p.candidate = coalesce(c.candidate, ''))) ORDER BY c.rowid LIMIT 1",
      [&](const Rows& rows) {
        found = WhoseCase{rows.text(0), rows.text(1), rows.text(2)};
      },
      pile, item));
  if (!found) return refuse(Refused::Invalid, "the item is about no such candidate");
  return *std::move(found);
}

}  // namespace

Answer<std::string> put_into_case(DeskState& state, const Caller& caller, ItemSeq item,
                                  DecisionId decision, std::optional<PileId> pile) {
  TRY(const WhoseCase whose, whose_case(state, item, pile));
  const auto open_case = [&] {
    return state.integer(
        "SELECT id FROM dossier WHERE subject = $1 AND contest = $2"
        " AND candidate = $3 AND state = 'open'",
        whose.subject, whose.contest, whose.candidate);
  };
  TRY(auto id, open_case());
  if (!id) {
    TRY(const std::string number, next_number(state, caller.now));
    TRY(id, state.integer("INSERT INTO dossier (number, subject, contest, candidate, state,"
                          " opened_at, opened_by) VALUES ($1, $2, $3, $4, 'open', $5, $6)"
                          " RETURNING id",
                          number, whose.subject, whose.contest, whose.candidate,
                          to_micros(caller.now), caller.staff));
    TRY_STATUS(audit(state, caller, "open_case", case_object(*id)));
  }
  TRY_STATUS(state.run(
      "INSERT INTO dossier_item (dossier, item, decision, platform, account, ownership)"
      " SELECT $1, seq, $2, platform, CASE WHEN json_valid(flag) THEN"
      "  coalesce(json_extract(flag, '$.record.actor.id'),"
      "   '@' || lower(ltrim(json_extract(flag, '$.record.actor.handle'), '@')), '') ELSE '' END,"
      "  ownership FROM item WHERE seq = $3",
      *id, decision, item));
  TRY(auto number, state.text("SELECT number FROM dossier WHERE id = $1", *id));
  return std::move(number).value_or("");
}

Answer<Listed<CaseRow>> list_cases(Desk& desk, const Caller& caller, const std::string& state_name,
                                   const Page& page) {
  DeskState& state = desk.state();
  TRY_STATUS(need_role(state, caller, {Role::CaseHandler, Role::SecondReviewer}));
  const std::int64_t limit = rows_of(page);
  const std::int64_t after = page.after.empty() ? std::numeric_limits<std::int64_t>::max()
                                                : std::atoll(page.after.c_str());
  Listed<CaseRow> listed;
  TRY_STATUS(state.each(
      select_cases() + "p.id < $1 AND ($2 = '' OR p.state = $3) AND " + case_in_scope("$4") +
          " ORDER BY p.id DESC LIMIT $5",
      [&](const Rows& rows) { listed.rows.push_back(case_of(rows)); }, after, state_name,
      state_name, caller.staff, limit));
  if (static_cast<std::int64_t>(listed.rows.size()) == limit) {
    listed.next = std::to_string(listed.rows.back().id);
  }
  return listed;
}

Answer<CaseId> case_numbered(Desk& desk, const std::string& number) {
  TRY(const auto id, desk.state().integer("SELECT id FROM dossier WHERE number = $1", number));
  if (!id) return refuse(Refused::NotFound, "no such case");
  return *id;
}

Answer<std::vector<IdentityStep>> identity_of(DeskState& state, CaseId id) {
  std::vector<IdentityStep> steps;
  TRY_STATUS(state.each(
      "SELECT t.seq, t.platform, t.account, t.description, t.media_type, t.sha256,"
      " length(t.evidence), s.name, t.at FROM identity_step AS t JOIN staff AS s ON s.id = t.staff"
      " WHERE t.dossier = $1 ORDER BY t.seq",
      [&](const Rows& rows) {
        steps.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4),
                         rows.text(5), static_cast<std::uint64_t>(rows.integer(6)), rows.text(7),
                         from_micros(rows.integer(8))});
      },
      id));
  return steps;
}

namespace {

Done read_case(DeskState& state, CaseView& view) {
  const CaseId id = view.row.id;
  TRY_STATUS(state.each(
      "SELECT di.platform, di.account, min(di.ownership), min(di.ownership IN"
      "  ('declared', 'confirmed') OR EXISTS (SELECT 1 FROM identity_step AS s"
      "   WHERE s.subject = p.subject AND s.platform = di.platform AND s.account = di.account))"
      " FROM dossier_item AS di JOIN dossier AS p ON p.id = di.dossier WHERE di.dossier = $1"
      " GROUP BY 1, 2 ORDER BY 1, 2",
      [&](const Rows& rows) {
        view.accounts.push_back({rows.text(0), rows.text(1), rows.text(2), rows.integer(3) == 1});
      },
      id));
  TRY_STATUS(state.each(
      "SELECT h.seq, h.reason, a.name, coalesce(b.name, ''), coalesce(c.name, ''), h.asked_at"
      " FROM legal_hold AS h JOIN staff AS a ON a.id = h.asked_by"
      " LEFT JOIN staff AS b ON b.id = h.approved_by LEFT JOIN staff AS c ON c.id = h.released_by"
      " WHERE h.dossier = $1 ORDER BY h.seq",
      [&](const Rows& rows) {
        view.holds.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3),
                              rows.text(4), from_micros(rows.integer(5))});
      },
      id));
  TRY_STATUS(state.each(
      "SELECT p.handed_to, p.letter_number, s.name, p.handed_at FROM dossier AS p"
      " JOIN staff AS s ON s.id = p.handed_by WHERE p.id = $1",
      [&](const Rows& rows) {
        view.hand_over =
            HandOver{rows.text(0), rows.text(1), rows.text(2), from_micros(rows.integer(3))};
      },
      id));
  return std::monostate{};
}

}  // namespace

Answer<CaseView> view_case(Desk& desk, const Caller& caller, CaseId id) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_role(state, caller, {Role::CaseHandler, Role::SecondReviewer}));
  CaseView view;
  TRY(view.row, need_case(state, caller, id));
  TRY(view.subject, subject_detail(state, view.row.subject));
  TRY(view.items, read_item_rows(state, caller,
                                 "FROM dossier_item AS di JOIN item AS i ON i.seq = di.item"
                                 " WHERE di.dossier = $2 ORDER BY i.seq",
                                 {id}));
  for (const ItemRow& item : view.items) {
    TRY(std::vector<DecisionRow> decisions, decisions_of(state, item.item));
    std::ranges::move(decisions, std::back_inserter(view.decisions));
  }
  TRY(view.identity, identity_of(state, id));
  TRY_STATUS(read_case(state, view));
  TRY_STATUS(audit(state, caller, "read_case", case_object(id)));
  TRY_STATUS(transaction->commit());
  return view;
}

Answer<std::int64_t> add_identity_step(Desk& desk, const Caller& caller, CaseId id,
                                       const NewIdentityStep& step) {
  if (step.description.empty() || step.evidence.empty()) {
    return refuse(Refused::Invalid, "an identity step needs a description and its own evidence");
  }
  if (step.evidence.size() > kIdentityEvidenceBytesMax || step.description.size() > kNoteBytesMax) {
    return refuse(Refused::Invalid, "the evidence or its description is too long");
  }
  std::int64_t made = 0;
  const std::string sha256 = sha256_hex(step.evidence);
  TRY_STATUS(change_case(
      desk, caller, id, "identity_step",
      [&](DeskState& state, const CaseRow& row, std::string& detail) -> Done {
        TRY(const auto known,
            state.integer("SELECT 1 FROM dossier_item WHERE dossier = $1 AND platform = $2"
                          " AND account = $3",
                          id, step.platform, step.account));
        if (!known) return refuse(Refused::Invalid, "the case has no such account");
        TRY(const auto seq,
            state.integer("INSERT INTO identity_step (dossier, subject, platform, account, staff,"
                          " at, description, media_type, sha256, evidence)"
                          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING seq",
                          id, row.subject, step.platform, step.account, caller.staff,
                          to_micros(caller.now), step.description, step.media_type, sha256,
                          Blob{step.evidence}));
        made = *seq;
        detail = json_object({{"step", std::to_string(made)}, {"sha256", sha256}});
        return std::monostate{};
      }));
  return made;
}

Answer<std::string> identity_evidence(Desk& desk, const Caller& caller, CaseId id,
                                      std::int64_t step) {
  std::optional<std::string> bytes;
  TRY_STATUS(change_case(desk, caller, id, "read_identity_evidence",
                         [&](DeskState& state, const CaseRow&, std::string& detail) -> Done {
                           TRY(bytes, state.text("SELECT evidence FROM identity_step"
                                                 " WHERE seq = $1 AND dossier = $2",
                                                 step, id));
                           if (!bytes) return refuse(Refused::NotFound, "no such step");
                           detail = json_object({{"step", std::to_string(step)}});
                           return std::monostate{};
                         }));
  return *std::move(bytes);
}

Done hand_over_case(Desk& desk, const Caller& caller, CaseId id, const std::string& to,
                    const std::string& letter_number) {
  if (to.empty()) return refuse(Refused::Invalid, "to whom it is handed over is missing");
  return change_case(desk, caller, id, "hand_over",
                     [&](DeskState& state, const CaseRow&, std::string& detail) -> Done {
                       TRY(const int changed,
                           state.run("UPDATE dossier SET state = 'handed_over', handed_to = $1,"
                                     " letter_number = $2, handed_at = $3, handed_by = $4 WHERE id "
                                     "= $5 AND state = 'open'",
                                     to, letter_number, to_micros(caller.now), caller.staff, id));
                       if (changed == 0)
                         return refuse(Refused::Conflict, "the case is not open any more");
                       detail = json_object({{"to", to}, {"number", letter_number}});
                       return std::monostate{};
                     });
}

Done close_case(Desk& desk, const Caller& caller, CaseId id, const std::string& note) {
  if (note.empty()) return refuse(Refused::Invalid, "this needs a note");
  return change_case(desk, caller, id, "close_case",
                     [&](DeskState& state, const CaseRow& row, std::string&) -> Done {
                       if (row.state == "closed") {
                         return refuse(Refused::Conflict, "the case is closed already");
                       }
                       TRY_STATUS(
                           state.run("UPDATE dossier SET state = 'closed', closed_at = $1,"
                                     " closed_by = $2, closing_note = $3 WHERE id = $4",
                                     to_micros(caller.now), caller.staff, note, id));
                       return std::monostate{};
                     });
}

Answer<std::int64_t> ask_legal_hold(Desk& desk, const Caller& caller, CaseId id,
                                    const std::string& reason) {
  std::int64_t made = 0;
  TRY_STATUS(change_case(desk, caller, id, "ask_legal_hold",
                         [&](DeskState& state, const CaseRow&, std::string& detail) -> Done {
                           TRY(const auto seq,
                               state.integer("INSERT INTO legal_hold (dossier, reason, asked_by,"
                                             " asked_at) VALUES ($1, $2, $3, $4) RETURNING seq",
                                             id, reason, caller.staff, to_micros(caller.now)));
                           made = *seq;
                           detail = json_object({{"hold", std::to_string(made)}});
                           return std::monostate{};
                         }));
  return made;
}

Done approve_legal_hold(Desk& desk, const Caller& caller, CaseId id, std::int64_t hold) {
  return change_case(
      desk, caller, id, "approve_legal_hold",
      [&](DeskState& state, const CaseRow&, std::string& detail) -> Done {
        TRY(const int changed,
            state.run("UPDATE legal_hold SET approved_by = $1, approved_at = $2 WHERE seq = $3"
                      " AND dossier = $4 AND approved_at IS NULL AND released_at IS NULL",
                      caller.staff, to_micros(caller.now), hold, id));
        if (changed == 0) return refuse(Refused::NotFound, "no such hold waits for approval");
        detail = json_object({{"hold", std::to_string(hold)}});
        return std::monostate{};
      });
}

Done release_legal_hold(Desk& desk, const Caller& caller, CaseId id, std::int64_t hold,
                        const std::string& note) {
  if (note.empty()) return refuse(Refused::Invalid, "this needs a note");
  return change_case(
      desk, caller, id, "release_legal_hold",
      [&](DeskState& state, const CaseRow&, std::string& detail) -> Done {
        TRY(const int changed,
            state.run("UPDATE legal_hold SET released_by = $1, released_at = $2,"
                      " release_note = $3 WHERE seq = $4 AND dossier = $5 AND released_at IS NULL",
                      caller.staff, to_micros(caller.now), note, hold, id));
        if (changed == 0) return refuse(Refused::NotFound, "no such hold");
        detail = json_object({{"hold", std::to_string(hold)}});
        return std::monostate{};
      });
}

}  // namespace pantau
