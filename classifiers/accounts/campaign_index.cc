#include "classifiers/accounts/campaign_index.h"

#include <algorithm>

namespace pantau {
namespace {

// Refs are positions, and 0 is none.
std::uint32_t ref_of(std::size_t position) {
  return static_cast<std::uint32_t>(position + 1);
}

AccountIndex index_of(const CampaignList& list) {
  AccountIndex::Builder builder;
  for (std::size_t i = 0; i < list.size(); i++) {
    builder.add(ref_of(i), list[i].platform, list[i].account_id, list[i].handle);
  }
  return AccountIndex(builder);
}

bool is_account(const Account& account, const CampaignEntry& entry) {
  if (!account.id.empty() && !entry.account_id.empty()) return account.id == entry.account_id;
  return !entry.handle.empty() && has_handle_key(account.handle, entry.handle);
}

}  // namespace

CampaignIndex::CampaignIndex(const CampaignList& list, const ContestList& contests)
    : list_(list), index_(index_of(list)) {
  for (const CampaignEntry& entry : list) {
    periods_.emplace_back(entry.validity, contests[entry.contest].zone);
  }
}

void CampaignIndex::begin(PlatformHash platform, const Account& account,
                          AccountLookUp& look_up) const {
  index_.view().begin(platform, account.id, account.handle, look_up);
}

void CampaignIndex::ask_slots(const AccountLookUp& look_up) const {
  index_.view().ask_lines(look_up.probe, Asking::Prefetch);
}

void CampaignIndex::nominate(AccountLookUp& look_up) const {
  index_.view().nominate(look_up);
}

void CampaignIndex::find(const AccountLookUp& look_up, std::string_view platform,
                         const Account& account, Instant time,
                         std::vector<std::uint32_t>& entries) const {
  entries.clear();
  index_.view().each_candidate(look_up, [&](std::uint32_t ref) {
    const std::uint32_t position = ref - 1;
    const CampaignEntry& entry = list_[position];
    if (entry.platform == platform && is_account(account, entry) &&
        periods_[position].holds_at(time)) {
      entries.push_back(position);
    }
    return false;
  });
  if (entries.size() < 2) return;
  std::ranges::sort(entries);
  // An entry may be found by its id and by its handle.
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
}

}  // namespace pantau
