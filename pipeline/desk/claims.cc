#include "pipeline/desk/claims.h"

#include <fmt/format.h>

#include "pipeline/desk/state.h"

namespace pantau {
namespace {

// Who may have an item of this state on the table.
Done need_role_for(DeskState& state, const Caller& caller, const std::string& item_state) {
  if (item_state == "open" || item_state == "needs_info" || item_state == "returned") {
    return need_role(state, caller, {Role::Analyst});
  }
  if (item_state == "proposed") return need_role(state, caller, {Role::SecondReviewer});
  return refuse(Refused::Conflict, "there is nothing to decide about this item now");
}

Done refuse_proposer(DeskState& state, const Caller& caller, ItemSeq item) {
  TRY(const auto proposer,
      state.integer("SELECT staff FROM decision WHERE item = $1 AND action = 'propose'"
                    " AND undone_by IS NULL ORDER BY seq DESC LIMIT 1",
                    item));
  if (proposer == caller.staff) {
    return refuse(Refused::SamePerson, "who proposed it cannot be the second person");
  }
  return std::monostate{};
}

Answer<Instant> lease_end(DeskState& state, Instant now) {
  TRY(const std::int64_t seconds, number_setting(state, "lease_seconds"));
  return now + std::chrono::seconds(seconds);
}

}  // namespace

Answer<Claim> take_claim(DeskState& state, const Caller& caller, ItemSeq item) {
  TRY(const Instant until, lease_end(state, caller.now));
  const std::int64_t now = to_micros(caller.now);
  TRY_STATUS(
      state.run("INSERT INTO claim (item, staff, fence, claimed_at, until)"
                " VALUES ($1, NULL, 0, $2, 0) ON CONFLICT DO NOTHING",
                item, now));
  // One's own lease that runs is made longer; a free item, or one whose lease ran out, gets a new
  // fence.
  TRY(const int renewed, state.run("UPDATE claim SET until = $1 WHERE item = $2 AND staff = $3"
                                   " AND until > $4",
                                   to_micros(until), item, caller.staff, now));
  if (renewed == 0) {
    TRY(const int taken,
        state.run("UPDATE claim SET staff = $1, fence = fence + 1, claimed_at = $2, until = $3"
                  " WHERE item = $4 AND (staff IS NULL OR until <= $5)",
                  caller.staff, now, to_micros(until), item, now));
    if (taken == 0) return refuse(Refused::Conflict, "somebody else has the item on the table");
  }
  TRY(const auto fence, state.integer("SELECT fence FROM claim WHERE item = $1", item));
  return Claim{*fence, until};
}

Answer<Claim> claim_item(Desk& desk, const Caller& caller, ItemSeq item) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_item(state, caller, item));
  TRY(const auto item_state, state.text("SELECT state FROM item WHERE seq = $1", item));
  TRY_STATUS(need_role_for(state, caller, *item_state));
  TRY_STATUS(refuse_proposer(state, caller, *item_state == "proposed" ? item : 0));
  TRY(const Claim claim, take_claim(state, caller, item));
  TRY_STATUS(audit(state, caller, "claim", fmt::format("item/{}", item),
                   fmt::format("{{\"fence\":{}}}", claim.fence)));
  TRY_STATUS(transaction->commit());
  return claim;
}

Answer<Claim> renew_claim(Desk& desk, const Caller& caller, ItemSeq item, std::int64_t fence) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY(const Instant until, lease_end(state, caller.now));
  TRY(const int renewed,
      state.run("UPDATE claim SET until = $1 WHERE item = $2 AND staff = $3"
                " AND fence = $4 AND until > $5",
                to_micros(until), item, caller.staff, fence, to_micros(caller.now)));
  if (renewed == 0) return refuse(Refused::Late, "the claim ran out, or is somebody else's now");
  TRY_STATUS(transaction->commit());
  return Claim{fence, until};
}

Done release_claim(Desk& desk, const Caller& caller, ItemSeq item, std::int64_t fence) {
  TRY_STATUS(
      desk.state().run("UPDATE claim SET staff = NULL, until = 0 WHERE item = $1"
                       " AND staff = $2 AND fence = $3",
                       item, caller.staff, fence));
  return std::monostate{};
}

}  // namespace pantau
