#include "classifiers/contests/stages.h"

#include <chrono>

namespace pantau {

Stages::Stages(const ContestList& contests) {
  for (const Contest& contest : contests) {
    const TimeZone& zone = contest.zone;
    const Instant voting = zone.start_of(contest.voting);
    begins_.push_back({zone.start_of(contest.determination), zone.start_of(contest.campaign.first),
                       contest.quiet ? zone.start_of(contest.quiet->first) : voting, voting,
                       zone.start_of(contest.voting + std::chrono::days(1))});
  }
}

Stage Stages::at(ContestIndex contest, Instant time) const {
  const auto& begins = begins_[contest];
  std::size_t stage = begins.size();
  while (stage > 0 && time < begins[stage - 1]) stage--;
  return static_cast<Stage>(stage);
}

}  // namespace pantau
