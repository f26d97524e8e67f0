#include "classifiers/accounts/list_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "classifiers/accounts/account_key.h"
#include "classifiers/model/record.h"

namespace pantau {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view without_mark(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text;
}

}  // namespace

ListHeader read_list_header(std::string_view text, std::span<const std::string_view> columns,
                            Mistakes& mistakes) {
  const std::string_view list = without_mark(text);
  ListHeader header;
  header.end = text.size();
  header.delimiter = csv_delimiter(list);
  Arena arena;
  CsvRows rows(list, header.delimiter, arena);
  CsvRow row;
  if (!rows.next(row)) {
    mistakes.add({}, text.empty() ? "the file is empty" : "there is no header row");
    return header;
  }
  header.end = text.size() - list.size() + rows.position();
  header.first_line = rows.line();
  header.cells_in_row = row.cells.size();
  const std::size_t before = mistakes.count();
  for (const std::string_view column : columns) {
    const auto matches = [&](std::string_view cell) { return trimmed(cell) == column; };
    const auto found = std::ranges::find_if(row.cells, matches);
    if (found == row.cells.end()) {
      mistakes.add({row.line, 0}, fmt::format("wrong header: no column '{}'", column));
    } else if (std::find_if(found + 1, row.cells.end(), matches) != row.cells.end()) {
      mistakes.add({row.line, 0}, fmt::format("wrong header: two columns '{}'", column));
    }
    header.positions.push_back(static_cast<std::size_t>(found - row.cells.begin()));
  }
  if (mistakes.count() != before) header.positions.clear();
  return header;
}

ListReader::ListReader(std::string_view rows, const ListHeader& header, std::uint64_t first_line,
                       std::span<const std::string_view> columns, Mistakes& mistakes)
    : columns_(columns),
      mistakes_(mistakes),
      mistakes_before_(mistakes.count()),
      rows_(rows, header.delimiter, arena_, first_line),
      positions_(header.positions),
      cells_in_row_(header.cells_in_row) {}

bool ListReader::next() {
  if (positions_.empty()) return false;
  arena_.reset();
  while (rows_.next(row_)) {
    mistakes_before_ = mistakes_.count();
    if (row_.unclosed) {
      met_unclosed_ = true;
      mistake("a quote is never closed");
    } else if (row_.cells.size() != cells_in_row_) {
      mistake(fmt::format("{} cells, but the header has {}", row_.cells.size(), cells_in_row_));
    } else {
      return true;
    }
  }
  return false;
}

void ListReader::mistake(std::string_view what) {
  mistakes_.add({row_.line, 0}, what);
}

void ListReader::too_long(std::size_t column) {
  mistake(fmt::format("'{}' is longer than {} bytes", columns_[column], kListCellBytesMax));
}

std::string_view ListReader::required(std::size_t column) {
  const std::string_view text = cell(column);
  if (text.empty()) mistake(fmt::format("'{}' is empty", columns_[column]));
  return text;
}

void ListReader::unknown(std::size_t column, std::string_view text) {
  mistake(fmt::format("'{}': unknown value '{}'", columns_[column], text));
}

std::string_view ListReader::platform(std::size_t column) {
  const std::string_view text = cell(column);
  // The same few names come again and again.
  std::string& known = text.empty() ? known_platforms_[0]
                                    : known_platforms_[static_cast<unsigned char>(text[0]) % 16];
  if (text == known && !known.empty()) return text;
  if (is_platform_name(text)) {
    known = text;
  } else {
    unknown(column, text);
  }
  return text;
}

std::string_view ListReader::account_id(std::size_t column) {
  const std::string_view text = cell(column);
  // Hardly any id has what a damaged one must have.
  if (!is_all_digits(text) && is_damaged_id(text)) {
    mistake(fmt::format("'{}': {} is what a spreadsheet left of an id; it names nobody",
                        columns_[column], text));
  }
  return text;
}

std::optional<Day> ListReader::day(std::size_t column) {
  const std::string_view text = cell(column);
  if (text.empty()) return std::nullopt;
  const std::optional<Day> day = parse_day(text);
  if (!day) mistake(fmt::format("'{}': '{}' is no date YYYY-MM-DD", columns_[column], text));
  return day;
}

Validity ListReader::validity(std::size_t from_column, std::size_t to_column) {
  Validity validity;
  if (const auto from = day(from_column)) validity.from = *from;
  if (const auto to = day(to_column)) validity.to = *to;
  if (validity.to < validity.from) mistake("'valid_to' lies before 'valid_from'");
  return validity;
}

}  // namespace pantau
