// The ranking that is switched on, for lists and views.
#pragma once

#include <optional>

#include "pipeline/desk/listing.h"
#include "pipeline/desk/state.h"

namespace pantau {

// The model of a version. NotFound; Storage if it is not as it was stored.
Answer<RankingModel> read_ranking_model(DeskState& state, std::int64_t version);

Answer<bool> is_ranking_on(DeskState& state);

// The ranking that is on, kept with the connection; null if none is.
Answer<const RankingInUse*> ranking_in_use(DeskState& state);

// Refused unless lists of items in `item_state` ("": waiting) can be sorted so.
Done check_order(DeskState& state, ListOrder order, const std::string& item_state);

// Why the item stands where it does; nothing if no ranking is on. A stored model that cannot be
// read gives no reason and stands in nobody's way.
Answer<std::optional<ItemRanking>> ranking_of_item(DeskState& state, ItemSeq item);

}  // namespace pantau
