// A pack of one rule for each expression, so that what holds can be told by looking for each by
// itself.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "classifiers/rules/pack.h"

namespace pantau::bench {

using Expressions = std::vector<std::string>;

// The first `count` made-up patterns of a seed; see patterns.h.
Expressions make_expressions(std::uint64_t seed, std::uint32_t count);

// Rule i holds if expression i is found, whoever is linked or named: every text is searched for
// all.
RulePack pack_of(const Expressions& expressions);

}  // namespace pantau::bench
