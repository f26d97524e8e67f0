#include "classifiers/accounts/account_index.h"

// The hash in our own object file, not behind a call into a library: keys are short.
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <bit>

namespace pantau {
namespace {

char small_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

constexpr std::uint64_t kFilterBitsPerKey = 12;  // some 0.5 % of strangers pass

// handle_key() into memory of our own: a look-up must not allocate.
struct FoldedHandle {
  std::array<char, kAccountKeyBytesMax> bytes;
  std::size_t size = 0;

  explicit FoldedHandle(std::string_view handle) {
    if (handle.starts_with('@')) handle.remove_prefix(1);
    if (handle.size() > bytes.size()) return;
    size = handle.size();
    for (std::size_t i = 0; i < size; i++) bytes[i] = small_letter(handle[i]);
  }

  std::string_view key() const { return {bytes.data(), size}; }
};

}  // namespace

bool has_handle_key(std::string_view handle, std::string_view key) {
  if (handle.starts_with('@')) handle.remove_prefix(1);
  return std::ranges::equal(handle, key, {}, small_letter);
}

std::uint64_t account_hash(std::string_view platform, KeyKind kind, std::string_view key) {
  // The platform goes through the same mixing as the key: added on top of a hash it
  // let one key in a thousand collide with another platform's.
  const std::uint64_t seed =
      XXH3_64bits_withSeed(platform.data(), platform.size(), static_cast<std::uint64_t>(kind) + 1);
  return XXH3_64bits_withSeed(key.data(), key.size(), seed);
}

AccountProbe AccountIndexView::probe(std::string_view platform, std::string_view id,
                                     std::string_view handle) const {
  AccountProbe probe;
  const auto add = [&](KeyKind kind, std::string_view key) {
    probe.hashes[probe.count++] = account_hash(platform, kind, key);
  };
  if (!id.empty()) {
    if (id.size() <= kAccountKeyBytesMax) add(KeyKind::Id, id);
    if (!any_without_id) return probe;
  }
  const FoldedHandle folded(handle);
  if (folded.size == 0) return probe;
  if (any_without_id) add(KeyKind::HandleWithoutId, folded.key());
  if (id.empty()) add(KeyKind::HandleWithId, folded.key());
  return probe;
}

void AccountIndexBuilder::add(std::uint32_t entry, std::string_view platform, std::string_view id,
                              std::string_view handle_key) {
  if (!id.empty()) keys_.push_back({account_hash(platform, KeyKind::Id, id), entry});
  if (handle_key.empty()) return;
  const KeyKind kind = id.empty() ? KeyKind::HandleWithoutId : KeyKind::HandleWithId;
  keys_.push_back({account_hash(platform, kind, handle_key), entry});
  any_without_id_ = any_without_id_ || id.empty();
}

AccountIndexBuilder::Words AccountIndexBuilder::build() const {
  Words words;
  const std::uint64_t keys = std::max<std::uint64_t>(keys_.size(), 1);
  words.filter.resize(std::bit_ceil(keys * kFilterBitsPerKey / 64 + 1));
  words.slots.resize(std::bit_ceil(keys * 4 / 3 + 1));  // never full: a search ends at a free slot
  words.any_without_id = any_without_id_;
  const std::uint64_t mask = words.slots.size() - 1;
  for (const Key& key : keys_) {
    words.filter[key.hash & (words.filter.size() - 1)] |= AccountIndexView::filter_bits(key.hash);
    std::uint64_t slot = key.hash & mask;
    while (words.slots[slot] != 0) slot = (slot + 1) & mask;
    words.slots[slot] = (key.hash >> 32) << 32 | (key.entry + 1ULL);
  }
  return words;
}

}  // namespace pantau
