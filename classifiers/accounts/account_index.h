// Accounts to entries of a list, fast, for lists of millions.
//
// Most accounts that a sweep sees are on no list. A Bloom filter whose keys each
// lie in one 64-bit word answers them with one memory access; what passes is
// looked up in an open-addressing table of 64-bit slots (half hash, half entry).
// Hashes only nominate: same_account() decides.
//
// Index and table are plain words, so they can lie in a mapped file as well as
// in memory.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "classifiers/model/record.h"

namespace pantau {

// The rule of CONTRACT.md §5 for two accounts of one platform: by id when both sides
// have an id, else by handle. `handle_key` and `other_handle_key` as from handle_key().
inline bool same_account(std::string_view id, std::string_view handle_key,
                         std::string_view other_id, std::string_view other_handle_key) {
  if (!id.empty() && !other_id.empty()) return id == other_id;
  return !handle_key.empty() && handle_key == other_handle_key;
}

// What an entry can be found by. An account with an id is looked for by its id and,
// among the entries that have none, by its handle; an account without by its handle
// among all.
enum class KeyKind : std::uint8_t {
  Id,
  HandleWithoutId,  // handle of an entry that has no id
  HandleWithId,     // handle of an entry that has one
};

std::uint64_t account_hash(std::string_view platform, KeyKind kind, std::string_view key);

// The hashes by which an account can be found: one by its id, up to two by its handle.
struct AccountProbe {
  std::array<std::uint64_t, 2> hashes;
  std::uint32_t count = 0;
};

// Words of the filter and slots of the table, somewhere in memory; powers of two.
struct AccountIndexView {
  std::span<const std::uint64_t> filter;
  std::span<const std::uint64_t> slots;
  bool any_without_id = true;  // some entry has only a handle

  // What to look for; most rosters have ids throughout, and then handles need no look-up.
  AccountProbe probe(std::string_view platform, std::string_view id,
                     std::string_view handle_key) const {
    AccountProbe probe;
    const auto add = [&](KeyKind kind, std::string_view key) {
      probe.hashes[probe.count++] = account_hash(platform, kind, key);
    };
    if (!id.empty()) add(KeyKind::Id, id);
    if (handle_key.empty()) return probe;
    if (any_without_id) add(KeyKind::HandleWithoutId, handle_key);
    if (id.empty()) add(KeyKind::HandleWithId, handle_key);
    return probe;
  }

  // Asks for the filter's words before they are needed.
  void prefetch(const AccountProbe& probe) const {
    for (std::uint32_t i = 0; i < probe.count; i++) {
      __builtin_prefetch(&filter[probe.hashes[i] & (filter.size() - 1)]);
    }
  }

  // Whether some entry may be meant: rarely wrong, and never when it says no.
  bool may_hold(const AccountProbe& probe) const {
    for (std::uint32_t i = 0; i < probe.count; i++) {
      bool found = false;
      each(probe.hashes[i], [&](std::uint32_t) { found = true; });
      if (found) return true;
    }
    return false;
  }

  bool passes_filter(std::uint64_t hash) const {
    const std::uint64_t bits = filter_bits(hash);
    return (filter[hash & (filter.size() - 1)] & bits) == bits;
  }

  // Calls `candidate(entry)` for each entry that the hash may mean.
  template <class Candidate>
  void each(std::uint64_t hash, Candidate&& candidate) const {
    if (!passes_filter(hash)) return;
    const std::uint64_t tag = hash >> 32;
    // Bounded, because a forged image need not have a free slot.
    for (std::uint64_t step = 0; step < slots.size(); step++) {
      const std::uint64_t found = slots[(hash + step) & (slots.size() - 1)];
      if (found == 0) return;
      if (found >> 32 == tag) candidate(static_cast<std::uint32_t>(found) - 1);
    }
  }

  // Calls `candidate(entry)` for each entry that the account may be.
  template <class Candidate>
  void each_candidate(const AccountProbe& probe, Candidate&& candidate) const {
    for (std::uint32_t i = 0; i < probe.count; i++) each(probe.hashes[i], candidate);
  }

  // Four bits of one word. The word is chosen by the hash's low bits, the bits by its
  // upper ones.
  static std::uint64_t filter_bits(std::uint64_t hash) {
    return 1ULL << (hash >> 58) | 1ULL << (hash >> 52 & 63) | 1ULL << (hash >> 46 & 63) |
           1ULL << (hash >> 40 & 63);
  }
};

class AccountIndexBuilder {
 public:
  // The entry's account; at least one of id and handle_key is not empty. Entries below
  // 2^32 - 1.
  void add(std::uint32_t entry, std::string_view platform, std::string_view id,
           std::string_view handle_key);

  struct Words {
    std::vector<std::uint64_t> filter;
    std::vector<std::uint64_t> slots;

    bool any_without_id = false;

    AccountIndexView view() const { return {filter, slots, any_without_id}; }
  };
  Words build() const;

 private:
  struct Key {
    std::uint64_t hash;
    std::uint32_t entry;
  };
  std::vector<Key> keys_;
  bool any_without_id_ = false;
};

}  // namespace pantau
