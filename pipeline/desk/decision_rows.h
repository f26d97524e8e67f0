// How a decision gets into the file; single decisions and bulk ones do it alike.
#pragma once

#include <optional>
#include <string>

#include "pipeline/desk/claims.h"
#include "pipeline/desk/decisions.h"
#include "pipeline/desk/state.h"

namespace pantau {

// Claims an item in the caller's transaction: see claim_item().
Answer<Claim> take_claim(DeskState& state, const Caller& caller, ItemSeq item);

struct NewDecision {
  ItemSeq item = 0;
  std::string action, to_state;
  std::optional<std::int64_t> fence;
  std::optional<std::string> reason;
  std::string note, proposes, proposes_reason;
  std::optional<BulkId> bulk;
  std::optional<DecisionId> undoes;
};
// Writes it, in the caller's transaction; the file's triggers check it and move the item.
Answer<DecisionId> write_decision(DeskState& state, const Caller& caller,
                                  const NewDecision& decision);

// Lets chance, of which only the file knows, choose a dismissal for a blind review.
Done draw_for_blind_review(DeskState& state, ItemSeq item, DecisionId decision, StaffId first);

// Puts a confirmed item into the open case of its person and candidate, which is opened if there
// is none; the case's number.
Answer<std::string> put_into_case(DeskState& state, const Caller& caller, ItemSeq item,
                                  DecisionId decision, std::optional<PileId> pile);

bool is_dismissal_reason(std::string_view reason);
Done write_fact(DeskState& state, const Caller& caller, ItemSeq item, const NewFact& fact);

}  // namespace pantau
