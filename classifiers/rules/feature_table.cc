#include "classifiers/rules/feature_table.h"

#include <algorithm>
#include <bit>
#include <functional>

namespace pantau {
namespace {

// So many bits of the filter for a key: few enough for the processor's cache, and one of a
// hundred keys that were never added gets through.
constexpr std::size_t kFilterBitsPerKey = 32;

// How far a number of 32 bits is shifted to become one below `size`, a power of two above 1.
unsigned shift_for(std::size_t size) {
  return static_cast<unsigned>(32 - std::countr_zero(size));
}

std::size_t power_of_two(std::size_t size) {
  return std::bit_ceil(std::max<std::size_t>(2, size));
}

}  // namespace

FeatureFilter::FeatureFilter(std::size_t keys)
    : words_(power_of_two(keys * kFilterBitsPerKey / 32)), shift_(shift_for(words_.size())) {}

void FeatureTable::build() {
  if (added_.empty()) return;
  std::ranges::sort(added_, std::less());
  added_.erase(std::unique(added_.begin(), added_.end()), added_.end());
  std::size_t keys = 1;
  for (std::size_t i = 1; i < added_.size(); i++) keys += added_[i].key != added_[i - 1].key;
  filter_ = FeatureFilter(keys);
  slots_.assign(power_of_two(keys * 2), {});
  shift_ = shift_for(slots_.size());
  values_.reserve(added_.size());
  for (std::size_t i = 0; i < added_.size();) {
    const std::uint32_t key = added_[i].key;
    filter_.add(key);
    std::size_t at = key >> shift_;
    while (slots_[at].begin != slots_[at].end) at = (at + 1) & (slots_.size() - 1);
    slots_[at].key = key;
    slots_[at].begin = static_cast<std::uint32_t>(values_.size());
    for (; i < added_.size() && added_[i].key == key; i++) values_.push_back(added_[i].value);
    slots_[at].end = static_cast<std::uint32_t>(values_.size());
  }
  added_ = {};
}

}  // namespace pantau
