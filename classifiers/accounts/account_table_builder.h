// From keys to the lines and words of a table.
//
// The keys come parted by their hashes' upper bits, so that each part fills a stretch of lines
// and words of its own: parts can be filled at the same time, and a part's stretch stays in the
// processor's cache. The outcome depends on the keys and their order, not on who filled what.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

#include "classifiers/accounts/account_table.h"
#include "classifiers/accounts/build_memory.h"

namespace pantau {

struct AccountKey {
  std::uint32_t hash_high = 0;
  std::uint32_t hash_low = 0;
  std::uint32_t ref = 0;

  AccountKey() = default;
  AccountKey(AccountHash hash, std::uint32_t to)
      : hash_high(static_cast<std::uint32_t>(hash.bits >> 32)),
        hash_low(static_cast<std::uint32_t>(hash.bits)),
        ref(to) {}

  AccountHash hash() const { return {std::uint64_t{hash_high} << 32 | hash_low}; }
};

// Keys of one part whose refs count from `base`.
struct AccountKeyRun {
  std::span<const AccountKey> keys;
  std::uint32_t base = 0;
};

class AccountTableBuilder {
 public:
  // For `keys` keys in `parts` parts: the key's part is hash.below(parts).
  AccountTableBuilder(std::size_t keys, std::size_t parts, std::pmr::memory_resource* memory);

  // All keys of a part, in the list's order. Different parts at the same time.
  void fill(std::size_t part, std::span<const AccountKeyRun> runs);

  // After all parts. Numbers that share a hash become lists behind those that are in `lists`.
  void finish(std::vector<std::uint32_t>& lists);

  AccountTableView view() const { return {filter_.span(), lines_.span()}; }

 private:
  // A key that has another's hash, and the slot of that one.
  struct Repeat {
    std::uint64_t slot;
    std::uint32_t ref;
  };
  // What fill() could not do alone.
  struct Part {
    std::vector<Repeat> repeats;
    std::vector<AccountKey> overflow;
  };

  class Filling;
  void place_overflow(std::size_t part);
  void make_lists(Part& part, std::vector<std::uint32_t>& lists);

  std::size_t words_in_part_;
  std::size_t lines_in_part_;
  UninitializedArray<std::uint64_t> filter_;
  UninitializedArray<AccountLine> lines_;
  std::vector<Part> parts_;
};

}  // namespace pantau
