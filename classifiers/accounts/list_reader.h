// What the CSV lists of accounts have in common: a header row of known columns,
// in any order, and cells that mean an account, a name of a list or a day.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "classifiers/accounts/roster_csv.h"
#include "classifiers/base/csv.h"
#include "classifiers/base/mistakes.h"

namespace pantau {

// An account id, handle, basis or other cell of a list longer than this is a mistake.
inline constexpr std::size_t kListCellBytesMax = 4096;

// Reads rows one by one and hands out cells by the position of their column in
// `columns`. A wrong header is told once; then there are no rows.
class ListReader {
 public:
  ListReader(std::string_view text, std::span<const std::string_view> columns, Mistakes& mistakes);

  // Goes on to the next row with as many cells as the header; rows without are
  // told and left out.
  bool next();

  std::size_t line() const { return row_.line; }

  // The cell of a column, without blanks around it. Too long a cell is told and empty.
  std::string_view cell(std::size_t column);

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
  bool read_header(std::string_view text);
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
};

}  // namespace pantau
