#include "classifiers/accounts/text_pool.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace pantau {

std::uint64_t text_hash(std::string_view text) {
  return XXH3_64bits(text.data(), text.size());
}

std::uint32_t TextPool::add(std::string_view text, std::uint64_t hash) {
  bytes_.insert(bytes_.end(), text.begin(), text.end());
  begins_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  hashes_.push_back(hash);
  return size() - 1;
}

std::uint32_t TextPool::number_of(std::string_view text) {
  if (std::size_t{2} * size() >= slots_.size()) grow();
  const std::uint64_t hash = text_hash(text);
  const auto high = static_cast<std::uint32_t>(hash >> 32);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    Slot& slot = slots_[at];
    if (slot.number_and_1 == 0) {
      slot = {high, size() + 1, begins_.back(), static_cast<std::uint32_t>(text.size())};
      return add(text, hash);
    }
    if (slot.hash_high != high || slot.size != text.size()) continue;
    if (std::memcmp(bytes_.data() + slot.begin, text.data(), text.size()) == 0) {
      return slot.number_and_1 - 1;
    }
  }
}

void TextPool::grow() {
  constexpr std::size_t kSlotsAtFirst = 1024;
  const std::vector<Slot> old =
      std::exchange(slots_, std::vector<Slot>(std::max(kSlotsAtFirst, slots_.size() * 4)));
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.number_and_1 == 0) continue;
    std::size_t at = hashes_[slot.number_and_1 - 1] & mask;
    while (slots_[at].number_and_1 != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

void TextPool::clear() {
  bytes_.clear();
  begins_.resize(1);
  hashes_.clear();
  std::ranges::fill(slots_, Slot());
}

}  // namespace pantau
