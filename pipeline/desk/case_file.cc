#include "pipeline/desk/case_file.h"

#include <fmt/format.h>

#include <set>

#include "pipeline/desk/audit.h"
#include "pipeline/desk/clock.h"
#include "pipeline/desk/item_view.h"
#include "pipeline/desk/state.h"

namespace pantau {
namespace {

std::string time_of(std::int64_t micros) {
  return format_rfc3339(from_micros(micros));
}

Done read_head(DeskState& state, CaseId id, CaseFile& file) {
  file.timezone = state.zone.name();
  TRY_STATUS(state.each(
      "SELECT number, state, opened_at, subject, contest, candidate, handed_to, letter_number,"
      " handed_at, coalesce(s.name, '') FROM dossier AS p LEFT JOIN staff AS s ON s.id = "
      "p.handed_by"
      " WHERE p.id = $1",
      [&](const Rows& rows) {
        file.number = rows.text(0);
        file.state = rows.text(1);
        file.opened_at = time_of(rows.integer(2));
        file.subject.id = rows.text(3);
        file.candidate.contest = rows.text(4);
        file.candidate.candidate = rows.text(5);
        if (!rows.is_null(8)) {
          file.handover =
              CaseHandover{rows.text(6), rows.text(7), rows.text(9), time_of(rows.integer(8))};
        }
      },
      id));
  TRY(const SubjectDetail detail, subject_detail(state, file.subject.id));
  file.subject.name = detail.name;
  file.subject.nip = detail.nip;
  file.subject.agency = detail.agency;
  file.subject.position = detail.position;
  return std::monostate{};
}

Done read_items(DeskState& state, CaseId id, CaseFile& file) {
  TRY(const LegalClock clock, legal_clock(state));
  return state.each(
      "SELECT i.seq, i.key, i.state, i.level, i.platform, i.kind, i.acted_at, i.found_at,"
      " coalesce(i.deleted_at, ''), r.sweep, r.mandate, i.ownership, i.basis, i.received,"
      " CASE WHEN json_valid(i.flag) THEN coalesce(json_extract(i.flag, '$.record'), '') ELSE ''"
      "  END, i.flag, CASE WHEN json_valid(i.flag) THEN"
      "  coalesce(json_extract(i.flag, '$.record.text'), '') ELSE '' END, i.category, i.region"
      " FROM dossier_item AS d JOIN item AS i ON i.seq = d.item JOIN sweep_run AS r ON r.id = i.run"
      " WHERE d.dossier = $1 ORDER BY i.seq",
      [&](const Rows& rows) {
        CaseItem item;
        item.item = static_cast<std::uint64_t>(rows.integer(0));
        std::string* const texts[] = {
            &item.key,      &item.state,    &item.level,     &item.platform,
            &item.kind,     &item.acted_at, &item.found_at,  &item.deleted_at,
            &item.sweep,    &item.mandate,  &item.ownership, &item.basis,
            &item.received, &item.record,   &item.flag,      &item.text};
        int column = 1;
        for (std::string* const text : texts) *text = rows.text(column++);
        file.subject.category = rows.text(column++);
        file.subject.region = rows.text(column);
        item.due_at =
            format_rfc3339(clock.due_at(parse_rfc3339(item.found_at).value_or(Instant())));
        if (file.mandate.empty()) file.mandate = item.mandate;
        file.items.push_back(std::move(item));
      },
      id);
}

// Why the rules spoke: all that the flag itself says of it.
Done read_explanations(DeskState& state, CaseItem& item) {
  const auto seq = static_cast<ItemSeq>(item.item);
  TRY_STATUS(state.each(
      "SELECT m.value ->> '$.rule', m.value ->> '$.pack', m.value ->> '$.via',"
      " m.value ->> '$.contest', m.value ->> '$.candidate', m.value ->> '$.account_type',"
      " m.value ->> '$.stage', m.value ->> '$.class' FROM item AS i,"
      " json_each(i.flag, '$.matches') AS m WHERE i.seq = $1 AND json_valid(i.flag)"
      " ORDER BY m.key",
      [&](const Rows& rows) {
        CaseExplanation explanation;
        std::string* const texts[] = {&explanation.rule,      &explanation.pack,
                                      &explanation.via,       &explanation.contest,
                                      &explanation.candidate, &explanation.account_type,
                                      &explanation.stage,     &explanation.stage_class};
        int column = 0;
        for (std::string* const text : texts) *text = rows.text(column++);
        item.explanations.push_back(std::move(explanation));
      },
      seq));
  for (std::size_t i = 0; i < item.explanations.size(); i++) {
    CaseExplanation& explanation = item.explanations[i];
    const auto number = static_cast<std::int64_t>(i);
    TRY_STATUS(state.each(
        "SELECT s.value ->> '$.pattern', s.value ->> '$.start', s.value ->> '$.end' FROM item AS i,"
        " json_each(i.flag, '$.matches[' || $1 || '].spans') AS s WHERE i.seq = $2 ORDER BY s.key",
        [&](const Rows& rows) {
          explanation.spans.push_back({rows.text(0), static_cast<std::uint64_t>(rows.integer(1)),
                                       static_cast<std::uint64_t>(rows.integer(2))});
        },
        number, seq));
    TRY_STATUS(state.each(
        "SELECT p.value FROM item AS i, json_each(i.flag, '$.matches[' || $1 || '].proposes') AS p"
        " WHERE i.seq = $2 ORDER BY p.key",
        [&](const Rows& rows) {
          explanation.proposes.push_back({rows.text(0), "", "", ""});
        },
        number, seq));
  }
  return std::monostate{};
}

Done read_history(DeskState& state, CaseItem& item) {
  const auto seq = static_cast<ItemSeq>(item.item);
  TRY(const auto capture, capture_of(state, seq));
  if (capture) {
    item.capture =
        CaseCapture{capture->request,        capture->status,
                    capture->headers,        capture->received_at,
                    capture->server_time,    capture->clock_ms,
                    capture->body_sha256,    static_cast<std::uint64_t>(capture->body_bytes),
                    capture->received_sha256};
  }
  TRY(const auto events, events_of(state, seq));
  for (const ItemEvent& event : events) {
    item.events.push_back(
        {event.event, event.at, event.observed_at, event.reason, event.flag, event.received});
  }
  TRY(const auto facts, facts_of(state, seq));
  for (const FactRow& fact : facts) {
    item.facts.push_back({fact.fact, fact.note, fact.staff_name, format_rfc3339(fact.at)});
  }
  TRY(const auto decisions, decisions_of(state, seq));
  for (const DecisionRow& row : decisions) {
    CaseDecision decision{static_cast<std::uint64_t>(row.decision),
                          format_rfc3339(row.at),
                          row.staff_name,
                          row.action,
                          row.reason,
                          row.note,
                          row.proposes,
                          row.proposes_reason,
                          ""};
    for (const DecisionRow& later : decisions) {
      if (row.undone_by == later.decision) decision.undone_at = format_rfc3339(later.at);
    }
    item.decisions.push_back(std::move(decision));
  }
  return std::monostate{};
}

Done read_rules_and_identity(DeskState& state, CaseId id, CaseFile& file) {
  std::set<std::string> packs;
  for (const CaseItem& item : file.items) {
    for (const CaseExplanation& explanation : item.explanations) packs.insert(explanation.pack);
  }
  for (const std::string& pack : packs) {
    TRY_STATUS(state.each(
        "SELECT pack, version, text FROM rule_pack WHERE pack || '@' || version = $1",
        [&](const Rows& rows) {
          file.rules.push_back({rows.text(0), rows.text(1), rows.text(2)});
        },
        pack));
  }
  return state.each(
      "SELECT t.platform, t.account, t.description, s.name, t.at, t.media_type, t.evidence,"
      " t.sha256 FROM identity_step AS t JOIN staff AS s ON s.id = t.staff WHERE t.dossier = $1"
      " ORDER BY t.seq",
      [&](const Rows& rows) {
        file.identity.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3),
                                 time_of(rows.integer(4)), rows.text(5), rows.text(6),
                                 rows.text(7)});
      },
      id);
}

