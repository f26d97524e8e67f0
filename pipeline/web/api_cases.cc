// Cases: identity steps, holds, hand-over.
#include <fmt/format.h>
#include <sodium.h>

#include "pipeline/desk/cases.h"
#include "pipeline/web/handlers.h"
#include "pipeline/web/json_fields.h"
#include "pipeline/web/json_rows.h"

namespace pantau {
namespace {

void put_case_row(JsonFields& fields, const CaseRow& row) {
  fields.number("case", row.id);
  fields.text("number", row.number);
  fields.text("state", row.state);
  fields.text("contest", row.contest);
  fields.text_or_null("candidate", row.candidate);
  fields.time("opened_at", row.opened_at);
  fields.yes_no("may_hand_over", row.may_hand_over);
  fields.yes_no("is_held", row.is_held);
}

void put_step(JsonFields& fields, const IdentityStep& step) {
  fields.number("id", step.id);
  fields.text("platform", step.platform);
  fields.text("account", step.account);
  fields.text("description", step.description);
  fields.text("media_type", step.media_type);
  fields.text("sha256", step.sha256);
  fields.count("bytes", step.bytes);
  fields.text("staff", step.staff_name);
  fields.time("at", step.at);
}

void put_hold(JsonFields& fields, const LegalHold& hold) {
  fields.number("hold", hold.id);
  fields.text("reason", hold.reason);
  fields.text("staff", hold.asked_by);
  fields.time("at", hold.asked_at);
  fields.text_or_null("approved_by", hold.approved_by);
  fields.text_or_null("released_by", hold.released_by);
}

void put_case(JsonFields& fields, const CaseView& view) {
  put_case_row(fields, view.row);
  fields.object("subject", [&](JsonFields& out) { put_subject_detail(out, view.subject); });
  fields.list("items", view.items, put_item_row);
  fields.list("decisions", view.decisions, put_decision);
  fields.list("accounts", view.accounts, [](JsonFields& out, const CaseAccount& account) {
    out.text("platform", account.platform);
    out.text("account", account.account);
    out.text("ownership", account.ownership);
    out.yes_no("is_settled", account.is_settled);
  });
  fields.list("identity", view.identity, put_step);
  fields.list("holds", view.holds, put_hold);
  if (!view.hand_over) return fields.null("handover");
  fields.object("handover", [&](JsonFields& out) {
    out.text("to", view.hand_over->to);
    out.text("number", view.hand_over->letter_number);
    out.text("staff", view.hand_over->staff_name);
    out.time("at", view.hand_over->at);
  });
}

Answer<std::string> bytes_of_base64(const std::string& text) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), "\r\n", &size, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0) {
    return refuse(Refused::Invalid, "\"evidence_base64\" is no Base64.");
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

Answer<CaseId> case_of(const Ask& ask) {
  if (ask.places[0].starts_with("case-")) return case_numbered(ask.desk, ask.places[0]);
  return ask.number_at(0);
}

Reply get_cases(Ask& ask) {
  TRY(const Page page, ask.page());
  TRY(const Listed<CaseRow> cases, list_cases(ask.desk, ask.caller, ask.parameter("state"), page));
  return page_answer(cases, [](JsonFields& fields, const CaseRow& row) {
    put_case_row(fields, row);
    fields.object("subject", [&](JsonFields& subject) { subject.text("id", row.subject); });
    fields.number("items", row.items);
  });
}

Reply get_case(Ask& ask) {
  TRY(const CaseId id, case_of(ask));
  TRY(const CaseView view, view_case(ask.desk, ask.caller, id));
  return json_answer([&](JsonFields& fields) { put_case(fields, view); });
}

Reply post_identity(Ask& ask) {
  TRY(const CaseId id, case_of(ask));
  NewIdentityStep step;
  TRY(step.platform, ask.body.needed_text("platform"));
  TRY(step.account, ask.body.needed_text("account"));
  TRY(step.description, ask.body.needed_text("description"));
  TRY(const std::string evidence, ask.body.needed_text("evidence_base64"));
  TRY(step.evidence, bytes_of_base64(evidence));
  step.media_type = ask.body.text("media_type");
  TRY(const std::int64_t made, add_identity_step(ask.desk, ask.caller, id, step));
  return json_answer([&](JsonFields& fields) { fields.number("id", made); });
}

// As bytes to be saved: what somebody uploaded is never shown as what it says it is.
Reply get_identity_evidence(Ask& ask) {
  TRY(const CaseId id, case_of(ask));
  TRY(const std::int64_t step, ask.number_at(1));
  TRY(std::string bytes, identity_evidence(ask.desk, ask.caller, id, step));
  return download(std::move(bytes), "application/octet-stream",
                  fmt::format("identity-{}.evidence", step));
}

Reply post_hand_over(Ask& ask) {
  TRY(const CaseId id, case_of(ask));
  TRY(const std::string to, ask.body.needed_text("to"));
  TRY(const std::string number, ask.body.needed_text("number"));
  TRY_STATUS(hand_over_case(ask.desk, ask.caller, id, to, number));
  return done_answer();
}

Reply post_close_case(Ask& ask) {
  TRY(const CaseId id, case_of(ask));
  TRY_STATUS(close_case(ask.desk, ask.caller, id, ask.body.text("note")));
  return done_answer();
}

Reply post_hold(Ask& ask) {
  TRY(const CaseId id, case_of(ask));
  TRY(const std::string reason, ask.body.needed_text("reason"));
  TRY(const std::int64_t hold, ask_legal_hold(ask.desk, ask.caller, id, reason));
  return json_answer([&](JsonFields& fields) { fields.number("hold", hold); });
}

Reply post_hold_approve(Ask& ask) {
  TRY(const CaseId id, case_of(ask));
  TRY(const std::int64_t hold, ask.body.needed_number("hold"));
  TRY_STATUS(approve_legal_hold(ask.desk, ask.caller, id, hold));
  return done_answer();
}

Reply post_hold_release(Ask& ask) {
  TRY(const CaseId id, case_of(ask));
  TRY(const std::int64_t hold, ask.body.needed_number("hold"));
  TRY_STATUS(release_legal_hold(ask.desk, ask.caller, id, hold, ask.body.text("note")));
  return done_answer();
}

}  // namespace pantau
