// Accounts to entries of a list, fast, for lists of millions.
//
// Tables of hashes nominate entries; whoever looks up holds the account against them, by the
// rule of CONTRACT.md §5: by id when both sides have an id, else by handle.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "classifiers/accounts/account_key.h"
#include "classifiers/accounts/account_table.h"
#include "classifiers/accounts/account_table_builder.h"
#include "classifiers/model/record.h"

namespace pantau {

// What an entry can be found by, each in a table of its own. An account with an id is looked for
// by its id and, among the entries that have none, by its handle; an account without by its
// handle among all.
enum class AccountKeyKind : std::uint8_t {
  Id,
  HandleWithoutId,  // handle of an entry that has no id
  HandleWithId,     // handle of an entry that has one
};
inline constexpr std::size_t kAccountKeyKinds = 3;

// The hashes by which an account can be found, and in which table each. Filled where it stays:
// to copy what was just written in parts takes longer than to write it.
struct AccountProbe {
  PlatformHash platform;
  std::array<AccountHash, 2> hashes;
  std::array<AccountKeyKind, 2> kinds = {};
  std::uint32_t count = 0;
};

// What the tables name for a probe, as they keep it: entries, and places in the lists.
struct AccountNominees {
  static constexpr std::uint32_t kMax = 4;

  std::array<std::uint32_t, kMax> refs;
  std::uint32_t count = 0;  // of them; more than kMax: the tables must be asked again
};

// An account that is looked for, and how far that came.
struct AccountLookUp {
  AccountProbe probe;
  AccountNominees nominees;
};

// How memory is asked for. A prefetch holds nothing up, but is dropped where many are under way
// (measured on Zen 3: one in three of 48 in a row). A load is never dropped, and others overtake
// it, but not for long.
enum class Asking : std::uint8_t {
  Prefetch,  // for few look-ups among many that end at the filter
  Load,      // for look-ups that nearly all go on
};

inline void ask_for(const void* there, Asking how) {
  if (how == Asking::Prefetch) {
    __builtin_prefetch(there);
  } else {
    static_cast<void>(*static_cast<const volatile char*>(there));
  }
}

// Tables and lists somewhere in memory: in a mapped file or on the heap.
class AccountIndexView {
 public:
  std::array<AccountTableView, kAccountKeyKinds> tables;
  std::span<const std::uint32_t> lists;

  // The stages of a look-up, to wait for memory only once when many accounts are looked for:
  // each of them for all probes, then the next. Those that ask for memory may be left out.

  // What to look for, of an account as a record shows it; most lists have ids throughout, and
  // then handles need no look-up. Asks for the filters' words.
  void begin(PlatformHash platform, std::string_view id, std::string_view handle,
             AccountLookUp& look_up) const;

  // Asks for the lines of what passes the filter.
  void ask_lines(const AccountProbe& probe, Asking how) const {
    each_key(probe, [how](const AccountTableView& table, AccountHash hash) {
      if (table.passes_filter(hash)) ask_for(&table.line_of(hash), how);
      return false;
    });
  }

  // The entries that the account may be: rarely one that it is not. None is certain.
  void nominate(AccountLookUp& look_up) const {
    AccountNominees& nominees = look_up.nominees;
    nominees.count = 0;
    any_nominee(look_up.probe, [&](std::uint32_t ref) {
      if (nominees.count < AccountNominees::kMax) nominees.refs[nominees.count] = ref;
      return ++nominees.count > AccountNominees::kMax;
    });
  }

  // Calls `ask(ref)` for each entry that is nominated; of several in a list, asks for the list's
  // place only.
  template <class Ask>
  void ask_entries(const AccountNominees& nominees, Asking how, Ask&& ask) const {
    for (std::uint32_t i = 0; i < nominees.count && i < AccountNominees::kMax; i++) {
      const std::uint32_t ref = nominees.refs[i];
      if ((ref & kRefIsList) == 0) {
        ask(ref);
      } else if ((ref & kRefMax) < lists.size()) {
        ask_for(&lists[ref & kRefMax], how);
      }
    }
  }

  // Calls `candidate(ref)` for each entry that the account may be. Of several in a list, in the
  // order in which they were added and up to the first for which it says true.
  template <class Candidate>
  void each_candidate(const AccountLookUp& look_up, Candidate&& candidate) const {
    const AccountNominees& nominees = look_up.nominees;
    if (nominees.count > AccountNominees::kMax) {
      any_nominee(look_up.probe, [&](std::uint32_t ref) {
        resolve(ref, candidate);
        return false;
      });
      return;
    }
    for (std::uint32_t i = 0; i < nominees.count; i++) resolve(nominees.refs[i], candidate);
  }

 private:
  // Until `visit(table, hash)` says true; whether it did.
  template <class Visit>
  bool each_key(const AccountProbe& probe, Visit&& visit) const {
    for (std::uint32_t i = 0; i < probe.count; i++) {
      if (visit(tables[static_cast<std::size_t>(probe.kinds[i])], probe.hashes[i])) return true;
    }
    return false;
  }

  template <class Nominee>
  bool any_nominee(const AccountProbe& probe, Nominee&& nominee) const {
    return each_key(probe, [&](const AccountTableView& table, AccountHash hash) {
      return table.passes_filter(hash) && table.any_ref(hash, nominee);
    });
  }

  template <class Candidate>
  void resolve(std::uint32_t ref, Candidate&& candidate) const {
    if ((ref & kRefIsList) == 0) {
      candidate(ref);
      return;
    }
    for (const std::uint32_t listed : list_at(ref & kRefMax)) {
      if (candidate(listed)) break;
    }
  }

  // Nothing for a place that a forged table made up.
  std::span<const std::uint32_t> list_at(std::size_t position) const {
    if (position >= lists.size()) return {};
    const std::span<const std::uint32_t> rest = lists.subspan(position + 1);
    return rest.first(std::min<std::size_t>(lists[position], rest.size()));
  }
};

// An index in memory, for lists that are small enough to be built at every start.
class AccountIndex {
 public:
  class Builder {
   public:
    // At least one of id and handle_key is not empty. Refs from 1 to kRefMax.
    void add(std::uint32_t ref, std::string_view platform, std::string_view id,
             std::string_view handle_key);

   private:
    friend class AccountIndex;
    std::array<std::vector<AccountKey>, kAccountKeyKinds> keys_;
  };

  explicit AccountIndex(const Builder& builder);
  const AccountIndexView& view() const { return view_; }

 private:
  std::vector<std::unique_ptr<AccountTableBuilder>> tables_;
  std::vector<std::uint32_t> lists_;
  AccountIndexView view_;
};

}  // namespace pantau