Done read_custody(DeskState& state, CaseId id, CaseFile& file) {
  return state.each(
      "SELECT a.seq, a.at, a.staff, a.action, a.object, a.detail, a.prev, a.hash,"
      " coalesce(s.name, '') FROM audit AS a LEFT JOIN staff AS s ON s.id = a.staff"
      " WHERE a.object IN (SELECT 'item/' || item FROM dossier_item WHERE dossier = $1"
      "  UNION ALL SELECT 'case/' || $2) ORDER BY a.seq",
      [&](const Rows& rows) {
        const AuditRow row{rows.integer(0), from_micros(rows.integer(1)),
                           rows.integer(2), rows.text(8),
                           rows.text(3),    rows.text(4),
                           rows.text(5),    rows.text(6),
                           rows.text(7)};
        file.custody.push_back({static_cast<std::uint64_t>(row.seq), format_rfc3339(row.at),
                                row.staff_name, row.action, row.object, row.detail, row.prev,
                                row.hash, canonical_audit_bytes(row)});
      },
      id, id);
}

// Of a row that changed nothing of the case.
bool is_mere_read(const CustodyRow& row) {
  return row.action.starts_with("read_") || row.action == "export_case" ||
         row.action == "make_bag" || row.action == "fetch_bag";
}

void end_at_last_change(CaseFile& file) {
  while (!file.custody.empty() && is_mere_read(file.custody.back())) file.custody.pop_back();
  file.exported_at = file.custody.empty() ? file.opened_at : file.custody.back().at;
}

