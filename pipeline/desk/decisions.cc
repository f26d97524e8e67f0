#include "pipeline/desk/decisions.h"

#include <fmt/format.h>

#include <algorithm>

#include "pipeline/desk/decision_rows.h"

namespace pantau {
namespace {

struct Action {
  std::string_view name;
  std::string_view to_state;
  Role role;
  bool needs_note;
};
constexpr Action kActions[] = {{"dismiss", "dismissed", Role::Analyst, false},
                               {"needs_info", "needs_info", Role::Analyst, true},
                               {"propose", "proposed", Role::Analyst, false},
                               {"confirm", "confirmed", Role::SecondReviewer, false},
                               {"return", "returned", Role::SecondReviewer, true}};

const Action* action_named(std::string_view name) {
  const auto found = std::ranges::find(kActions, name, &Action::name);
  return found == std::end(kActions) ? nullptr : found;
}

bool is_catalogue_item(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !name.empty() && name.size() <= 16 && std::ranges::all_of(name, fits);
}

// The items of the catalogue that the rules proposed.
Answer<std::vector<std::string>> proposed_by_rules(DeskState& state, ItemSeq item) {
  std::vector<std::string> items;
  TRY_STATUS(state.each(
      "SELECT DISTINCT p.value FROM item AS i, json_each(i.flag, '$.matches') AS m,"
      " json_each(m.value, '$.proposes') AS p WHERE i.seq = $1 AND json_valid(i.flag) ORDER BY 1",
      [&](const Rows& rows) { items.push_back(rows.text(0)); }, item));
  return items;
}

// The items of the catalogue that were last proposed by a person.
Answer<std::vector<std::string>> proposed_before(DeskState& state, ItemSeq item) {
  std::vector<std::string> items;
  TRY_STATUS(state.each(
      "SELECT p.value FROM json_each((SELECT proposes FROM decision WHERE item = $1"
      " AND action = 'propose' AND undone_by IS NULL AND json_valid(proposes)"
      " ORDER BY seq DESC LIMIT 1)) AS p ORDER BY 1",
      [&](const Rows& rows) { items.push_back(rows.text(0)); }, item));
  return items;
}

Done check_request(const Action& action, const DecisionRequest& request) {
  const std::string_view name = action.name;
  if ((name == "dismiss") != is_dismissal_reason(request.reason) ||
      (name != "dismiss" && !request.reason.empty())) {
    return refuse(Refused::Invalid, "a dismissal, and nothing else, has a reason of the list");
  }
  if (request.note.empty() && (action.needs_note || request.reason == "other")) {
    return refuse(Refused::Invalid, "this needs a note");
  }
  if (request.note.size() + request.proposes_reason.size() > kNoteBytesMax) {
    return refuse(Refused::Invalid, "the note is too long");
  }
  if (name != "propose" && name != "confirm" && !request.proposes.empty()) {
    return refuse(Refused::Invalid,
                  "only a proposal, or who confirms it, names items of the catalogue");
  }
  if (!std::ranges::all_of(request.proposes, is_catalogue_item)) {
    return refuse(Refused::Invalid, "that is no item of the catalogue");
  }
  return std::monostate{};
}

// What is proposed: what the rules said, or what the person says, with a reason if it differs. Who
// confirms may say otherwise than who proposed, with a reason as well.
Answer<std::vector<std::string>> proposal(DeskState& state, const DecisionRequest& request) {
  const bool confirms = request.action == "confirm";
  if (!confirms && request.action != "propose") return std::vector<std::string>();
  if (confirms && request.proposes.empty()) return std::vector<std::string>();
  TRY(const std::vector<std::string> before,
      confirms ? proposed_before(state, request.item) : proposed_by_rules(state, request.item));
  if (request.proposes.empty()) return before;
  std::vector<std::string> chosen = request.proposes;
  std::ranges::sort(chosen);
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  if (chosen != before && request.proposes_reason.empty()) {
    return refuse(Refused::Invalid, "another proposal than the one before needs a reason");
  }
  return chosen;
}

Answer<DecisionOutcome> outcome(DeskState& state, const Caller& caller, DecisionId decision,
                                std::string item_state) {
  TRY(const std::int64_t seconds, number_setting(state, "undo_seconds"));
  return DecisionOutcome{decision, std::move(item_state),
                         caller.now + std::chrono::seconds(seconds), ""};
}

}  // namespace

bool is_dismissal_reason(std::string_view reason) {
  return std::ranges::find(kDismissalReasons, reason) != std::end(kDismissalReasons);
}

Done write_fact(DeskState& state, const Caller& caller, ItemSeq item, const NewFact& fact) {
  if (std::ranges::find(kFacts, fact.fact) == std::end(kFacts)) {
    return refuse(Refused::Invalid, "there is no such fact");
  }
  if (fact.note.size() > kNoteBytesMax) return refuse(Refused::Invalid, "the note is too long");
  TRY_STATUS(
      state.run("INSERT INTO item_fact (item, staff, at, fact, note)"
                " VALUES ($1, $2, $3, $4, $5)",
                item, caller.staff, to_micros(caller.now), fact.fact, fact.note));
  return std::monostate{};
}

Answer<DecisionId> write_decision(DeskState& state, const Caller& caller,
                                  const NewDecision& decision) {
  const std::int64_t now = to_micros(caller.now);
  TRY(const auto seq,
      state.integer(
          "INSERT INTO decision (item, staff, fence, at, seconds, action, from_state, to_state,"
          " reason, note, proposes, proposes_reason, bulk, undoes)"
          " SELECT $1, $2, $3, $4, (SELECT ($5 - claimed_at) / 1000000 FROM claim"
          "  WHERE item = i.seq AND fence = $6), $7, i.state, $8, $9, $10, $11, $12, $13, $14"
          " FROM item AS i WHERE i.seq = $15 RETURNING seq",
          decision.item, caller.staff, decision.fence, now, now, decision.fence, decision.action,
          decision.to_state, decision.reason, decision.note, decision.proposes,
          decision.proposes_reason, decision.bulk, decision.undoes, decision.item));
  if (!seq) return refuse(Refused::NotFound, "no such item");
  TRY_STATUS(audit(state, caller, decision.action, fmt::format("item/{}", decision.item),
                   json_object({{"decision", std::to_string(*seq)},
                                {"to", decision.to_state},
                                {"reason", decision.reason.value_or("")}})));
  return *seq;
}

Answer<DecisionOutcome> decide(Desk& desk, const Caller& caller, const DecisionRequest& request) {
  DeskState& state = desk.state();
  const Action* const action = action_named(request.action);
  if (action == nullptr) return refuse(Refused::Invalid, "there is no such action");
  TRY_STATUS(check_request(*action, request));
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_role(state, caller, {action->role}));
  TRY_STATUS(need_item(state, caller, request.item));
  TRY(const std::vector<std::string> proposes, proposal(state, request));
  NewDecision decision;
  decision.item = request.item;
  decision.action = request.action;
  decision.to_state = action->to_state;
  decision.fence = request.fence;
  if (!request.reason.empty()) decision.reason = request.reason;
  decision.note = request.note;
  if (!proposes.empty()) decision.proposes = json_array(proposes);
  decision.proposes_reason = request.proposes_reason;
  TRY(const DecisionId seq, write_decision(state, caller, decision));
  for (const NewFact& fact : request.facts) {
    TRY_STATUS(write_fact(state, caller, request.item, fact));
  }
  TRY(DecisionOutcome done, outcome(state, caller, seq, decision.to_state));
  if (request.action == "dismiss") {
    TRY_STATUS(draw_for_blind_review(state, request.item, seq, caller.staff));
  }
  if (request.action == "confirm") {
    TRY(done.case_number, put_into_case(state, caller, request.item, seq, request.pile));
  }
  TRY_STATUS(transaction->commit());
  return done;
}

