// A platform's object as a collector of its pages kept it, by the collector's name of the platform.
#pragma once

#include <string_view>

#include "pipeline/layouts/item_fields.h"

namespace pantau {

// "instagram.com", "tiktok.com", "tiktok-comments", "twitter.com" or "x.com"; others are told.
void read_platform_object(std::string_view platform, JsonNode object, Acts& acts, Arena& arena);

// Its platform by its fields, named as above; "" if it is none of them.
std::string_view platform_of(JsonNode object);

}  // namespace pantau
