// What is kept under 64-bit keys, when nearly all keys that are asked for are not there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "classifiers/contests/run_scan.h"

namespace pantau {

inline std::uint32_t key_hash(std::uint64_t key) {
  const std::uint64_t low = (key & 0xFFFFFFFF) * kHashFactorLow;
  const std::uint64_t high = (key >> 32) * kHashFactorHigh;
  return static_cast<std::uint32_t>((low + high) >> 32);
}

inline bool may_contain(const KeyFilterBits& filter, std::uint64_t key) {
  const std::uint32_t hash = key_hash(key);
  const std::uint64_t word = filter.words[(hash & filter.mask) >> 6];
  return (word >> (hash & 63) & word >> (hash >> 26) & 1) != 0;
}

// Says of nearly all keys that were not added that they were not, by one look into memory.
class KeyFilter {
 public:
  // A key that is given twice takes the room of two.
  explicit KeyFilter(std::span<const std::uint64_t> keys = {});

  KeyFilterBits bits() const { return {words_.data(), mask_}; }
  bool may_contain(std::uint64_t key) const { return pantau::may_contain(bits(), key); }

 private:
  std::vector<std::uint64_t> words_;
  std::uint32_t mask_ = 0;
};

class KeyIndex {
 public:
  struct Entry {
    std::uint64_t key = 0;
    std::uint32_t value = 0;
  };

  explicit KeyIndex(std::vector<Entry> entries = {});

  bool empty() const { return entries_.empty(); }

  // The entries of a key, by their values.
  std::span<const Entry> find(std::uint64_t key) const {
    if (!filter_.may_contain(key)) return {};
    return find_behind_filter(key);
  }

 private:
  std::span<const Entry> find_behind_filter(std::uint64_t key) const;

  KeyFilter filter_;
  std::vector<Entry> entries_;         // by bucket
  std::uint32_t bucket_mask_;          // of a hash
  std::vector<std::uint32_t> begins_;  // of each bucket in `entries_`, and the end
};

}  // namespace pantau
