#include "pipeline/web/json_rows.h"

#include <fmt/format.h>

namespace pantau {

void put_item_row(JsonFields& fields, const ItemRow& row) {
  fields.number("item", row.item);
  fields.text("key", row.key);
  fields.text("state", row.state);
  fields.text("level", row.level);
  fields.text("kind", row.kind);
  fields.text("platform", row.platform);
  fields.text("subject", row.subject);
  fields.text("category", row.category);
  fields.text("region", row.region);
  fields.text("agency", row.agency);
  fields.text("ownership", row.ownership);
  fields.text("acted_at", row.acted_at);
  fields.text("found_at", row.found_at);
  fields.text_or_null("deleted_at", row.deleted_at);
  fields.time("due_at", row.due_at);
  fields.number("days_left", row.days_left);
  fields.text("stage", row.stage);
  fields.text("snippet", row.snippet);
  fields.texts("rules", row.rules);
  fields.text_or_null("claimed_by", row.claimed_by);
}

void put_decision(JsonFields& fields, const DecisionRow& row) {
  fields.number("decision", row.decision);
  fields.text("staff", row.staff_name);
  fields.number("staff_id", row.staff);
  fields.time("at", row.at);
  fields.text("action", row.action);
  fields.text("from_state", row.from_state);
  fields.text("to_state", row.to_state);
  fields.text_or_null("reason", row.reason);
  fields.text_or_null("note", row.note);
  fields.texts("proposes", row.proposes);
  fields.text_or_null("proposes_reason", row.proposes_reason);
  if (row.bulk) {
    fields.number("bulk", *row.bulk);
  } else {
    fields.null("bulk");
  }
  if (row.undone_by) {
    fields.number("undone_by", *row.undone_by);
  } else {
    fields.null("undone_by");
  }
}

void put_subject_detail(JsonFields& fields, const SubjectDetail& subject) {
  fields.text("id", subject.subject);
  fields.text_or_null("name", subject.name);
  fields.text_or_null("nip", subject.nip);
  fields.text_or_null("agency", subject.agency);
  fields.text_or_null("position", subject.position);
}

WebResponse download(std::string bytes, std::string_view content_type, std::string_view name) {
  WebResponse response;
  response.content_type = content_type;
  response.body = std::move(bytes);
  response.fields.push_back(
      {"content-disposition", fmt::format("attachment; filename=\"{}\"", name)});
  return response;
}

}  // namespace pantau
