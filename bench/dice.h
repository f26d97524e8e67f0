// Random numbers that are the same on every machine and with every compiler, which those of
// <random>'s distributions are not. xoshiro256**, seeded by splitmix64; integers only.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace pantau::bench {

inline std::uint64_t mixed(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
  return value ^ (value >> 31);
}

//
// C++ leaves open in which order the arguments of a call are worked out, so no two of them may
// throw dice.
class Dice {
 public:
  // Each thing that is made up has dice of its own, named by what it is and its number, so
  // that the first thousand of a million are the thousand that would have been made alone.
  Dice(std::uint64_t seed, std::uint64_t what, std::uint64_t number) {
    std::uint64_t state = mixed(seed) ^ mixed(what * 0xA24BAED4963EE407 + number);
    for (std::uint64_t& word : words_) word = mixed(state++);
  }

  std::uint64_t next() {
    const std::uint64_t result = std::rotl(words_[1] * 5, 7) * 9;
    const std::uint64_t shifted = words_[1] << 17;
    words_[2] ^= words_[0];
    words_[3] ^= words_[1];
    words_[1] ^= words_[2];
    words_[0] ^= words_[3];
    words_[2] ^= shifted;
    words_[3] = std::rotl(words_[3], 45);
    return result;
  }

  // 0 … limit-1, for limits below 2^32.
  std::uint64_t below(std::uint64_t limit) { return ((next() >> 32) * limit) >> 32; }

  std::uint64_t between(std::uint64_t first, std::uint64_t last) {
    return first + below(last - first + 1);
  }

  bool per_mille(std::uint64_t share) { return below(1000) < share; }

  template <class List>
  const auto& one_of(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::array<std::uint64_t, 4> words_{};
};

}  // namespace pantau::bench
