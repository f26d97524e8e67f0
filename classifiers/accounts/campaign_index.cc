#include "classifiers/accounts/campaign_index.h"

#include <algorithm>

namespace pantau {

CampaignIndex::CampaignIndex(const CampaignList& list, const ContestList& contests) : list_(list) {
  AccountIndexBuilder builder;
  for (std::uint32_t i = 0; i < list.size(); i++) {
    const CampaignEntry& entry = list[i];
    periods_.emplace_back(entry.validity, contests[entry.contest].zone);
    builder.add(i, entry.platform, entry.account_id, entry.handle);
  }
  words_ = builder.build();
  view_ = words_.view();
}

void CampaignIndex::prefetch_entries(const AccountProbe& probe) const {
  view_.each_candidate(probe, [&](std::uint32_t position) {
    __builtin_prefetch(&list_[position]);
    __builtin_prefetch(&periods_[position]);
  });
}

void CampaignIndex::find(const AccountProbe& probe, std::string_view platform,
                         const Account& account, Instant time,
                         std::vector<std::uint32_t>& entries) const {
  entries.clear();
  view_.each_candidate(probe, [&](std::uint32_t position) {
    const CampaignEntry& entry = list_[position];
    if (entry.platform == platform && same_account(account, entry.account_id, entry.handle) &&
        periods_[position].holds_at(time)) {
      entries.push_back(position);
    }
  });
  std::ranges::sort(entries);
  // An entry may be found by its id and by its handle.
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
}

}  // namespace pantau
