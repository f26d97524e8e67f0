// An entry of the roster as its image keeps it.
//
//   subject 4 | region 3 | flags 1 | basis 3 | platform 2 | head of id | head of handle
//   | valid from 4, if any | valid to 4, if any | id | handle
//
// A key's head is its packing (two bits) and its size (six; 63 means that two bytes with the size
// follow). Region, basis, platform and subject are numbers of texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "classifiers/accounts/account_key.h"
#include "classifiers/accounts/roster_csv.h"
#include "classifiers/model/validity.h"

namespace pantau {

// What three and two bytes hold.
inline constexpr std::uint32_t kRosterNamesMax = 1U << 24;
inline constexpr std::uint32_t kRosterPlatformsMax = 1U << 16;

struct RosterRowNumbers {
  std::uint32_t subject = 0;
  std::uint32_t region = 0;
  std::uint32_t basis = 0;
  std::uint32_t platform = 0;
};

struct KeptKey {
  KeyPacking packing = KeyPacking::None;
  std::string_view bytes;  // empty: there is none
};

struct KeptRow {
  RosterRowNumbers numbers;
  Category category = Category::Pns;
  Ownership ownership = Ownership::Declared;
  Validity validity;
  KeptKey id;
  KeptKey handle;
};

// More than write_row() ever writes, with what it writes beyond the row.
inline constexpr std::size_t kRowBytesMax = 64 + 2 * kAccountKeyBytesMax;

// Writes a row and returns its size.
std::size_t write_row(const RosterRow& row, const RosterRowNumbers& numbers,
                      std::string_view handle_key, char* to);

// Takes a row off the front of `rows`; false if it goes beyond their end.
bool take_row(std::string_view& rows, KeptRow& row);

// The size of the row at `row`, which write_row() made, and its numbers.
std::size_t row_size(const char* row);
RosterRowNumbers row_numbers(const char* row);
void set_row_numbers(char* row, const RosterRowNumbers& numbers);

}  // namespace pantau
