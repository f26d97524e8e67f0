// Other libraries that find which of many expressions match a text: to be compared with our own
// index, alone and in its place inside of a sweep.
#pragma once

#include <string_view>
#include <vector>

#include "classifiers/rules/possible_match.h"

namespace pantau::bench {

struct OtherMatcher {
  std::string_view name;
  MakeMatchNominator make;
};

// RE2::Set with as much memory as it asks for; and, where libhyperscan-dev is installed, Hyperscan
// in block mode (UTF-8, each expression told once a text). They say what matches but not where.
std::vector<OtherMatcher> other_matchers();

}  // namespace pantau::bench
