// Where an expression could match a text: what RE2 is asked about; and who says so.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

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

// Says which expressions could match a text. It may name too many, never too few. Threads share it.
class MatchNominator {
 public:
  virtual ~MatchNominator() = default;

  // Appends to `possible`, in no certain order.
  virtual void nominate(std::string_view text, std::vector<PossibleMatch>& possible) const = 0;
};

// Makes one for these expressions, which are numbered in their order.
using MakeMatchNominator =
    std::function<std::unique_ptr<const MatchNominator>(std::span<const std::string> expressions)>;

}  // namespace pantau
