// Claims: who has an item on the table.
//
// A claim is a lease that runs out. Its fence is a number that grows with every claim of the item
// and survives its release; a decision tells the fence it was made under, so one that comes after
// the lease was lost is refused, however late the message.
#pragma once

#include "pipeline/desk/desk.h"

namespace pantau {

struct Claim {
  std::int64_t fence = 0;
  Instant until;
};

// Needs the role for the item's state: analyst for what waits, second reviewer for what is
// proposed (and never the proposer). Conflict if somebody else has it; one's own claim is renewed
// and keeps its fence.
Answer<Claim> claim_item(Desk& desk, const Caller& caller, ItemSeq item);
Answer<Claim> renew_claim(Desk& desk, const Caller& caller, ItemSeq item, std::int64_t fence);
// Giving back what one no longer has is no error.
Done release_claim(Desk& desk, const Caller& caller, ItemSeq item, std::int64_t fence);

}  // namespace pantau
