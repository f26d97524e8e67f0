// Expressions that nothing can be looked for in, all searched in every text at once.
#pragma once

#include <re2/set.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace pantau {

// So many of them are searched together: what RE2 needs for them grows faster than their number.
inline constexpr std::size_t kSearchedTogetherMax = 64;

// The most memory that their searches may use, of all together, but that each may use the smallest.
inline constexpr std::int64_t kSearchBytesMax = 64 << 20;
inline constexpr std::int64_t kOneSearchBytesMin = 1 << 20;

// Immutable once built; shared by threads.
class FeaturelessExpressions {
 public:
  void add(std::uint32_t number, std::string_view source) { added_.push_back({number, source}); }
  // After the last add(). The sources are not needed any more.
  void build();

  bool empty() const { return groups_.empty(); }

  // Appends the numbers of those that match `text`: perhaps others as well, if the memory did
  // not do.
  void find(std::string_view text, std::vector<int>& work, std::vector<std::uint32_t>& found) const;

 private:
  struct Added {
    std::uint32_t number = 0;
    std::string_view source;
  };
  struct Group {
    std::unique_ptr<const re2::RE2::Set> set;  // null if it does not fit into the memory
    std::vector<std::uint32_t> numbers;        // by position in the set
  };

  std::vector<Added> added_;
  std::vector<Group> groups_;
};

}  // namespace pantau
