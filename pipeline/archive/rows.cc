#include "pipeline/archive/rows.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "classifiers/base/csv.h"

namespace pantau {

// Counts in bytes, sixteen at a time, which compilers make one vector of; a byte is emptied
// before it can overflow. (A memchr for each line stumbles over each line's end.)
std::uint64_t count_line_feeds(std::string_view bytes) {
  constexpr std::size_t kLanes = 16;
  constexpr std::size_t kBlock = kLanes * 255;
  std::uint64_t count = 0;
  while (bytes.size() >= kLanes) {
    const std::size_t block = std::min(bytes.size() / kLanes * kLanes, kBlock);
    std::array<std::uint8_t, kLanes> lanes = {};
    for (std::size_t at = 0; at < block; at += kLanes) {
      for (std::size_t lane = 0; lane < kLanes; lane++) {
        lanes[lane] = static_cast<std::uint8_t>(lanes[lane] + (bytes[at + lane] == '\n' ? 1 : 0));
      }
    }
    for (const std::uint8_t lane : lanes) count += lane;
    bytes.remove_prefix(block);
  }
  return count + static_cast<std::uint64_t>(std::ranges::count(bytes, '\n'));
}

bool RowIterator::next(Row& row, std::size_t without_end) {
  if (chunk_.framing == Framing::Documents) return !chunk_.too_long && next_item(row);
  while (next_ < chunk_.bytes.size()) {
    const bool found =
        chunk_.framing == Framing::Csv ? next_csv_row(row) : next_line(row, without_end);
    if (found) return true;
    without_end = 0;
  }
  return false;
}

bool RowIterator::next_line(Row& row, std::size_t without_end) {
  const char* const begin = chunk_.bytes.data() + next_;
  const std::size_t left = chunk_.bytes.size() - next_;
  const void* const end = std::memchr(begin + without_end, '\n', left - without_end);
  const std::size_t size =
      end == nullptr ? left : static_cast<std::size_t>(static_cast<const char*>(end) - begin);
  row.bytes = {begin, size};
  row.line = line_++;
  row.offset = chunk_.offset + next_;
  next_ += end == nullptr ? size : size + 1;
  return without_end > 0 || !is_blank(row.bytes);  // blanks are never known beforehand
}

bool RowIterator::next_csv_row(Row& row) {
  const std::string_view rest = chunk_.bytes.substr(next_);
  const CsvExtent extent = first_csv_row(rest, chunk_.delimiter);
  row.bytes = rest.substr(0, extent.content);
  row.line = line_;
  row.offset = chunk_.offset + next_;
  line_ += extent.lines;
  next_ += extent.bytes;
  return !is_blank(row.bytes);
}

bool RowIterator::next_item(Row& row) {
  if (item_ == chunk_.items.size()) {
    next_ = chunk_.bytes.size();
    return false;
  }
  const ItemExtent& item = chunk_.items[item_++];
  line_ += count_line_feeds(chunk_.bytes.substr(next_, item.begin - next_));
  row.bytes = chunk_.bytes.substr(item.begin, item.size);
  row.line = line_;
  row.offset = chunk_.offset + item.begin;
  next_ = item.begin;
  return true;
}

}  // namespace pantau
