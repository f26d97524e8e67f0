// Instagram's posts as its own pages know them, in the three shapes that collections have: of its
// graph (shortcode, edge_…), of lists (code, caption, taken_at), and of its newest pages, which are
// like the second with other fields around it.
#pragma once

#include "pipeline/layouts/item_fields.h"

namespace pantau {

void read_instagram_post(JsonNode post, Acts& acts, Arena& arena);

}  // namespace pantau
