#include "classifiers/contests/key_index.h"

#include <algorithm>
#include <bit>
#include <tuple>

#include "classifiers/base/check.h"

namespace pantau {
namespace {

constexpr std::size_t kBitsPerKey = 32;  // some three of a thousand keys pass by chance
constexpr std::size_t kBitsMin = 64;
constexpr std::size_t kKeysMax = std::size_t{1} << 24;  // the filter's place is of 32 bits

}  // namespace

KeyFilter::KeyFilter(std::span<const std::uint64_t> keys) {
  CHECK(keys.size() <= kKeysMax, "lists of candidates are shorter than a file may be");
  const std::size_t bits = std::bit_ceil(std::max(kBitsPerKey * keys.size(), kBitsMin));
  mask_ = static_cast<std::uint32_t>(bits - 1);
  words_.resize(bits / 64);
  for (const std::uint64_t key : keys) {
    const std::uint32_t hash = key_hash(key);
    words_[(hash & mask_) >> 6] |= std::uint64_t{1} << (hash & 63) | std::uint64_t{1}
                                                                         << (hash >> 26);
  }
}

KeyIndex::KeyIndex(std::vector<Entry> entries)
    : entries_(std::move(entries)),
      bucket_mask_(static_cast<std::uint32_t>(std::bit_ceil(entries_.size() + 1) - 1)),
      begins_(std::size_t{bucket_mask_} + 2) {
  std::ranges::sort(entries_, {}, [&](const Entry& entry) {
    return std::tuple(key_hash(entry.key) & bucket_mask_, entry.key, entry.value);
  });
  std::vector<std::uint64_t> keys;
  for (const Entry& entry : entries_) {
    begins_[(key_hash(entry.key) & bucket_mask_) + 1]++;
    if (keys.empty() || keys.back() != entry.key) keys.push_back(entry.key);
  }
  for (std::size_t i = 1; i < begins_.size(); i++) begins_[i] += begins_[i - 1];
  filter_ = KeyFilter(keys);
}

std::span<const KeyIndex::Entry> KeyIndex::find_behind_filter(std::uint64_t key) const {
  const std::uint32_t bucket = key_hash(key) & bucket_mask_;
  std::size_t begin = begins_[bucket];
  const std::size_t bucket_end = begins_[bucket + 1];
  while (begin < bucket_end && entries_[begin].key != key) begin++;
  std::size_t end = begin;
  while (end < bucket_end && entries_[end].key == key) end++;
  return {entries_.data() + begin, end - begin};
}

}  // namespace pantau
