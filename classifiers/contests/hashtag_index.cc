#include "classifiers/contests/hashtag_index.h"

#include <algorithm>

#include "classifiers/text/fold.h"

namespace pantau {
namespace {

std::uint64_t mask_of(std::size_t bytes) {
  return bytes >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << 8 * bytes) - 1;
}

}  // namespace

HashtagIndex::HashtagIndex(std::span<const OwnedHashtag> hashtags) {
  std::vector<KeyIndex::Entry> entries;
  for (const auto& [hashtag, owner] : hashtags) {
    Hashtag added{folded(hashtag.substr(hashtag.starts_with('#') ? 1 : 0)), owner};
    const std::uint64_t mask = mask_of(added.text.size());
    if (std::ranges::find(masks_, mask) == masks_.end()) masks_.push_back(mask);
    entries.push_back(
        {eight_bytes(added.text, 0) & mask, static_cast<std::uint32_t>(hashtags_.size())});
    hashtags_.push_back(std::move(added));
  }
  by_beginning_ = KeyIndex(std::move(entries));
}

}  // namespace pantau
