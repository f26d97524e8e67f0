// Items as the learned ranking sees them (classifiers/ranking/features.h).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "classifiers/ranking/fit.h"
#include "pipeline/desk/state.h"

namespace pantau {

// Calls `take` with the features of each item of (from, to], in their order. Items without a flag
// that can be read are passed over.
Done each_ranked_item(
    DeskState& state, ItemSeq from, ItemSeq to,
    const std::function<void(ItemSeq item, const std::vector<std::string>& features)>& take);

// What people decided about acts, for good or bad of the text, from `since` on; the newest
// kDecisionsMax of them, by the items' numbers. Not used are: decisions that were undone or
// overruled; bulk dismissals, by which nobody judged each text; and dismissals for a reason that
// says nothing about the text (another person's account, a time outside of the period, a
// duplicate, a stolen account) or nothing that is known ("other").
Answer<std::vector<DecidedAct>> decided_acts(DeskState& state, Instant since);
inline constexpr std::int64_t kDecisionsMax = 50'000;
inline constexpr std::string_view kReasonsAboutText[] = {"wrong_candidate", "not_support",
                                                         "quoted_or_reported", "sarcasm"};

}  // namespace pantau
