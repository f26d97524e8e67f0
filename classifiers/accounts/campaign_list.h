// The accounts of candidates, campaigns and parties (CONTRACT.md §4).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/accounts/roster_csv.h"
#include "classifiers/base/mistakes.h"
#include "classifiers/contests/contest.h"
#include "classifiers/model/flag.h"

namespace pantau {

// One row; the contest and candidate are positions in the sweep's ContestList.
struct CampaignEntry {
  ContestIndex contest = 0;
  CandidateIndex candidate = kNoCandidate;
  AccountType type = AccountType::Registered;
  std::string platform;
  std::string account_id;
  std::string handle;  // as handle_key()
  Validity validity;   // days of the contest's time zone
};

using CampaignList = std::vector<CampaignEntry>;

// Reads the list; a row that names an unknown contest or candidate is a mistake.
CampaignList read_campaign_csv(std::string_view text, const ContestList& contests,
                               Mistakes& mistakes);

}  // namespace pantau
