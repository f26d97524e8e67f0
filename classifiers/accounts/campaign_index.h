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

  // The stages of a look-up, as Roster has them.
  void begin(PlatformHash platform, const Account& account, AccountLookUp& look_up) const;
  void ask_slots(const AccountLookUp& look_up) const;
  void nominate(AccountLookUp& look_up) const;

  // Puts the positions of all entries that `account` is and that hold at `time` into
  // `entries`, in the list's order. `look_up` is of the same account.
  void find(const AccountLookUp& look_up, std::string_view platform, const Account& account,
            Instant time, std::vector<std::uint32_t>& entries) const;

 private:
  const CampaignList& list_;
  std::vector<Period> periods_;
  AccountIndex index_;
};

}  // namespace pantau
