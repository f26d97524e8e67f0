// Where an expression could match a text: what RE2 is asked about.
#pragma once

#include <cstdint>
#include <limits>
#include <tuple>

namespace pantau {

struct PossibleMatch {
  static constexpr std::uint32_t kAnywhere = std::numeric_limits<std::uint32_t>::max();

  std::uint32_t expression = 0;
  std::uint32_t start = 0;              // a match begins here or behind,
  std::uint32_t start_end = kAnywhere;  // and before this
  bool starts_here = false;             // it begins at `start`

  friend bool operator<(const PossibleMatch& a, const PossibleMatch& b) {
    return std::tie(a.expression, a.start) < std::tie(b.expression, b.start);
  }
};

}  // namespace pantau
