// The roster's image, byte for byte. Little-endian; sections begin at multiples of 64.
//
//   head | rows | platforms | names | subjects | filter, lines of each key kind | lists | contents
//
// What a look-up needs of an entry stands in its row, and refs of the tables are the rows'
// positions in the image: so a row is read as soon as its slot is known, mostly from one line of
// memory. What only a flag needs is a number in the row and a text elsewhere. Positions and
// counts are checked where they are used, so even an image that somebody forged cannot make us
// read beyond it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "classifiers/accounts/account_index.h"

namespace pantau {

inline constexpr std::array<char, 8> kRosterMagic = {'P', 'A', 'N', 'T', 'A', 'U', 'R', '\n'};
inline constexpr std::uint32_t kRosterVersion = 3;
inline constexpr std::size_t kRosterAlignment = 64;

struct RosterHead {
  std::array<char, 8> magic = kRosterMagic;
  std::uint32_t version = kRosterVersion;
  std::array<char, 52> reserved = {};
};
static_assert(sizeof(RosterHead) == kRosterAlignment);

struct RosterTableSize {
  std::uint64_t words = 0;
  std::uint64_t lines = 0;
};

// At the end, because it is known last: an image is written from front to back. The sizes in
// bytes are without what fills up to the next section.
struct RosterContents {
  std::uint32_t entries = 0;
  std::uint32_t subjects = 0;
  std::uint64_t row_bytes = 0;
  std::uint64_t platform_bytes = 0;  // texts: names of platforms
  std::uint64_t name_bytes = 0;      // texts: regions and bases
  std::uint64_t subject_bytes = 0;   // texts: ids of persons
  std::array<RosterTableSize, kAccountKeyKinds> tables = {};
  std::uint64_t listed = 0;  // numbers in the lists
  std::array<std::uint64_t, 3> reserved = {};
  std::uint64_t checksum = 0;  // XXH3 of all bytes before
};
static_assert(sizeof(RosterContents) % kRosterAlignment == 0);

// Every so manieth text has its position in the table.
inline constexpr std::size_t kPlatformStride = 1;
inline constexpr std::size_t kNameStride = 1;
inline constexpr std::size_t kSubjectStride = 16;

inline std::uint64_t roster_section_bytes(std::uint64_t size) {
  return (size + kRosterAlignment - 1) / kRosterAlignment * kRosterAlignment;
}

}  // namespace pantau
