#include "pipeline/archive/rows.h"

#include <cstring>

#include "classifiers/base/csv.h"

namespace pantau {

// A memchr for each line is about as fast as it gets, lines being some hundred
// bytes long.
std::uint64_t count_line_feeds(std::string_view bytes) {
  std::uint64_t count = 0;
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  while (at < end) {
    const void* const found = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
    if (found == nullptr) break;
    count++;
    at = static_cast<const char*>(found) + 1;
  }
  return count;
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
