// Names of many candidates, looked up by the two runs (runs.h) that they begin with: hundreds of
// names may begin with "muhammad", few of them go on as a text does.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/contests/key_index.h"
#include "classifiers/contests/runs.h"
#include "classifiers/text/byte_range.h"

namespace pantau {

// A name as written in a list, and what is reported when it is found.
struct OwnedName {
  std::string_view name;  // folded, it begins with a word character
  std::uint32_t owner = 0;
};

class NameIndex {
 public:
  explicit NameIndex(std::span<const OwnedName> names);

  // The keys of the runs that names begin with: where no run of a text has one of these, no
  // name begins with ASCII.
  std::span<const std::uint64_t> first_keys() const { return first_keys_; }

  // Whether there are names that begin with a character beyond ASCII.
  bool has_names_beyond_ascii() const { return !beyond_ascii_.empty(); }

  // Calls `found(owner, range)` for each name in `text`, a view, that begins with the run at
  // `start`, whose key is `first`.
  template <class Found>
  void find_at_run(std::string_view text, std::size_t start, std::uint64_t first,
                   Found&& found) const {
    report(by_runs_.find(key_of_runs(first, 0)), text, start, found);
    const std::size_t next = next_run(text, start);
    if (next == text.size()) return;
    const std::uint64_t second = run_key(eight_bytes(text, next));
    report(by_runs_.find(key_of_runs(first, second)), text, start, found);
  }

  // The same for the character beyond ASCII that begins at `start`.
  template <class Found>
  void find_beyond_ascii(std::string_view text, std::size_t start, Found&& found) const {
    report(beyond_ascii_.find(character_key(text, start)), text, start, found);
  }

 private:
  struct Name {
    std::vector<std::string> parts;  // what stands between blanks and hyphens
    std::uint32_t owner = 0;
  };

  // `second` is 0 if there is none.
  static std::uint64_t key_of_runs(std::uint64_t first, std::uint64_t second) {
    return first * 0x9E3779B97F4A7C15 + second;
  }
  static std::uint64_t character_key(std::string_view text, std::size_t start) {
    return eight_bytes(text, start) & 0xFFFF;
  }

  template <class Found>
  void report(std::span<const KeyIndex::Entry> entries, std::string_view text, std::size_t start,
              Found&& found) const {
    for (const KeyIndex::Entry& entry : entries) {
      const Name& name = names_[entry.value];
      const ByteRange range = match(name, text, start);
      if (!range.empty()) found(name.owner, range);
    }
  }

  // The name's range if it stands at `start`, else an empty one.
  static ByteRange match(const Name& name, std::string_view text, std::size_t start);

  std::vector<Name> names_;
  std::vector<std::uint64_t> first_keys_;
  KeyIndex by_runs_;
  KeyIndex beyond_ascii_;  // by the first two bytes
};

}  // namespace pantau
