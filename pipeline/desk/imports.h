// Lists brought in over the page: every row that is wrong is told, with line and reason.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/desk/desk.h"

namespace pantau {

enum class ListKind : std::uint8_t { Roster, Campaign };

struct RowError {
  std::size_t line = 0, column = 0;
  std::string reason;
};
struct ImportOutcome {
  std::int64_t id = 0;  // 0: a dry run, or there were errors
  std::size_t rows = 0;
  std::vector<RowError> errors;  // kRowErrorsMax at most
  std::size_t errors_in_all = 0;
};
inline constexpr std::size_t kRowErrorsMax = 1000;
inline constexpr std::size_t kImportBytesMax = 64 << 20;

struct ImportRequest {
  ListKind list = ListKind::Roster;
  std::string csv;
  std::string basis;  // the legal basis of the import; required
  bool dry_run = false;
};
// Checks the list; unless it is a dry run or has errors, keeps it as the list's newest version.
// `contests` for a campaign list: the TOML of the sweep's contests. Administrators.
Answer<ImportOutcome> import_list(Desk& desk, const Caller& caller, const ImportRequest& request,
                                  std::string_view contests_toml);

struct ImportRow {
  std::int64_t id = 0;
  ListKind list = ListKind::Roster;
  std::string sha256, basis, staff_name;
  Instant at;
  std::size_t rows = 0;
};
Answer<std::vector<ImportRow>> list_imports(Desk& desk, const Caller& caller);
// The newest version's text, for the next sweep; "" if there is none.
Answer<std::string> newest_list(Desk& desk, ListKind list);

}  // namespace pantau
