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

template <class Number>
Number load(const char* from) {
  Number number;
  std::memcpy(&number, from, sizeof number);
  return number;
}

// Reads four, because putting three together takes longer.
std::uint32_t load_three_bytes(const char* from) {
  return load<std::uint32_t>(from) & 0xFFFFFF;
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

// A row's bytes from the front; nothing is beyond their end.
class RowBytes {
 public:
  explicit RowBytes(std::string_view bytes) : at_(bytes.data()), left_(bytes.size()) {}

  std::size_t left() const { return left_; }

  const char* take(std::size_t size) {
    const char* const taken = at_;
    at_ += size;
    left_ -= size;
    return taken;
  }

  // The size of a key of which the first byte of the head was taken.
  bool take_key_size(unsigned char head, std::size_t& size) {
    size = head & kSizeFollows;
    if (size < kSizeFollows) return true;
    if (left_ < 2) return false;
    size = load<std::uint16_t>(take(2));
    return true;
  }

  bool take_day(Day& day) {
    if (left_ < 4) return false;
    day = Day(std::chrono::days(load<std::int32_t>(take(4))));
    return true;
  }

 private:
  const char* at_;
  std::size_t left_;
};

KeptKey key(unsigned char head, const char* bytes, std::size_t size) {
  return {static_cast<KeyPacking>(head >> kPackingShift), {bytes, size}};
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
  RowBytes bytes(rows);
  if (bytes.left() < kHeadsAt + 2) return false;
  const char* const start = bytes.take(kHeadsAt);
  row.numbers = row_numbers(start);
  const auto flags = static_cast<unsigned char>(start[kFlagsAt]);
  if ((flags & kCategoryBits) > static_cast<unsigned int>(kCategoryLast)) return false;  // forged
  row.category = static_cast<Category>(flags & kCategoryBits);
  row.ownership = static_cast<Ownership>(flags >> kOwnershipShift & kOwnershipBits);
  row.validity = {};
  std::size_t id_size = 0;
  std::size_t handle_size = 0;
  const auto id_head = static_cast<unsigned char>(*bytes.take(1));
  if (!bytes.take_key_size(id_head, id_size) || bytes.left() == 0) return false;
  const auto handle_head = static_cast<unsigned char>(*bytes.take(1));
  if (!bytes.take_key_size(handle_head, handle_size)) return false;
  if ((flags & kHasFrom) != 0 && !bytes.take_day(row.validity.from)) return false;
  if ((flags & kHasTo) != 0 && !bytes.take_day(row.validity.to)) return false;
  if (bytes.left() < id_size + handle_size) return false;
  row.id = key(id_head, bytes.take(id_size), id_size);
  row.handle = key(handle_head, bytes.take(handle_size), handle_size);
  rows.remove_prefix(rows.size() - bytes.left());
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
  return {load<std::uint32_t>(row + kSubjectAt), load_three_bytes(row + kRegionAt),
          load_three_bytes(row + kBasisAt), load<std::uint16_t>(row + kPlatformAt)};
}

void set_row_numbers(char* row, const RosterRowNumbers& numbers) {
  store<4>(row + kSubjectAt, numbers.subject);
  store<3>(row + kRegionAt, numbers.region);
  store<3>(row + kBasisAt, numbers.basis);
  store<2>(row + kPlatformAt, numbers.platform);
}

}  // namespace pantau
