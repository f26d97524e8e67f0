// A tweet as X's own pages know it: the fields of API 1.1 under "legacy", its author beside it
// under "core", where names and handle moved to another place in 2025.
#pragma once

#include "pipeline/layouts/item_fields.h"

namespace pantau {

void read_x_page_tweet(JsonNode tweet, Acts& acts, Arena& arena);

}  // namespace pantau
