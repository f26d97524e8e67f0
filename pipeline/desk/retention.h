// Retention: what need not be kept is not kept.
//
// Unreviewed items go after a time, dismissed ones sooner. What stays of an item is a hash of its
// key and the decisions without their notes. Items of cases stay, and so do those under legal hold.
#pragma once

#include "pipeline/desk/desk.h"

namespace pantau {

struct RetentionPlan {
  std::int64_t unreviewed = 0;  // items to be reduced because nobody looked in time
  std::int64_t dismissed = 0;   // … because they were dismissed long enough ago
  std::int64_t held_back = 0;   // due, but under legal hold or in a case
  std::int64_t sessions = 0;    // sessions that ended long ago
};
// What a run would do now. Administrators.
Answer<RetentionPlan> plan_retention(Desk& desk, const Caller& caller);
// Does it, in pieces, and writes each into the audit log. What was done.
Answer<RetentionPlan> run_retention(Desk& desk, const Caller& caller);

}  // namespace pantau
