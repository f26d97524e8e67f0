#include "pipeline/archive/rows.h"

#include <cstring>

#include "classifiers/base/csv.h"

namespace pantau {

bool RowIterator::next(Row& row, std::size_t without_end) {
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

}  // namespace pantau
