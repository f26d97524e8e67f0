// Decisions: the state machine of an item, as people move it.
//
//   open, needs_info, returned ──dismiss──▶ dismissed ──reopen──▶ open
//            │   └─needs_info─▶ needs_info
//            ├──propose──▶ proposed ──confirm──▶ confirmed (into a case)
//            │                 └─────return──▶ returned
//            └──(bulk above the limit)──▶ pending_dismissal ──approve──▶ dismissed
//                                                 └──refuse──▶ what it was
//   held ──release──▶ open            undo: back, within seconds, if nothing was built on it
//
// Decisions are only ever added. Nothing here says that somebody did wrong: what is confirmed is
// a suspicion (dugaan) that two people share.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pipeline/desk/desk.h"
#include "pipeline/desk/listing.h"

namespace pantau {

inline constexpr std::string_view kDismissalReasons[] = {
    "wrong_person",   "wrong_candidate",     "not_support", "quoted_or_reported", "sarcasm",
    "outside_period", "account_compromised", "duplicate",   "account_not_theirs", "other"};
inline constexpr std::string_view kFacts[] = {
    "spouse", "duty", "accidental", "account_not_theirs", "ordered_by_superior", "deleted_since"};

struct NewFact {
  std::string fact;  // one of kFacts
  std::string note;
};
inline constexpr std::size_t kNoteBytesMax = 4000;

struct DecisionRequest {
  ItemSeq item = 0;
  std::int64_t fence = 0;  // of the caller's claim
  std::string action;      // dismiss, needs_info, propose, confirm, return
  std::string reason;      // dismiss: of kDismissalReasons
  std::string note;        // return, needs_info and the reason "other" need one
  // propose: the SKB items; none: those that the rules proposed. confirm: none: those that were
  // proposed. Others than those need a reason.
  std::vector<std::string> proposes;
  std::string proposes_reason;
  std::vector<NewFact> facts;
  std::optional<PileId> pile;  // confirm: whose case; none: that of the item's first candidate
};
struct DecisionOutcome {
  DecisionId decision = 0;
  std::string state;
  Instant undo_until;
  std::string case_number;  // confirm: where it went
};
Answer<DecisionOutcome> decide(Desk& desk, const Caller& caller, const DecisionRequest& request);

// By the same person, within the time, while nothing was built on it. The item is as before; the
// claim is not.
Answer<DecisionOutcome> undo_decision(Desk& desk, const Caller& caller, DecisionId decision);
// A dismissed item is looked at again; a second reviewer who did not dismiss it, with a note.
Answer<DecisionOutcome> reopen_item(Desk& desk, const Caller& caller, ItemSeq item,
                                    const std::string& note);

Done add_fact(Desk& desk, const Caller& caller, ItemSeq item, const NewFact& fact);
// Lets items above a rule's quota into the queue; how many were. Second reviewers.
Answer<std::size_t> release_held(Desk& desk, const Caller& caller, std::span<const ItemSeq> items);

// Many at once: what waits and nobody else has claimed. Up to the setting bulk_max they are
// dismissed at once; above it they wait for a second person.
inline constexpr std::size_t kBulkItemsMax = 1000;
struct SkippedItem {
  ItemSeq item = 0;
  Refused why = Refused::Conflict;
};
struct BulkOutcome {
  BulkId bulk = 0;
  std::string state;  // done, pending
  std::size_t items = 0;
  std::vector<SkippedItem> skipped;
};
Answer<BulkOutcome> bulk_dismiss(Desk& desk, const Caller& caller, std::span<const ItemSeq> items,
                                 const std::string& reason, const std::string& note);
struct BulkRow {
  BulkId bulk = 0;
  StaffId staff = 0;
  std::string staff_name;
  Instant at;
  std::string reason, note, state;  // pending, done, refused
  std::int64_t items = 0;
};
Answer<Listed<BulkRow>> list_bulks(Desk& desk, const Caller& caller, const std::string& state,
                                   const Page& page);
Answer<Listed<ItemRow>> list_bulk_items(Desk& desk, const Caller& caller, BulkId bulk,
                                        const Page& page);
// By a second reviewer who did not ask for it.
Answer<BulkOutcome> approve_bulk(Desk& desk, const Caller& caller, BulkId bulk);
Answer<BulkOutcome> refuse_bulk(Desk& desk, const Caller& caller, BulkId bulk,
                                const std::string& note);

// Blind reviews: of a share of all dismissals, chosen by a secret, a second reviewer sees the item
// and not the verdict. Nothing: none is left for this person.
Answer<std::optional<ItemSeq>> next_blind_item(Desk& desk, const Caller& caller);
struct BlindVerdict {
  std::string verdict;  // dismiss, propose
  std::string reason;   // dismiss: of kDismissalReasons
  std::string note;
};
// A verdict of "propose" on what was dismissed opens the item again.
Done give_blind_verdict(Desk& desk, const Caller& caller, ItemSeq item,
                        const BlindVerdict& verdict);

}  // namespace pantau
