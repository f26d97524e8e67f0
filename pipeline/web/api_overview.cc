// What managers and auditors look at, and what everybody looks up.
#include <set>

#include "pipeline/desk/audit.h"
#include "pipeline/desk/statistics.h"
#include "pipeline/web/handlers.h"
#include "pipeline/web/json_fields.h"
#include "pipeline/web/json_rows.h"
#include "pipeline/web/office.h"

namespace pantau {
namespace {

void put_named(JsonFields& fields, const NamedCount& row) {
  fields.text("name", row.name);
  fields.number("flags", row.flags);
}

void put_score(JsonFields& fields, const RuleScore& row) {
  fields.text("rule", row.rule);
  fields.number("flags", row.flags);
  fields.number("confirmed", row.confirmed);
  fields.number("dismissed", row.dismissed);
  fields.real("precision", row.precision);
  fields.real("low", row.low);
  fields.real("high", row.high);
  fields.yes_no("warning", row.warning);
}

void put_clock(JsonFields& fields, const ClockCounts& clock) {
  fields.number("overdue", clock.overdue);
  fields.number("due_1", clock.due_1);
  fields.number("due_3", clock.due_3);
  fields.number("due_7", clock.due_7);
  fields.number("later", clock.later);
}

void put_agreement(JsonFields& fields, const Agreement& agreement) {
  fields.number("n", agreement.n);
  fields.number("blind", agreement.blind);
  fields.number("blind_agreed", agreement.blind_agreed);
  if (agreement.kappa) return fields.real("kappa", *agreement.kappa);
  fields.null("kappa");
}

void put_audit(JsonFields& fields, const AuditRow& row) {
  fields.number("seq", row.seq);
  fields.time("at", row.at);
  fields.text("staff", row.staff_name);
  fields.number("staff_id", row.staff);
  fields.text("action", row.action);
  fields.text("object", row.object);
  fields.raw("detail", row.detail);
  fields.text("prev", row.prev);
  fields.text("hash", row.hash);
}

void put_contest(JsonFields& fields, const Contest& contest) {
  fields.text("id", contest.id);
  fields.text("region", contest.region);
  fields.text("timezone", contest.zone.name());
  fields.text("voting", format_day(contest.voting));
  fields.list("candidates", contest.candidates, [](JsonFields& out, const Candidate& candidate) {
    out.text("id", candidate.id);
    if (candidate.number) {
      out.count("number", *candidate.number);
    } else {
      out.null("number");
    }
    out.texts("names", candidate.names);
  });
}

}  // namespace

Reply get_statistics(Ask& ask) {
  TRY(const Statistics found,
      statistics(ask.desk, ask.caller, {ask.parameter("from"), ask.parameter("to")}));
  return json_answer([&](JsonFields& fields) {
    fields.list("over_time", found.over_time, [](JsonFields& out, const DayCount& row) {
      out.text("day", row.day);
      out.text("stage", row.stage);
      out.number("flags", row.flags);
    });
    fields.list("by_kind", found.by_kind, put_named);
    fields.list("by_agency", found.by_agency, put_named);
    fields.list("by_region", found.by_region, put_named);
    fields.list("by_candidate", found.by_candidate, [](JsonFields& out, const CandidateCount& row) {
      out.text("contest", row.contest);
      out.text_or_null("candidate", row.candidate);
      out.number("flags", row.flags);
    });
    fields.list("rules", found.rules, put_score);
    fields.list("workload", found.workload, [](JsonFields& out, const Workload& row) {
      out.text("staff", row.staff_name);
      out.number("decisions", row.decisions);
      out.real("median_seconds", row.median_seconds);
    });
    fields.object("clock", [&](JsonFields& out) { put_clock(out, found.clock); });
    fields.object("kappa", [&](JsonFields& out) { put_agreement(out, found.agreement); });
  });
}

Reply get_graph(Ask& ask) {
  TRY(const Graph found, graph(ask.desk, ask.caller, ask.parameter("contest")));
  std::set<std::string_view> subjects;
  std::set<std::string_view> accounts;
  for (const Graph::Link& link : found.links) {
    subjects.insert(link.subject);
    accounts.insert(link.account);
  }
  const auto put_end = [](JsonFields& out, std::string_view id) { out.text("id", id); };
  return json_answer([&](JsonFields& fields) {
    fields.list("subjects", subjects, put_end);
    fields.list("accounts", accounts, put_end);
    fields.list("links", found.links, [](JsonFields& out, const Graph::Link& link) {
      out.text("subject", link.subject);
      out.text("account", link.account);
      out.text("kind", link.kind);
      out.number("count", link.count);
    });
    fields.yes_no("truncated", found.is_cut);
  });
}

Reply get_audit(Ask& ask) {
  AuditFilter filter;
  filter.action = ask.parameter("action");
  filter.object = ask.parameter("object");
  if (const std::string staff = ask.parameter("staff"); !staff.empty()) {
    filter.staff = read_whole_number(staff);
    if (!filter.staff) return refuse(Refused::Invalid, "\"staff\" is no person's number.");
  }
  TRY(const Page page, ask.page());
  TRY(const Listed<AuditRow> rows, list_audit(ask.desk, ask.caller, filter, page));
  return page_answer(rows, put_audit);
}

Reply get_audit_check(Ask& ask) {
  TRY(const AuditCheck check, check_audit(ask.desk));
  return json_answer([&](JsonFields& fields) {
    fields.yes_no("ok", check.ok);
    fields.number("rows", check.rows);
    if (check.broken_at) {
      fields.number("broken_at", *check.broken_at);
    } else {
      fields.null("broken_at");
    }
    fields.text_or_null("what", check.what);
    fields.text("head", check.head);
  });
}

Reply get_person_report(Ask& ask) {
  TRY(const PersonReport report, report_on_person(ask.desk, ask.caller, ask.places[0]));
  return json_answer([&](JsonFields& fields) {
    fields.object("subject", [&](JsonFields& out) { put_subject_detail(out, report.subject); });
    fields.list("items", report.items, [](JsonFields& out, const PersonReport::Item& item) {
      out.number("item", item.item);
      out.text("key", item.key);
      out.text("state", item.state);
      out.text("level", item.level);
      out.text("kind", item.kind);
      out.text("platform", item.platform);
      out.text("found_at", item.found_at);
      out.text("acted_at", item.acted_at);
      out.text_or_null("delete_after", item.delete_after);
    });
    fields.texts("cases", report.cases);
    fields.list("reads", report.reads, put_audit);
  });
}

Reply get_skb(Ask& ask) {
  return rows_answer(ask.office.catalogue().skb, [](JsonFields& fields, const SkbItem& item) {
    fields.text("id", item.id);
    fields.text("catalogue", item.catalogue);
    fields.text("class", item.item_class);
    fields.object("wording", [&](JsonFields& wording) {
      wording.text("id", item.wording);
      wording.text("en", item.wording_en);
    });
    fields.text("legal_basis", item.legal_basis);
    fields.text("sanction", item.sanction);
  });
}

Reply get_contests(Ask& ask) {
  return rows_answer(ask.office.catalogue().contests, put_contest);
}

}  // namespace pantau
