// Hashtags of many candidates, found in a text's hashtags, also inside of longer ones.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/contests/key_index.h"
#include "classifiers/contests/runs.h"

namespace pantau {

// A hashtag as written in a list, with or without '#', and what is reported when it is found.
struct OwnedHashtag {
  std::string_view hashtag;
  std::uint32_t owner = 0;
};

class HashtagIndex {
 public:
  explicit HashtagIndex(std::span<const OwnedHashtag> hashtags);

  // Calls `found(owner)` for each hashtag that `word` contains, perhaps several times.
  template <class Found>
  void find(std::string_view word, Found&& found) const {
    for (std::size_t at = 0; at < word.size(); at++) {
      const std::uint64_t bytes = eight_bytes(word, at);
      for (const std::uint64_t mask : masks_) {
        for (const KeyIndex::Entry& entry : by_beginning_.find(bytes & mask)) {
          const Hashtag& hashtag = hashtags_[entry.value];
          if (word.substr(at).starts_with(hashtag.text)) found(hashtag.owner);
        }
      }
    }
  }

 private:
  struct Hashtag {
    std::string text;
    std::uint32_t owner = 0;
  };

  std::vector<Hashtag> hashtags_;
  KeyIndex by_beginning_;             // by the first eight bytes, or all of a shorter one
  std::vector<std::uint64_t> masks_;  // of the lengths that occur, up to eight bytes
};

}  // namespace pantau
