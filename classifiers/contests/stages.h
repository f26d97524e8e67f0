// The stages of many contests, asked for each match.
#pragma once

#include <array>
#include <vector>

#include "classifiers/contests/contest.h"

namespace pantau {

// The same answers as stage_on(contest, contest.zone.day_of(time)), by comparing instants
// that were worked out once. (They differ for an hour where clocks were once put back over
// midnight, as in St. John's until 2011: there a day that had begun went back to the one before.)
class Stages {
 public:
  explicit Stages(const ContestList& contests);

  Stage at(ContestIndex contest, Instant time) const;

 private:
  // The first instants of Determined, Campaign, Quiet, Voting and After.
  std::vector<std::array<Instant, kStages - 1>> begins_;
};

}  // namespace pantau
