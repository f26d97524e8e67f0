// The candidates that a list names, with their handles: all of them, or a few.
#pragma once

#include <cstddef>
#include <vector>

#include "classifiers/accounts/campaign_list.h"
#include "classifiers/contests/mentions.h"
#include "classifiers/engine.h"

namespace pantau::bench {

std::vector<CandidateHandle> handles_of(const CampaignList& campaign);

// The first candidates alone, in their contests, with their handles.
struct FewCandidates {
  FewCandidates(const EngineLists& lists, std::size_t candidates_max);

  ContestList contests;
  std::vector<CandidateHandle> handles;
};

}  // namespace pantau::bench
