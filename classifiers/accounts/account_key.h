// Ids and handles as keys: how they compare, hash and are kept.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pantau {

// Longer ids and handles are on no list, and not looked for.
inline constexpr std::size_t kAccountKeyBytesMax = 4096;

// handle_key() in memory of its own: a look-up must not allocate. Empty for a handle that is
// too long for any list.
class FoldedHandle {
 public:
  explicit FoldedHandle(std::string_view handle);

  std::string_view key() const { return {bytes_.data(), size_}; }

 private:
  std::size_t size_ = 0;
  std::array<char, kAccountKeyBytesMax> bytes_;  // written sixteen at a time
};

// Whether `key` is handle_key(handle), without making that.
bool has_handle_key(std::string_view handle, std::string_view key);

// The bits of a hash, each used once: the upper half chooses filter word and line.
struct AccountHash {
  std::uint64_t bits = 0;

  // A number below `count`, in the order of the hashes.
  std::uint64_t below(std::uint64_t count) const { return (bits >> 32) * count >> 32; }

  std::uint8_t tag() const { return static_cast<std::uint8_t>(bits); }

  // Four bits of one word.
  std::uint64_t filter_bits() const {
    return 1ULL << (bits >> 8 & 63) | 1ULL << (bits >> 14 & 63) | 1ULL << (bits >> 20 & 63) |
           1ULL << (bits >> 26 & 63);
  }
};

// Hashes of one platform's keys. The platform goes through the same mixing as the key: added on
// top of a hash it let one key in a thousand collide with another platform's.
class PlatformHash {
 public:
  PlatformHash() = default;
  explicit PlatformHash(std::string_view platform);

  // From XXH3 of the platform's name.
  explicit PlatformHash(std::uint64_t hash) : seed_(hash) {}

  AccountHash operator()(std::string_view key) const;

 private:
  std::uint64_t seed_ = 0;
};

// A key as lists keep it, in fewer bytes: digits two a byte, other small ASCII text four
// characters in three bytes. It is only ever compared: two keys are the same if and only if
// packing and bytes are. So nothing unpacks it.
enum class KeyPacking : std::uint8_t {
  None,    // as it is
  Digits,  // four bits a digit, the upper ones first; 15 fills the last byte
  Sixbit,  // six bits a character, the first character lowest
};

struct PackedKey {
  KeyPacking packing = KeyPacking::None;
  std::size_t bytes = 0;
};

// What pack_key() may write beyond the key's own size.
inline constexpr std::size_t kPackedKeySlack = 16;

// Whether there is nothing but digits, and at least one.
bool is_all_digits(std::string_view key);

// Packs a key of at most kAccountKeyBytesMax; `to` has room for it and the slack.
PackedKey pack_key(std::string_view key, char* to);

// Whether pack_key() made `kept` of this very key, which is not empty.
bool is_packed_as(std::string_view key, KeyPacking packing, std::string_view kept);

}  // namespace pantau
