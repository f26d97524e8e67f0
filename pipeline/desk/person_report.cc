// What is held about one person, and who looked.
#include <fmt/format.h>

#include "pipeline/desk/audit.h"
#include "pipeline/desk/clock.h"
#include "pipeline/desk/item_view.h"
#include "pipeline/desk/state.h"

namespace pantau {
namespace {

// The day on which retention takes an item; "" for one that its case keeps.
std::string delete_after(const DeskState& state, const std::string& item_state, Instant since,
                         std::int64_t days) {
  if (item_state != "dismissed" && item_state != "open" && item_state != "held" &&
      item_state != "needs_info" && item_state != "returned") {
    return "";
  }
  return format_day(state.zone.day_of(since + std::chrono::days(days)));
}

Done read_items(DeskState& state, const std::string& subject, PersonReport& report) {
  TRY(const std::int64_t unreviewed, number_setting(state, "unreviewed_days"));
  TRY(const std::int64_t dismissed, number_setting(state, "dismissed_days"));
  return state.each(
      "SELECT i.seq, i.key, i.state, i.level, i.kind, i.platform, i.found_at, i.acted_at,"
      " coalesce((SELECT max(d.at) FROM decision AS d WHERE d.item = i.seq), 0)"
      " FROM item AS i WHERE i.subject = $1 ORDER BY i.seq",
      [&](const Rows& rows) {
        PersonReport::Item item{rows.integer(0), rows.text(1), rows.text(2),
                                rows.text(3),    rows.text(4), rows.text(5),
                                rows.text(6),    rows.text(7), ""};
        const bool is_dismissed = item.state == "dismissed";
        const Instant since = is_dismissed ? from_micros(rows.integer(8))
                                           : parse_rfc3339(item.found_at).value_or(Instant());
        item.delete_after =
            delete_after(state, item.state, since, is_dismissed ? dismissed : unreviewed);
        report.items.push_back(std::move(item));
      },
      subject);
}

}  // namespace

Answer<PersonReport> report_on_person(Desk& desk, const Caller& caller,
                                      const std::string& subject) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_role(state, caller, {Role::Auditor}));
  PersonReport report;
  TRY(report.subject, subject_detail(state, subject));
  TRY_STATUS(read_items(state, subject, report));
  TRY_STATUS(state.each(
      "SELECT number FROM dossier WHERE subject = $1 ORDER BY id",
      [&](const Rows& rows) { report.cases.push_back(rows.text(0)); }, subject));
  TRY_STATUS(state.each(
      "SELECT a.seq, a.at, a.staff, s.name, a.action, a.object, a.detail, a.prev, a.hash"
      " FROM audit AS a LEFT JOIN staff AS s ON s.id = a.staff"
      " WHERE a.object IN (SELECT 'item/' || seq FROM item WHERE subject = $1"
      "  UNION ALL SELECT 'case/' || id FROM dossier WHERE subject = $2)"
      " ORDER BY a.seq DESC LIMIT $3",
      [&](const Rows& rows) {
        report.reads.push_back({rows.integer(0), from_micros(rows.integer(1)), rows.integer(2),
                                rows.text(3), rows.text(4), rows.text(5), rows.text(6),
                                rows.text(7), rows.text(8)});
      },
      subject, subject, std::int64_t{kReadsMax}));
  TRY_STATUS(audit(state, caller, "report_on_person", "person/" + subject));
  TRY_STATUS(transaction->commit());
  return report;
}

}  // namespace pantau
