#include "classifiers/accounts/list_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "classifiers/model/record.h"

namespace pantau {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view without_mark(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text;
}

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

ListReader::ListReader(std::string_view text, std::span<const std::string_view> columns,
                       Mistakes& mistakes)
    : columns_(columns),
      mistakes_(mistakes),
      rows_(without_mark(text), csv_delimiter(without_mark(text)), arena_) {
  if (!read_header(text)) positions_.clear();
  mistakes_before_ = mistakes_.count();
}

bool ListReader::read_header(std::string_view text) {
  if (!rows_.next(row_)) {
    mistakes_.add({}, text.empty() ? "the file is empty" : "there is no header row");
    return false;
  }
  const std::size_t before = mistakes_.count();
  for (const std::string_view column : columns_) {
    const auto matches = [&](std::string_view cell) { return trimmed(cell) == column; };
    const auto found = std::ranges::find_if(row_.cells, matches);
    if (found == row_.cells.end()) {
      mistakes_.add({row_.line, 0}, fmt::format("wrong header: no column '{}'", column));
    } else if (std::find_if(found + 1, row_.cells.end(), matches) != row_.cells.end()) {
      mistakes_.add({row_.line, 0}, fmt::format("wrong header: two columns '{}'", column));
    }
    positions_.push_back(static_cast<std::size_t>(found - row_.cells.begin()));
  }
  cells_in_row_ = row_.cells.size();
  return mistakes_.count() == before;
}

bool ListReader::next() {
  if (positions_.empty()) return false;
  arena_.reset();
  while (rows_.next(row_)) {
    mistakes_before_ = mistakes_.count();
    if (row_.unclosed) {
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

std::string_view ListReader::cell(std::size_t column) {
  const std::string_view text = trimmed(row_.cells[positions_[column]]);
  if (text.size() <= kListCellBytesMax) return text;
  mistake(fmt::format("'{}' is longer than {} bytes", columns_[column], kListCellBytesMax));
  return {};
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
  if (!is_platform_name(text)) unknown(column, text);
  return text;
}

std::string_view ListReader::account_id(std::size_t column) {
  const std::string_view text = cell(column);
  if (is_damaged_id(text)) {
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
