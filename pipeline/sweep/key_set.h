// The keys of the flags that a run has made, so that the first record of a key stands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_set>

namespace pantau {

// Holds 16 bytes of each key: two keys of one hash are nothing that happens.
class KeySet {
 public:
  // False if it is there already.
  bool insert(std::string_view key);

 private:
  struct Hash {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    friend bool operator==(const Hash&, const Hash&) = default;
  };
  struct HashOfHash {
    std::size_t operator()(const Hash& hash) const { return hash.low; }
  };

  std::unordered_set<Hash, HashOfHash> keys_;
};

}  // namespace pantau
