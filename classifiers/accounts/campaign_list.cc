#include "classifiers/accounts/campaign_list.h"

#include <fmt/format.h>

#include <algorithm>

#include "classifiers/accounts/list_reader.h"
#include "classifiers/model/record.h"

namespace pantau {
namespace {

enum Column : std::size_t {
  ContestId,
  CandidateId,
  Platform,
  AccountId,
  Handle,
  Type,
  ValidFrom,
  ValidTo
};
constexpr std::array<std::string_view, 8> kColumns = {"contest_id", "candidate_id", "platform",
                                                      "account_id", "handle",       "account_type",
                                                      "valid_from", "valid_to"};

void read_candidate(ListReader& list, const ContestList& contests, CampaignEntry& entry) {
  const std::string_view contest_id = list.required(ContestId);
  if (contest_id.empty()) return;
  const auto contest = std::ranges::find(contests, contest_id, &Contest::id);
  if (contest == contests.end()) {
    return list.mistake(fmt::format("unknown contest '{}'", contest_id));
  }
  entry.contest = static_cast<ContestIndex>(contest - contests.begin());
  const std::string_view candidate_id = list.cell(CandidateId);
  if (candidate_id.empty()) return;
  const auto candidate = std::ranges::find(contest->candidates, candidate_id, &Candidate::id);
  if (candidate == contest->candidates.end()) {
    return list.mistake(
        fmt::format("contest '{}' has no candidate '{}'", contest_id, candidate_id));
  }
  entry.candidate = static_cast<CandidateIndex>(candidate - contest->candidates.begin());
}

}  // namespace

CampaignList read_campaign_csv(std::string_view text, const ContestList& contests,
                               Mistakes& mistakes) {
  CampaignList entries;
  ListReader list(text, kColumns, mistakes);
  while (list.next()) {
    CampaignEntry entry;
    read_candidate(list, contests, entry);
    entry.platform = list.platform(Platform);
    entry.account_id = list.account_id(AccountId);
    entry.handle = handle_key(list.cell(Handle));
    if (entry.account_id.empty() && entry.handle.empty()) {
      list.mistake("neither 'account_id' nor 'handle' is given");
    }
    entry.type = list.one_of(Type, account_type_named);
    entry.validity = list.validity(ValidFrom, ValidTo);
    if (list.row_is_sound()) entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace pantau
