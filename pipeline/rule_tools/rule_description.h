// A rule of a pack in words: what it looks at, what must be in the text, what it proposes.
#pragma once

#include <string>

#include "classifiers/rules/pack.h"

namespace pantau {

// For a terminal, with the expressions of each pattern, what is looked up of them first, and the
// pack's examples.
std::string rule_description(const RulePack& pack, const Rule& rule);

}  // namespace pantau
