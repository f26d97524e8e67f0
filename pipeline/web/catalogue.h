// What the page shows that is in no queue: contests with their candidates, and the catalogue of
// SKB items with their wording.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/accounts/campaign_list.h"
#include "classifiers/base/result.h"
#include "classifiers/contests/contest.h"

namespace pantau {

struct SkbItem {
  std::string catalogue;   // "skb-2022"
  std::string id;          // "DS-2"
  std::string item_class;  // ethics, discipline, both
  std::string wording;     // Indonesian, as the decree has it
  std::string wording_en;
  std::string legal_basis;
  std::string sanction;
};

struct RulePackText {
  std::string pack, version, text;
};

struct Catalogue {
  ContestList contests;
  std::string contests_toml;  // all files' text: imports are checked against it
  CampaignList campaign;      // rules are tried with it
  std::vector<SkbItem> skb;
  std::vector<RulePackText> packs;  // of the sweep's files

  const SkbItem* skb_item(std::string_view id) const;
};

inline constexpr std::size_t kCatalogueFileBytesMax = 16 << 20;

// `contests` and `rules` are files. SKB items are read from the folder "skb" beside the rules'
// folders. Fault::Config with every mistake.
Result<Catalogue> load_catalogue(std::span<const std::string> contests,
                                 std::span<const std::string> rules);

}  // namespace pantau
