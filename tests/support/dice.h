#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace pantau {

// Chance that is the same on every machine: a seed gives one run of numbers.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  // 0 … bound-1
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(engine_() % bound); }

  // lowest … highest
  std::size_t between(std::size_t lowest, std::size_t highest) {
    return lowest + below(highest - lowest + 1);
  }

  bool percent(std::size_t chance) { return below(100) < chance; }

  template <class List>
  const auto& pick(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace pantau
