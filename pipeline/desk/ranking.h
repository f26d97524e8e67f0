// The learned ranking: an order of what waits by the chance of being confirmed, beside that of the
// legal clock. It hides nothing and decides nothing: both orders have the same rows.
//
// It is off until somebody learns one from enough decisions and switches it on; nothing switches
// it on by itself, and a version that was not better than the orders there are cannot be. Versions
// are kept as they were made. Learning and switching are in the audit log.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "classifiers/ranking/learn.h"
#include "pipeline/desk/desk.h"

namespace pantau {

struct RankingVersion {
  std::int64_t version = 0;
  Instant made_at;
  std::string made_by;
  std::int64_t confirmed = 0, dismissed = 0;  // learned from
  bool is_better = false;                     // than clock and level, on the held-out decisions
  RankingQuality quality;
  std::string sha256;  // of the model's text
  bool is_on = false;
};

// Learns a ranking from the decisions of the last days (as many as dismissed items are kept: of
// older ones only what was confirmed is left) and keeps it; it is not switched on. `made_by` is
// who asked, in words.
Answer<RankingVersion> train_ranking(Desk& desk, const Caller& caller, const std::string& made_by);

// Oldest first.
Answer<std::vector<RankingVersion>> list_rankings(Desk& desk);
Answer<RankingModel> ranking_model(Desk& desk, std::int64_t version);

// NotFound; Conflict if the version is not better than the orders there are; Storage if its model
// is not as it was stored.
Done switch_ranking_on(Desk& desk, const Caller& caller, std::int64_t version,
                       const std::string& by);
Done switch_ranking_off(Desk& desk, const Caller& caller, const std::string& by);

// Ranks items that came in since, or all if another version was switched on: `items_max` of them
// at most, in one short transaction. Returns how many; to be called until 0.
Answer<std::size_t> rank_items(Desk& desk, std::size_t items_max = 2000);

// What stands in the column of an item that has not been ranked yet: it comes last.
inline constexpr std::int64_t kRankUnknown = 2147483647;

}  // namespace pantau
