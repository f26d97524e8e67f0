#include "pipeline/desk/imports.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "classifiers/accounts/campaign_list.h"
#include "classifiers/accounts/roster_csv.h"
#include "classifiers/contests/contest.h"
#include "pipeline/desk/state.h"
#include "pipeline/output/sha256.h"

namespace pantau {
namespace {

std::string_view name_of(ListKind list) {
  return list == ListKind::Roster ? "roster" : "campaign";
}

constexpr std::string_view kFile = "list";

// A line of a report, "list:17:3: error: what is wrong".
void take_error(std::string_view line, ImportOutcome& outcome) {
  if (!line.starts_with(kFile)) return;
  RowError error;
  const char* at = line.data() + kFile.size();
  const char* const end = line.data() + line.size();
  for (std::size_t* const number : {&error.line, &error.column}) {
    if (at == end || *at != ':') break;
    const auto read = std::from_chars(at + 1, end, *number);
    if (read.ec != std::errc()) break;
    at = read.ptr;
  }
  constexpr std::string_view kMark = ": error: ";
  const std::size_t mark = line.find(kMark);
  if (mark == std::string_view::npos) return;
  error.reason = line.substr(mark + kMark.size());
  if (outcome.errors.size() < kRowErrorsMax) outcome.errors.push_back(std::move(error));
}

void take_errors(const Mistakes& mistakes, ImportOutcome& outcome) {
  outcome.errors_in_all = mistakes.count();
  const std::string report = mistakes.report();
  for (std::size_t at = 0; at < report.size();) {
    const std::size_t end = std::min(report.find('\n', at), report.size());
    take_error(std::string_view(report).substr(at, end - at), outcome);
    at = end + 1;
  }
}

Done check(const ImportRequest& request, std::string_view contests_toml, ImportOutcome& outcome) {
  // Without the text: rows hold names, and are never shown.
  Mistakes mistakes{std::string(kFile)};
  if (request.list == ListKind::Roster) {
    read_roster_csv(request.csv, mistakes, [&](const RosterRow&) { outcome.rows++; });
  } else {
    Mistakes in_contests("contests", contests_toml);
    ContestList contests;
    read_contests(contests_toml, in_contests, contests);
    if (!in_contests.empty()) {
      return refuse(Refused::Invalid, "the sweep's contests cannot be read");
    }
    outcome.rows = read_campaign_csv(request.csv, contests, mistakes).size();
  }
  take_errors(mistakes, outcome);
  return std::monostate{};
}

}  // namespace

Answer<ImportOutcome> import_list(Desk& desk, const Caller& caller, const ImportRequest& request,
                                  std::string_view contests_toml) {
  DeskState& state = desk.state();
  if (request.basis.empty()) return refuse(Refused::Invalid, "the legal basis is missing");
  if (request.csv.size() > kImportBytesMax) return refuse(Refused::Invalid, "the list is too long");
  TRY_STATUS(need_role(state, caller, {Role::Administrator}));
  ImportOutcome outcome;
  TRY_STATUS(check(request, contests_toml, outcome));
  if (request.dry_run || outcome.errors_in_all > 0) return outcome;
  TRY(const auto transaction, Transaction::begin(*state.database));
  const std::string sha256 = sha256_hex(request.csv);
  TRY(const auto id,
      state.integer("INSERT INTO list_import (list, csv, sha256, rows, basis, staff, at)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
                    name_of(request.list), request.csv, sha256,
                    static_cast<std::int64_t>(outcome.rows), request.basis, caller.staff,
                    to_micros(caller.now)));
  outcome.id = *id;
  TRY_STATUS(audit(state, caller, "import_list", fmt::format("import/{}", outcome.id),
                   json_object({{"list", name_of(request.list)},
                                {"sha256", sha256},
                                {"rows", std::to_string(outcome.rows)}})));
  TRY_STATUS(transaction->commit());
  return outcome;
}

Answer<std::vector<ImportRow>> list_imports(Desk& desk, const Caller& caller) {
  DeskState& state = desk.state();
  TRY_STATUS(need_role(state, caller, {Role::Administrator, Role::Auditor}));
  std::vector<ImportRow> imports;
  TRY_STATUS(state.each(
      "SELECT l.id, l.list, l.sha256, l.basis, s.name, l.at, l.rows FROM list_import AS l"
      " JOIN staff AS s ON s.id = l.staff ORDER BY l.id DESC",
      [&](const Rows& rows) {
        imports.push_back({rows.integer(0),
                           rows.text(1) == "roster" ? ListKind::Roster : ListKind::Campaign,
                           rows.text(2), rows.text(3), rows.text(4), from_micros(rows.integer(5)),
                           static_cast<std::size_t>(rows.integer(6))});
      }));
  return imports;
}

Answer<std::string> newest_list(Desk& desk, ListKind list) {
  TRY(auto csv,
      desk.state().text("SELECT csv FROM list_import WHERE list = $1 ORDER BY id DESC LIMIT 1",
                        name_of(list)));
  return std::move(csv).value_or("");
}

}  // namespace pantau