Answer<DecisionOutcome> undo_decision(Desk& desk, const Caller& caller, DecisionId decision) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  NewDecision undo;
  undo.action = "undo";
  undo.undoes = decision;
  std::int64_t at = 0;
  TRY_STATUS(state.each(
      "SELECT item, from_state, at FROM decision WHERE seq = $1 AND staff = $2",
      [&](const Rows& rows) {
        undo.item = rows.integer(0);
        undo.to_state = rows.text(1);
        at = rows.integer(2);
      },
      decision, caller.staff));
  if (undo.item == 0) return refuse(Refused::NotFound, "no such decision of yours");
  TRY_STATUS(need_reader(state, caller));
  TRY_STATUS(need_item(state, caller, undo.item));
  TRY(const std::int64_t seconds, number_setting(state, "undo_seconds"));
  if (caller.now > from_micros(at) + std::chrono::seconds(seconds)) {
    return refuse(Refused::Late, "the time to undo it is over");
  }
  TRY(const DecisionId seq, write_decision(state, caller, undo));
  TRY(DecisionOutcome done, outcome(state, caller, seq, undo.to_state));
  TRY_STATUS(transaction->commit());
  return done;
}

Answer<DecisionOutcome> reopen_item(Desk& desk, const Caller& caller, ItemSeq item,
                                    const std::string& note) {
  DeskState& state = desk.state();
  if (note.empty() || note.size() > kNoteBytesMax) {
    return refuse(Refused::Invalid, "this needs a note");
  }
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_role(state, caller, {Role::SecondReviewer}));
  TRY_STATUS(need_item(state, caller, item));
  NewDecision reopen;
  reopen.item = item;
  reopen.action = "reopen";
  reopen.to_state = "open";
  reopen.note = note;
  TRY(const DecisionId seq, write_decision(state, caller, reopen));
  TRY(DecisionOutcome done, outcome(state, caller, seq, reopen.to_state));
  TRY_STATUS(transaction->commit());
  return done;
}

Done add_fact(Desk& desk, const Caller& caller, ItemSeq item, const NewFact& fact) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_reader(state, caller));
  TRY_STATUS(need_item(state, caller, item));
  TRY_STATUS(write_fact(state, caller, item, fact));
  TRY_STATUS(audit(state, caller, "add_fact", fmt::format("item/{}", item),
                   json_object({{"fact", fact.fact}})));
  TRY_STATUS(transaction->commit());
  return std::monostate{};
}

Answer<std::size_t> release_held(Desk& desk, const Caller& caller, std::span<const ItemSeq> items) {
  DeskState& state = desk.state();
  if (items.size() > kBulkItemsMax) return refuse(Refused::Invalid, "too many at once");
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_role(state, caller, {Role::SecondReviewer}));
  std::size_t released = 0;
  for (const ItemSeq item : items) {
    TRY_STATUS(need_item(state, caller, item));
    TRY(const auto is_held,
        state.integer("SELECT 1 FROM item WHERE seq = $1 AND state = 'held'", item));
    if (!is_held) continue;  // by somebody else a moment ago
    NewDecision release;
    release.item = item;
    release.action = "release";
    release.to_state = "open";
    TRY_STATUS(write_decision(state, caller, release));
    released++;
  }
  TRY_STATUS(transaction->commit());
  return released;
}

}  // namespace pantau
