// A CSV export: its columns by name, its rows cell by cell.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/arena.h"
#include "classifiers/base/csv.h"
#include "pipeline/layouts/layout.h"

namespace pantau {

// Without blanks and tabs around it.
std::string_view trimmed(std::string_view text);

// For one thread: it holds the row that was read last.
class CsvTable {
 public:
  static constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

  explicit CsvTable(std::string_view header);

  bool has(std::string_view name) const { return column(name) != kNoColumn; }
  bool has_all(std::span<const std::string_view> names) const;
  std::size_t column(std::string_view name) const;  // of equal names the first

  // Reads a row, whose cells are valid as long as it and the arena. Nothing if it is one of
  // records, else what it is: damaged, or the header once more, where files were put together.
  std::optional<Reading> read(std::string_view row, Arena& arena);

  // "" if the column is not there or the row was cut off before it.
  std::string_view whole_cell(std::size_t column) const {
    return column < row_.cells.size() ? row_.cells[column] : std::string_view();
  }
  std::string_view cell(std::size_t column) const { return trimmed(whole_cell(column)); }
  std::string_view cell(std::string_view name) const { return cell(column(name)); }

 private:
  std::vector<std::string> names_;
  char delimiter_;
  CsvRow row_;
};

}  // namespace pantau
