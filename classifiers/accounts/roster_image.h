// The roster's image, byte for byte. Little-endian; sections begin at multiples of 8.
//
//   header | filter words | slots | entries | strings
//
// A string is two bytes of length and its bytes; others name it by its offset in
// the strings. Offset 0 is the empty string. Offsets and counts are checked where they are used, so
// even an image that somebody forged cannot make us read beyond it.
#pragma once

#include <array>
#include <cstdint>

namespace pantau {

inline constexpr std::array<char, 8> kRosterMagic = {'P', 'A', 'N', 'T', 'A', 'U', 'R', '\n'};
inline constexpr std::uint32_t kRosterVersion = 2;

struct RosterHeader {
  std::array<char, 8> magic = kRosterMagic;
  std::uint32_t version = kRosterVersion;
  std::uint32_t entries = 0;
  std::uint32_t subjects = 0;
  std::uint32_t any_without_id = 0;  // some entry has only a handle
  std::uint64_t filter_words = 0;
  std::uint64_t slots = 0;
  std::uint64_t string_bytes = 0;
  std::uint64_t checksum = 0;  // XXH3 of the whole image, with this as 0
};
static_assert(sizeof(RosterHeader) == 56);

struct RosterEntryImage {
  std::uint32_t subject = 0;
  std::uint32_t subject_id = 0;
  std::uint32_t platform = 0;
  std::uint32_t account_id = 0;
  std::uint32_t handle = 0;  // as handle_key()
  std::uint32_t region = 0;
  std::uint32_t basis = 0;
  std::int32_t valid_from = 0;  // days since 1970
  std::int32_t valid_to = 0;
  std::uint8_t category = 0;
  std::uint8_t ownership = 0;
  std::uint16_t reserved = 0;
};
static_assert(sizeof(RosterEntryImage) == 40);

}  // namespace pantau
