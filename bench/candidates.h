// Made-up contests, candidates and the accounts of their campaigns.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/accounts.h"

namespace pantau::bench {

struct MadeCandidate {
  std::size_t contest = 0;
  std::uint64_t number = 0;  // on the ballot; also the id
  std::vector<std::string> names;
  std::string hashtag;
  std::string slogan;
};

struct MadeContest {
  std::string id;
  std::string type;
  std::string region;
  std::string zone;
  std::vector<std::size_t> candidates;  // in Candidates::candidates
};

struct MadeCampaignAccount {
  std::uint64_t number = 0;  // in Circle::Campaign
  std::size_t contest = 0;
  std::size_t candidate = 0;  // kWholeContest: of the contest as a whole
  std::string type;
};
inline constexpr std::size_t kWholeContest = ~std::size_t{0};

// The candidates of a country on one voting day.
class Candidates {
 public:
  struct Size {
    std::uint64_t contests = 545;  // as many as voted on 27 November 2024
    std::uint64_t pairs = 1557;
    std::uint64_t accounts = 20'000;
  };

  Candidates(std::uint64_t seed, const Size& size);

  std::string contests_toml() const;
  std::string campaign_csv() const;

  const std::vector<MadeCandidate>& candidates() const { return candidates_; }
  const std::vector<MadeCampaignAccount>& accounts() const { return accounts_; }

  // Positions in accounts() of those that are on a platform.
  const std::vector<std::size_t>& accounts_on(std::size_t platform) const {
    return by_platform_[platform];
  }

 private:
  void add_contest(std::uint64_t number, std::uint64_t pairs);
  void add_account(std::uint64_t number);

  std::uint64_t seed_;
  std::vector<MadeContest> contests_;
  std::vector<MadeCandidate> candidates_;
  std::vector<MadeCampaignAccount> accounts_;
  std::array<std::vector<std::size_t>, kPlatforms.size()> by_platform_;
};

}  // namespace pantau::bench
