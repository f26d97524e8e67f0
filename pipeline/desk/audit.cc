#include "pipeline/desk/audit.h"

#include <fmt/format.h>

#include <algorithm>

#include "pipeline/desk/clock.h"
#include "pipeline/desk/state.h"
#include "pipeline/output/sha256.h"

namespace pantau {
namespace {

constexpr char kColumns[] = "a.seq, a.at, a.staff, a.action, a.object, a.detail, a.prev, a.hash";

AuditRow row_of(const Rows& rows) {
  AuditRow row;
  row.seq = rows.integer(0);
  row.at = from_micros(rows.integer(1));
  row.staff = rows.integer(2);
  row.action = rows.text(3);
  row.object = rows.text(4);
  row.detail = rows.text(5);
  row.prev = rows.text(6);
  row.hash = rows.text(7);
  return row;
}

// Reads on where `check` is; false at the first row that is not as it was written.
void check_row(const AuditRow& row, AuditCheck& check) {
  if (!check.ok) return;
  const auto wrong = [&](std::string what) {
    check.ok = false;
    check.broken_at = row.seq;
    check.what = std::move(what);
  };
  check.rows++;
  if (row.seq != check.rows) {
    check.broken_at = check.rows;
    check.ok = false;
    check.what = fmt::format("row {} is missing", check.rows);
  } else if (row.prev != check.head) {
    wrong(fmt::format("row {} does not follow the row before it", row.seq));
  } else if (sha256_hex(canonical_audit_bytes(row)) != row.hash) {
    wrong(fmt::format("row {} was changed", row.seq));
  }
  check.head = row.hash;
}

}  // namespace

std::string canonical_audit_bytes(const AuditRow& row) {
  std::string bytes = "pantau-audit-1\n";
  const auto add = [&](std::string_view field) {
    bytes += fmt::format("{}:", field.size());
    bytes += field;
    bytes += '\n';
  };
  add(row.prev);
  add(std::to_string(row.seq));
  add(format_rfc3339(row.at));
  add(std::to_string(row.staff));
  add(row.action);
  add(row.object);
  add(row.detail);
  return bytes;
}

Done audit(DeskState& state, const Caller& caller, std::string_view action,
           const std::string& object, std::string_view detail) {
  AuditRow row;
  row.at = caller.now;
  row.staff = caller.staff;
  row.action = action;
  row.object = object;
  row.detail = detail;
  row.seq = 1;
  TRY_STATUS(state.each("SELECT seq, hash FROM audit_head", [&](const Rows& rows) {
    row.seq = rows.integer(0) + 1;
    row.prev = rows.text(1);
  }));
  row.hash = sha256_hex(canonical_audit_bytes(row));
  TRY_STATUS(
      state.run("INSERT INTO audit (seq, at, staff, action, object, detail, prev, hash)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                row.seq, to_micros(row.at), row.staff, row.action, row.object, row.detail, row.prev,
                row.hash));
  return std::monostate{};
}

Done add_audit(Desk& desk, const Caller& caller, std::string_view action, std::string_view object,
               std::string_view detail) {
  TRY(const auto transaction, Transaction::begin(*desk.state().database));
  TRY_STATUS(audit(desk.state(), caller, action, std::string(object), detail));
  TRY_STATUS(transaction->commit());
  return std::monostate{};
}

namespace {

Answer<AuditCheck> read_chain(DeskState& state) {
  AuditCheck check;
  TRY_STATUS(state.each(fmt::format("SELECT {} FROM audit AS a ORDER BY a.seq", kColumns),
                        [&](const Rows& rows) { check_row(row_of(rows), check); }));
  if (!check.ok) return check;
  std::int64_t seq = 0;
  std::string hash;
  TRY_STATUS(state.each("SELECT seq, hash FROM audit_head", [&](const Rows& rows) {
    seq = rows.integer(0);
    hash = rows.text(1);
  }));
  if (check.rows != seq || check.head != hash) {
    check.ok = false;
    check.broken_at = check.rows + 1;
    check.what = fmt::format("the log ends at row {}, and should end at row {}", check.rows, seq);
  }
  return check;
}

}  // namespace

Result<AuditCheck> check_audit(Desk& desk) {
  Database& database = *desk.state().database;
  TRY_STATUS(database.execute("BEGIN"));  // of one moment
  const Answer<AuditCheck> check = read_chain(desk.state());
  TRY_STATUS(database.execute("ROLLBACK"));
  if (!check) return fail(Fault::Storage, check.error().message);
  return *check;
}

Answer<Listed<AuditRow>> list_audit(Desk& desk, const Caller& caller, const AuditFilter& filter,
                                    const Page& page) {
  DeskState& state = desk.state();
  TRY_STATUS(need_role(state, caller, {Role::Auditor}));
  std::vector<SqlValue> values;
  std::string where;
  const auto ask = [&](std::string_view condition, SqlValue value) {
    values.push_back(std::move(value));
    where += fmt::format("{} {}{}", where.empty() ? " WHERE" : " AND", condition, values.size());
  };
  if (!page.after.empty()) ask("a.seq < $", std::int64_t{std::atoll(page.after.c_str())});
  if (filter.staff) ask("a.staff = $", *filter.staff);
  if (!filter.action.empty()) ask("a.action = $", filter.action);
  if (!filter.object.empty()) ask("a.object = $", filter.object);
  const std::int64_t limit = rows_of(page);
  values.emplace_back(limit);
  Listed<AuditRow> listed;
  TRY_STATUS(state.each_with(
      fmt::format("SELECT {}, coalesce(s.name, '') FROM audit AS a LEFT JOIN staff AS s"
                  " ON s.id = a.staff{} ORDER BY a.seq DESC LIMIT ${}",
                  kColumns, where, values.size()),
      [&](const Rows& rows) {
        listed.rows.push_back(row_of(rows));
        listed.rows.back().staff_name = rows.text(8);
      },
      values));
  if (static_cast<std::int64_t>(listed.rows.size()) == limit) {
    listed.next = std::to_string(listed.rows.back().seq);
  }
  return listed;
}

}  // namespace pantau
