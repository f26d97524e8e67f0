// Rows of items as lists show them; several lists do.
#pragma once

#include <string>
#include <vector>

#include "pipeline/desk/clock.h"
#include "pipeline/desk/listing.h"
#include "pipeline/desk/state.h"

namespace pantau {

// The items that `from_where` ("FROM item AS i … WHERE …") names, whose values are `values`, from
// $2 on: $1 is the caller's time.
Answer<std::vector<ItemRow>> read_item_rows(DeskState& state, const Caller& caller,
                                            const std::string& from_where,
                                            const std::vector<SqlValue>& values);

// For the bits of pile.levels and the like.
std::string highest_level(std::int64_t levels);
std::vector<std::string> kinds_of_bits(std::int64_t bits);
std::vector<std::string> stages_of_bits(std::int64_t bits);
std::vector<std::string> platforms_of_bits(std::int64_t bits);
// The bit of a name; 0: unknown. An unknown platform is "any other".
std::int64_t level_bit(std::string_view level);
std::int64_t kind_bit(std::string_view kind);
std::int64_t stage_bit(std::string_view stage);
std::int64_t platform_bit(std::string_view platform);

}  // namespace pantau
