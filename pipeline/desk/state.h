// What stands behind a Desk, for the files of this folder.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "classifiers/ranking/model.h"
#include "pipeline/desk/desk.h"
#include "pipeline/desk/staff.h"
#include "pipeline/review/sqlite.h"

namespace pantau {

// The learned ranking that is switched on.
struct RankingInUse {
  std::int64_t version = 0;
  RankingModel model;
};

struct DeskState {
  // The statement of this text, prepared once. Texts are made of our own pieces, so there are few.
  Result<Statement*> prepared(const std::string& text);

  // Runs to the end; the number of rows changed.
  template <class... Values>
  Answer<int> run(const std::string& text, const Values&... values) {
    TRY(Statement* const statement, prepared(text));
    TRY(const int changed, statement->run(values...));
    return changed;
  }
  // The first column of the first row, if there is a row that is not NULL there.
  template <class... Values>
  Answer<std::optional<std::int64_t>> integer(const std::string& text, const Values&... values) {
    std::optional<std::int64_t> found;
    TRY_STATUS(each(
        text, [&](const Rows& rows) { found = optional_integer(rows, 0); }, values...));
    return found;
  }
  template <class... Values>
  Answer<std::optional<std::string>> text(const std::string& sql, const Values&... values) {
    std::optional<std::string> found;
    TRY_STATUS(each(
        sql, [&](const Rows& rows) { found = rows.text_or_null(0); }, values...));
    return found;
  }
  // Calls `take` for each row.
  template <class Take, class... Values>
  Done each(const std::string& text, Take take, const Values&... values) {
    TRY(Statement* const statement, prepared(text));
    TRY(const auto rows, statement->rows(values...));
    return take_all(*rows, take);
  }
  template <class Take>
  Done each_with(const std::string& text, Take take, const std::vector<SqlValue>& values) {
    TRY(Statement* const statement, prepared(text));
    TRY(const auto rows, statement->rows_with(values));
    return take_all(*rows, take);
  }

  static std::optional<std::int64_t> optional_integer(const Rows& rows, int column) {
    if (rows.is_null(column)) return std::nullopt;
    return rows.integer(column);
  }

  std::unique_ptr<Database> database;  // before the statements, so that it outlives them
  TimeZone zone;
  std::map<std::string, Statement> statements;
  std::optional<RankingInUse> ranking;  // as it was last asked for: see ranking_in_use.h

 private:
  template <class Take>
  static Done take_all(Rows& rows, Take& take) {
    while (true) {
      TRY(const bool found, rows.next());
      if (!found) return std::monostate{};
      take(static_cast<const Rows&>(rows));
    }
  }
};

// Times as the desk's tables have them.
inline std::int64_t to_micros(Instant instant) {
  return instant.time_since_epoch().count();
}
inline Instant from_micros(std::int64_t micros) {
  return Instant(std::chrono::microseconds(micros));
}
inline Instant from_seconds(std::int64_t seconds) {
  return Instant(std::chrono::seconds(seconds));
}

// Forbidden unless the caller is active and has one of the roles. To be asked in the transaction
// that does the work.
Done need_role(DeskState& state, const Caller& caller, std::initializer_list<Role> roles);
// The same for who reads items: analysts, second reviewers and case handlers.
Done need_reader(DeskState& state, const Caller& caller);
Answer<bool> has_role(DeskState& state, StaffId staff, Role role);

// Whether `staff` ("$2", a staff number) may see the item `i` (a row of item), or the pile `p`.
std::string item_in_scope(std::string_view staff);
std::string pile_in_scope(std::string_view staff);
// Whether region `region` is `scope` or lies in it; both are expressions.
std::string region_within(std::string_view region, std::string_view scope);

// NotFound unless the caller may see the item.
Done need_item(DeskState& state, const Caller& caller, ItemSeq item);

// Adds a row to the audit log, in the caller's transaction.
Done audit(DeskState& state, const Caller& caller, std::string_view action,
           const std::string& object, std::string_view detail = "{}");

// One value of the settings; see staff.h.
Answer<std::string> setting(DeskState& state, std::string_view name);
Answer<std::int64_t> number_setting(DeskState& state, std::string_view name);

// A hash that only this file could make of the text: by it something gone is known again.
Answer<std::string> keyed_hash(DeskState& state, std::string_view text);

// {"a":"…","b":"…"}
std::string json_object(
    std::initializer_list<std::pair<std::string_view, std::string_view>> members);
std::string json_array(const std::vector<std::string>& texts);
std::vector<std::string> texts_of_json_array(std::string_view json);  // made by json_array()

// Page::limit within its bounds.
std::int64_t rows_of(const Page& page);

}  // namespace pantau
