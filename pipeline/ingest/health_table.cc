#include "pipeline/ingest/health_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace pantau {
namespace {

using Row = std::array<std::string, 11>;
constexpr std::size_t kLeftColumns = 2;  // names stand left, numbers right
constexpr std::size_t kLastColumn = std::tuple_size_v<Row> - 1;

Row row_of(const StoredSource& source) {
  const SourceHealth& health = source.health;
  std::string detail = health.detail;
  if (!health.next_at.empty()) detail += fmt::format(" (again at {})", health.next_at);
  return {source.name,
          std::string(name_of(health.state)),
          fmt::to_string(health.requests),
          fmt::to_string(health.records),
          fmt::to_string(health.flags),
          fmt::to_string(health.edits),
          fmt::to_string(health.deletions),
          fmt::to_string(health.rejected),
          fmt::to_string(health.faults),
          health.answered_at.empty() ? "never" : health.answered_at,
          std::move(detail)};
}

}  // namespace

std::string health_table(std::span<const StoredSource> sources) {
  std::vector<Row> rows = {{"source", "state", "requests", "records", "flags", "edits", "deletions",
                            "rejected", "faults", "last answer", "why"}};
  for (const StoredSource& source : sources) rows.push_back(row_of(source));
  std::array<std::size_t, std::tuple_size_v<Row>> widths{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); i++) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string table;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < kLastColumn; i++) {
      line += i < kLeftColumns ? fmt::format("{:<{}}  ", row[i], widths[i])
                               : fmt::format("{:>{}}  ", row[i], widths[i]);
    }
    line += row[kLastColumn];
    while (line.ends_with(' ')) line.pop_back();
    table += line + '\n';
  }
  return table;
}

}  // namespace pantau
