// The campaign list, asked for each record: whose account is this?
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "classifiers/accounts/account_index.h"
#include "classifiers/accounts/campaign_list.h"
#include "classifiers/model/validity.h"

namespace pantau {

// Immutable and thread-safe. The list must outlive it.
class CampaignIndex {
 public:
  CampaignIndex(const CampaignList& list, const ContestList& contests);

  // Puts the positions of all entries that `account` is and that hold at `time` into
  // `entries`, in the list's order.
  void find(std::string_view platform, const Account& account, Instant time,
            std::vector<std::uint32_t>& entries) const;

 private:
  const CampaignList& list_;
  std::vector<Period> periods_;
  AccountIndexBuilder::Words words_;
};

}  // namespace pantau