// Nothing is told of cases in which the person may see no item.
Done need_case(DeskState& state, const Caller& caller, CaseId id) {
  if (caller.staff == kNobody) {
    TRY(const auto there, state.integer("SELECT 1 FROM dossier WHERE id = $1", id));
    if (!there) return refuse(Refused::NotFound, "no such case");
    return std::monostate{};
  }
  TRY_STATUS(need_role(state, caller, {Role::CaseHandler}));
  TRY(const auto in_scope,
      state.integer("SELECT 1 FROM dossier_item AS di JOIN item AS i ON i.seq = di.item"
                    " WHERE di.dossier = $1 AND " +
                        item_in_scope("$2") + " LIMIT 1",
                    id, caller.staff));
  if (!in_scope) return refuse(Refused::NotFound, "no such case");
  return std::monostate{};
}

Done read_staff(DeskState& state, CaseFile& file) {
  std::set<std::string> names = {file.exported_by};
  for (const CustodyRow& row : file.custody) names.insert(row.staff);
  for (const CaseItem& item : file.items) {
    for (const CaseDecision& decision : item.decisions) names.insert(decision.staff);
  }
  for (const std::string& name : names) {
    TRY_STATUS(state.each(
        "SELECT s.name, s.full_name, coalesce((SELECT group_concat(role, ' ') FROM staff_role"
        " WHERE staff = s.id), '') FROM staff AS s WHERE s.name = $1",
        [&](const Rows& rows) {
          file.staff.push_back({rows.text(0), rows.text(1), {rows.text(2)}});
        },
        name));
  }
  return std::monostate{};
}

Answer<CaseFile> gather(Desk& desk, const Caller& caller, CaseId id, std::string_view detail) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_case(state, caller, id));
  TRY_STATUS(audit(state, caller, "export_case", fmt::format("case/{}", id), detail));
  CaseFile file;
  TRY_STATUS(read_head(state, id, file));
  TRY_STATUS(read_items(state, id, file));
  for (CaseItem& item : file.items) {
    TRY_STATUS(read_explanations(state, item));
    TRY_STATUS(read_history(state, item));
  }
  TRY_STATUS(read_rules_and_identity(state, id, file));
  TRY_STATUS(read_custody(state, id, file));
  TRY(auto name, state.text("SELECT name FROM staff WHERE id = $1", caller.staff));
  file.exported_by = std::move(name).value_or("");
  end_at_last_change(file);
  TRY_STATUS(read_staff(state, file));
  TRY_STATUS(transaction->commit());
  return file;
}

}  // namespace

Answer<CaseFile> case_file(Desk& desk, const Caller& caller, CaseId id, std::string_view detail) {
  if (caller.staff == kNobody) return refuse(Refused::Forbidden, "nobody may export a case");
  return gather(desk, caller, id, detail);
}

Answer<CaseFile> case_file_for_program(Desk& desk, Instant now, CaseId id,
                                       std::string_view detail) {
  return gather(desk, {kNobody, now}, id, detail);
}

Done note_bag(Desk& desk, const Caller& caller, CaseId id, BagEvent event,
              std::string_view detail) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_case(state, caller, id));
  TRY_STATUS(audit(state, caller, event == BagEvent::Made ? "make_bag" : "fetch_bag",
                   fmt::format("case/{}", id), detail));
  TRY_STATUS(transaction->commit());
  return std::monostate{};
}

}  // namespace pantau
