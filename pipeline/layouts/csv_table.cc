#include "pipeline/layouts/csv_table.h"

#include <simdjson.h>

#include <algorithm>

namespace pantau {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

CsvTable::CsvTable(std::string_view header) : delimiter_(csv_delimiter(header)) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (header.starts_with(kByteOrderMark)) header.remove_prefix(kByteOrderMark.size());
  Arena arena;
  if (!CsvRows(header, delimiter_, arena).next(row_)) return;
  for (const std::string_view name : row_.cells) names_.emplace_back(trimmed(name));
  row_ = {};
}

bool CsvTable::has_all(std::span<const std::string_view> names) const {
  return std::ranges::all_of(names, [this](std::string_view name) { return has(name); });
}

std::size_t CsvTable::column(std::string_view name) const {
  const auto found = std::ranges::find(names_, name);
  return found == names_.end() ? kNoColumn : static_cast<std::size_t>(found - names_.begin());
}

std::optional<Reading> CsvTable::read(std::string_view row, Arena& arena) {
  if (!simdjson::validate_utf8(row.data(), row.size())) return Reading::rejected("utf8");
  CsvRows rows(row, delimiter_, arena);
  if (!rows.next(row_) || row_.unclosed || row_.cells.size() > names_.size()) {
    return Reading::rejected("csv");
  }
  if (std::ranges::equal(row_.cells, names_, {}, trimmed)) return Reading::not_an_act("header");
  return std::nullopt;
}

}  // namespace pantau
