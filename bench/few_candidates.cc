#include "bench/few_candidates.h"

#include <algorithm>
#include <utility>

namespace pantau::bench {

std::vector<CandidateHandle> handles_of(const CampaignList& campaign) {
  std::vector<CandidateHandle> handles;
  for (const CampaignEntry& entry : campaign) {
    if (entry.candidate == kNoCandidate || entry.handle.empty()) continue;
    handles.push_back(
        {entry.contest, entry.candidate, entry.platform, entry.handle, entry.validity});
  }
  return handles;
}

FewCandidates::FewCandidates(const EngineLists& lists, std::size_t candidates_max) {
  std::size_t candidates = 0;
  for (const Contest& contest : lists.contests) {
    if (candidates == candidates_max) break;
    Contest& some = contests.emplace_back(contest);
    some.candidates.resize(std::min(some.candidates.size(), candidates_max - candidates));
    candidates += some.candidates.size();
  }
  for (CandidateHandle& handle : handles_of(lists.campaign)) {
    if (handle.contest >= contests.size() ||
        handle.candidate >= contests[handle.contest].candidates.size()) {
      continue;
    }
    handles.push_back(std::move(handle));
  }
}

}  // namespace pantau::bench
