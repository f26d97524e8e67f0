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

// Longer ids and handles are on no list, and not looked for.
inline constexpr std::size_t kAccountKeyBytesMax = 4096;

// Whether `key` is handle_key(handle), which is not made for it.
bool has_handle_key(std::string_view handle, std::string_view key);

// The rule of CONTRACT.md §5 for a record's account and an entry of its platform: by id when
// both sides have an id, else by handle. The entry's handle is as from handle_key().
inline bool same_account(const Account& account, std::string_view entry_id,
                         std::string_view entry_handle_key) {
  if (!account.id.empty() && !entry_id.empty()) return account.id == entry_id;
  return !entry_handle_key.empty() && has_handle_key(account.handle, entry_handle_key);
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

  // What to look for, of an account as a record shows it; most rosters have ids throughout, and
  // then handles need no look-up.
  AccountProbe probe(std::string_view platform, std::string_view id, std::string_view handle) const;

  // The stages of a look-up, to wait for memory only once when many accounts are looked for:
  // each of them for all probes, then the next. Any may be left out but each_candidate(), and
  // passes_filter() saves the others most of their work.

  // Asks for the filter's words.
  void prefetch(const AccountProbe& probe) const {
    for (std::uint32_t i = 0; i < probe.count; i++) {
      __builtin_prefetch(&filter[probe.hashes[i] & (filter.size() - 1)]);
    }
  }

  // Whether some entry may be meant. A no is certain.
  bool passes_filter(const AccountProbe& probe) const {
    bool passes = false;
    for (std::uint32_t i = 0; i < probe.count; i++) {
      passes = passes || passes_filter(probe.hashes[i]);
    }
    return passes;
  }

  // Asks for the slots of what passes the filter.
  void prefetch_slots(const AccountProbe& probe) const {
    for (std::uint32_t i = 0; i < probe.count; i++) {
      if (passes_filter(probe.hashes[i])) {
        __builtin_prefetch(&slots[probe.hashes[i] & (slots.size() - 1)]);
      }
    }
  }

  // Calls `candidate(entry)` for each entry that the account may be.
  template <class Candidate>
  void each_candidate(const AccountProbe& probe, Candidate&& candidate) const {
    for (std::uint32_t i = 0; i < probe.count; i++) each(probe.hashes[i], candidate);
  }

  // Whether some entry may be meant: rarely wrong, and never when it says no.
  bool may_hold(const AccountProbe& probe) const {
    bool found = false;
    each_candidate(probe, [&](std::uint32_t) { found = true; });
    return found;
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
