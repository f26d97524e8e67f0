// Handles of campaign accounts, found behind the '@' of a text.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/time.h"
#include "classifiers/contests/key_index.h"
#include "classifiers/model/validity.h"
#include "classifiers/text/byte_range.h"

namespace pantau {

// An account's handle as handle_key(), and what is reported when it is found.
struct OwnedHandle {
  std::string handle;
  std::string platform;
  Period period;
  std::uint32_t owner = 0;
};

// Where it is asked, and when.
struct HandleContext {
  std::string_view platform;
  Instant time;
};

class HandleIndex {
 public:
  explicit HandleIndex(std::vector<OwnedHandle> handles);

  // Calls `found(owner, range)` for each account that is named by the '@' at `sign` of `text`,
  // a view.
  template <class Found>
  void find_at(std::string_view text, std::size_t sign, const HandleContext& context,
               Found&& found) const {
    const ByteRange range = range_at(text, sign);
    if (range.empty()) return;
    const std::string_view handle = text.substr(range.start + 1, range.end - range.start - 1);
    for (const KeyIndex::Entry& entry : by_handle_.find(key_of(handle))) {
      const OwnedHandle& account = handles_[entry.value];
      if (account.handle == handle && account.platform == context.platform &&
          account.period.holds_at(context.time)) {
        found(account.owner, range);
      }
    }
  }

 private:
  static std::uint64_t key_of(std::string_view handle) {
    return std::hash<std::string_view>{}(handle);
  }

  // The '@' and the handle behind it; empty if none can begin there.
  static ByteRange range_at(std::string_view text, std::size_t sign);

  std::vector<OwnedHandle> handles_;
  KeyIndex by_handle_;
};

}  // namespace pantau
