// What the CSV lists of accounts have in common: a header row of known columns,
// in any order, and cells that mean an account, a name of a list or a day.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/accounts/roster_csv.h"
#include "classifiers/base/csv.h"
#include "classifiers/base/mistakes.h"

namespace pantau {

// An account id, handle, basis or other cell of a list longer than this is a mistake.
inline constexpr std::size_t kListCellBytesMax = 4096;

// `text` without the blanks around it.
inline std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  const auto is_seldom_blank = [](char c) { return static_cast<unsigned char>(c) > ' '; };
  if (text.empty() || (is_seldom_blank(text.front()) && is_seldom_blank(text.back()))) return text;
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// What the head of a list says: which of its cells is which column.
struct ListHeader {
  char delimiter = ',';
  std::vector<std::size_t> positions;  // of each column among the cells; none: it cannot be read
  std::size_t cells_in_row = 0;
  std::size_t end = 0;           // of the header row in the text
  std::uint64_t first_line = 1;  // of what follows
};

// Reads the header row, which a byte order mark may precede. A wrong one is told.
ListHeader read_list_header(std::string_view text, std::span<const std::string_view> columns,
                            Mistakes& mistakes);

// Reads rows one by one and hands out cells by the position of their column in
// `columns`.
class ListReader {
 public:
  // A list from its header on. A wrong header is told once; then there are no rows.
  ListReader(std::string_view text, std::span<const std::string_view> columns, Mistakes& mistakes)
      : ListReader(text, columns, mistakes, read_list_header(text, columns, mistakes)) {}

  // What follows a header, or a piece of that: then rows() can be told where to stop.
  ListReader(std::string_view rows, const ListHeader& header, std::uint64_t first_line,
             std::span<const std::string_view> columns, Mistakes& mistakes);

  CsvRows& rows() { return rows_; }

  // Goes on to the next row with as many cells as the header; rows without are
  // told and left out.
  bool next();

  std::size_t line() const { return row_.line; }

  // Whether so far a row had a quote that is never closed.
  bool met_unclosed() const { return met_unclosed_; }

  // The cell of a column, without blanks around it. Too long a cell is told and empty.
  std::string_view cell(std::size_t column) {
    const std::string_view text = trimmed(row_.cells[positions_[column]]);
    if (text.size() <= kListCellBytesMax) return text;
    too_long(column);
    return {};
  }

  void mistake(std::string_view what);

  // Mistakes told since this row began.
  bool row_is_sound() const { return mistakes_.count() == mistakes_before_; }

  // Cells with a meaning; what has none is told.
  std::string_view required(std::size_t column);
  std::string_view platform(std::size_t column);
  std::string_view account_id(std::size_t column);
  Validity validity(std::size_t from_column, std::size_t to_column);

  // A cell that must be one of the names that `named` knows.
  template <class Named>
  auto one_of(std::size_t column, Named named) -> typename decltype(named(""))::value_type {
    const std::string_view text = cell(column);
    const auto found = named(text);
    if (!found) unknown(column, text);
    return found.value_or(typename decltype(named(""))::value_type{});
  }

 private:
  ListReader(std::string_view text, std::span<const std::string_view> columns, Mistakes& mistakes,
             const ListHeader& header)
      : ListReader(text.substr(header.end), header, header.first_line, columns, mistakes) {}

  void too_long(std::size_t column);
  void unknown(std::size_t column, std::string_view text);
  std::optional<Day> day(std::size_t column);

  std::span<const std::string_view> columns_;
  Mistakes& mistakes_;
  std::size_t mistakes_before_ = 0;
  Arena arena_;
  CsvRows rows_;
  CsvRow row_;
  std::vector<std::size_t> positions_;  // of each column in the file
  std::size_t cells_in_row_ = 0;
  bool met_unclosed_ = false;
  std::array<std::string, 16> known_platforms_;  // by their first letter
};

}  // namespace pantau
