#include "classifiers/accounts/roster_row.h"

#include <cstring>

namespace pantau {
namespace {

// Where the parts of fixed size stand.
constexpr std::size_t kSubjectAt = 0;
constexpr std::size_t kRegionAt = 4;
constexpr std::size_t kFlagsAt = 7;
constexpr std::size_t kBasisAt = 8;
constexpr std::size_t kPlatformAt = 11;
constexpr std::size_t kHeadsAt = 13;

constexpr unsigned int kCategoryBits = 7;  // of the flags
constexpr auto kCategoryLast = Category::KepalaDesa;
constexpr unsigned int kOwnershipShift = 3;
constexpr unsigned int kOwnershipBits = 3;
constexpr unsigned int kHasFrom = 1U << 5;
constexpr unsigned int kHasTo = 1U << 6;

constexpr unsigned int kPackingShift = 6;  // of a key's head
constexpr std::size_t kSizeFollows = 63;

template <class Number, std::size_t bytes = sizeof(Number)>
Number load(const char* from) {
  Number number = 0;
  std::memcpy(&number, from, bytes);
  return number;
}

template <std::size_t bytes, class Number>
void store(char* to, Number number) {
  std::memcpy(to, &number, bytes);
}

unsigned int flags_of(const RosterRow& row) {
  unsigned int flags = static_cast<unsigned int>(row.category) |
                       static_cast<unsigned int>(row.ownership) << kOwnershipShift;
  if (row.validity.from != Day::min()) flags |= kHasFrom;
  if (row.validity.to != Day::max()) flags |= kHasTo;
  return flags;
}

// A key's head is written after the key, so its size goes by the text's: packing never lengthens.
std::size_t head_size(std::string_view text) {
  return text.size() < kSizeFollows ? 1 : 3;
}

void write_head(char* to, std::size_t size, PackedKey key) {
  const unsigned int packing = static_cast<unsigned int>(key.packing) << kPackingShift;
  *to = static_cast<char>(packing | (size == 1 ? key.bytes : kSizeFollows));
  if (size != 1) store<2>(to + 1, key.bytes);
}

char* write_day(char* to, Day day) {
  store<4>(to, static_cast<std::int32_t>(day.time_since_epoch().count()));
  return to + 4;
}

// Takes the front off `bytes`, which has more than that.
std::string_view take(std::string_view& bytes, std::size_t size) {
  const std::string_view taken = bytes.substr(0, size);
  bytes.remove_prefix(taken.size());
  return taken;
}

struct KeyHead {
  KeyPacking packing = KeyPacking::None;
  std::size_t bytes = 0;
};

bool take_head(std::string_view& bytes, KeyHead& head) {
  if (bytes.empty()) return false;
  const auto first = static_cast<unsigned char>(take(bytes, 1).front());
  head.packing = static_cast<KeyPacking>(first >> kPackingShift);
  head.bytes = first & kSizeFollows;
  if (head.bytes < kSizeFollows) return true;
  if (bytes.size() < 2) return false;
  head.bytes = load<std::uint16_t>(take(bytes, 2).data());
  return true;
}

bool take_day(std::string_view& bytes, Day& day) {
  if (bytes.size() < 4) return false;
  day = Day(std::chrono::days(load<std::int32_t>(take(bytes, 4).data())));
  return true;
}

}  // namespace

std::size_t write_row(const RosterRow& row, const RosterRowNumbers& numbers,
                      std::string_view handle_key, char* to) {
  set_row_numbers(to, numbers);
  const unsigned int flags = flags_of(row);
  to[kFlagsAt] = static_cast<char>(flags);
  const std::size_t id_head = head_size(row.account_id);
  const std::size_t handle_head = head_size(handle_key);
  char* const heads = to + kHeadsAt;
  char* at = heads + id_head + handle_head;
  if ((flags & kHasFrom) != 0) at = write_day(at, row.validity.from);
  if ((flags & kHasTo) != 0) at = write_day(at, row.validity.to);
  const PackedKey id = pack_key(row.account_id, at);
  write_head(heads, id_head, id);
  at += id.bytes;
  const PackedKey handle = pack_key(handle_key, at);
  write_head(heads + id_head, handle_head, handle);
  return static_cast<std::size_t>(at - to) + handle.bytes;
}

bool take_row(std::string_view& rows, KeptRow& row) {
  if (rows.size() < kHeadsAt) return false;
  const char* const start = rows.data();
  row.numbers = row_numbers(start);
  const auto flags = static_cast<unsigned char>(start[kFlagsAt]);
  if ((flags & kCategoryBits) > static_cast<unsigned int>(kCategoryLast)) return false;  // forged
  row.category = static_cast<Category>(flags & kCategoryBits);
  row.ownership = static_cast<Ownership>(flags >> kOwnershipShift & kOwnershipBits);
  rows.remove_prefix(kHeadsAt);
  KeyHead id;
  KeyHead handle;
  row.validity = {};
  if (!take_head(rows, id) || !take_head(rows, handle)) return false;
  if ((flags & kHasFrom) != 0 && !take_day(rows, row.validity.from)) return false;
  if ((flags & kHasTo) != 0 && !take_day(rows, row.validity.to)) return false;
  if (rows.size() < id.bytes + handle.bytes) return false;
  row.id = {id.packing, take(rows, id.bytes)};
  row.handle = {handle.packing, take(rows, handle.bytes)};
  return true;
}

std::size_t row_size(const char* row) {
  const auto flags = static_cast<unsigned char>(row[kFlagsAt]);
  std::size_t size = kHeadsAt;
  std::size_t keys = 0;
  for (int key = 0; key < 2; key++) {
    const std::size_t bytes = static_cast<unsigned char>(row[size++]) & kSizeFollows;
    keys += bytes < kSizeFollows ? bytes : load<std::uint16_t>(row + size);
    if (bytes == kSizeFollows) size += 2;
  }
  return size + keys + ((flags & kHasFrom) != 0 ? 4 : 0) + ((flags & kHasTo) != 0 ? 4 : 0);
}

RosterRowNumbers row_numbers(const char* row) {
  return {load<std::uint32_t>(row + kSubjectAt), load<std::uint32_t, 3>(row + kRegionAt),
          load<std::uint32_t, 3>(row + kBasisAt), load<std::uint32_t, 2>(row + kPlatformAt)};
}

void set_row_numbers(char* row, const RosterRowNumbers& numbers) {
  store<4>(row + kSubjectAt, numbers.subject);
  store<3>(row + kRegionAt, numbers.region);
  store<3>(row + kBasisAt, numbers.basis);
  store<2>(row + kPlatformAt, numbers.platform);
}

}  // namespace pantau
