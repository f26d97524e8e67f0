// Ballot numbers: whom a number means depends on where one votes, and when it is said.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "classifiers/base/time.h"

namespace pantau {

struct OwnedNumber {
  std::uint32_t number = 0;
  Instant draw;  // the number counts from here on
  std::uint32_t owner = 0;
};

class BallotIndex {
 public:
  void add(const std::string& region, const OwnedNumber& number) {
    by_region_[region].push_back(number);
  }

  // Calls `found(owner)` for whom `number` means to somebody in `region`, perhaps several times:
  // all contests of the region itself, of those that it lies in, and of the whole country.
  template <class Found>
  void find(std::uint32_t number, std::string_view region, Instant time, Found&& found) const {
    const auto find_in = [&](std::string_view area) {
      const auto numbers = by_region_.find(area);
      if (numbers == by_region_.end()) return;
      for (const OwnedNumber& owned : numbers->second) {
        if (owned.number == number && time >= owned.draw) found(owned.owner);
      }
    };
    find_in("");
    for (std::size_t end = 1; end <= region.size(); end++) {
      if (end == region.size() || region[end] == '.') find_in(region.substr(0, end));
    }
  }

 private:
  // Lets the map be asked for a view.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  std::unordered_map<std::string, std::vector<OwnedNumber>, Hash, std::equal_to<>> by_region_;
};

}  // namespace pantau
