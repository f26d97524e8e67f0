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

  // The stages of a look-up, as AccountIndexView has them.
  AccountProbe probe(std::string_view platform, const Account& account) const {
    return index_.view().probe(platform, account.id, account.handle);
  }
  void prefetch(const AccountProbe& probe) const { index_.view().prefetch(probe); }
  bool passes_filter(const AccountProbe& probe) const { return index_.view().passes_filter(probe); }
  void prefetch_slots(const AccountProbe& probe) const { index_.view().prefetch_lines(probe); }
  void prefetch_entries(const AccountProbe& probe) const;

  // Puts the positions of all entries that `account` is and that hold at `time` into
  // `entries`, in the list's order. `probe` is of the same account.
  void find(const AccountProbe& probe, std::string_view platform, const Account& account,
            Instant time, std::vector<std::uint32_t>& entries) const;
  void find(std::string_view platform, const Account& account, Instant time,
            std::vector<std::uint32_t>& entries) const {
    find(probe(platform, account), platform, account, time, entries);
  }

 private:
  const CampaignList& list_;
  std::vector<Period> periods_;
  AccountIndex index_;
};

}  // namespace pantau
