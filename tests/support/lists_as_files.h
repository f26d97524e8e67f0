// Lists as the files that people would write, for the real readers. (The roster: to_csv().)
#pragma once

#include <string>

#include "tests/support/plain_matcher.h"

namespace pantau {

std::string to_toml(const ContestList& contests);
std::string to_toml(const RulePack& pack);
std::string campaign_csv(const CampaignList& campaign, const ContestList& contests);

}  // namespace pantau
