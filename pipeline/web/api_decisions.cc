// Claims, decisions, bulk dismissals and blind reviews.
#include "pipeline/desk/claims.h"
#include "pipeline/desk/decisions.h"
#include "pipeline/web/handlers.h"
#include "pipeline/web/json_fields.h"
#include "pipeline/web/json_rows.h"

namespace pantau {
namespace {

constexpr std::size_t kFactsOfDecisionMax = 20;

WebResponse claim_answer(const Claim& claim) {
  return json_answer([&](JsonFields& fields) {
    fields.number("fence", claim.fence);
    fields.time("until", claim.until);
  });
}

WebResponse outcome_answer(const DecisionOutcome& outcome) {
  return json_answer([&](JsonFields& fields) {
    fields.number("decision", outcome.decision);
    fields.text("state", outcome.state);
    fields.time("undo_until", outcome.undo_until);
    fields.text_or_null("case", outcome.case_number);
  });
}

WebResponse bulk_answer(const BulkOutcome& outcome) {
  return json_answer([&](JsonFields& fields) {
    fields.number("bulk", outcome.bulk);
    fields.text("state", outcome.state);
    fields.count("items", outcome.items);
    fields.list("skipped", outcome.skipped, [](JsonFields& out, const SkippedItem& row) {
      out.number("item", row.item);
      out.text("why", name_of(row.why));
    });
  });
}

// "facts": names, or objects with a name and a note.
Answer<std::vector<NewFact>> facts_of(const RequestBody& body) {
  std::vector<NewFact> facts;
  const JsonNode list = body.root()["facts"];
  if (list.is_absent()) return facts;
  if (!list.is_array()) return refuse(Refused::Invalid, "\"facts\" is no list.");
  for (const JsonNode node : list) {
    if (facts.size() == kFactsOfDecisionMax) return refuse(Refused::Invalid, "Too many facts.");
    const std::string_view fact = node.is_object() ? node["fact"].string() : node.string();
    facts.push_back({std::string(fact), std::string(node["note"].string())});
  }
  return facts;
}

}  // namespace

Reply post_claim(Ask& ask) {
  TRY(const std::int64_t item, ask.number_at(0));
  TRY(const Claim claim, claim_item(ask.desk, ask.caller, item));
  return claim_answer(claim);
}

Reply post_renew(Ask& ask) {
  TRY(const std::int64_t item, ask.number_at(0));
  TRY(const std::int64_t fence, ask.body.needed_number("fence"));
  TRY(const Claim claim, renew_claim(ask.desk, ask.caller, item, fence));
  return claim_answer(claim);
}

Reply post_release(Ask& ask) {
  TRY(const std::int64_t item, ask.number_at(0));
  TRY(const std::int64_t fence, ask.body.needed_number("fence"));
  TRY_STATUS(release_claim(ask.desk, ask.caller, item, fence));
  return done_answer();
}

Reply post_decide(Ask& ask) {
  DecisionRequest request;
  TRY(request.item, ask.number_at(0));
  TRY(request.fence, ask.body.needed_number("fence"));
  TRY(request.action, ask.body.needed_text("action"));
  request.reason = ask.body.text("reason");
  request.note = ask.body.text("note");
  TRY(request.proposes, ask.body.texts("proposes"));
  request.proposes_reason = ask.body.text("proposes_reason");
  TRY(request.facts, facts_of(ask.body));
  request.pile = ask.body.number("pile");
  TRY(const DecisionOutcome outcome, decide(ask.desk, ask.caller, request));
  return outcome_answer(outcome);
}

Reply post_undo(Ask& ask) {
  TRY(const std::int64_t decision, ask.number_at(0));
  TRY(const DecisionOutcome outcome, undo_decision(ask.desk, ask.caller, decision));
  return outcome_answer(outcome);
}

Reply post_reopen(Ask& ask) {
  TRY(const std::int64_t item, ask.number_at(0));
  TRY(const std::string note, ask.body.needed_text("note"));
  TRY(const DecisionOutcome outcome, reopen_item(ask.desk, ask.caller, item, note));
  return outcome_answer(outcome);
}

Reply post_facts(Ask& ask) {
  TRY(const std::int64_t item, ask.number_at(0));
  NewFact fact;
  TRY(fact.fact, ask.body.needed_text("fact"));
  fact.note = ask.body.text("note");
  TRY_STATUS(add_fact(ask.desk, ask.caller, item, fact));
  return done_answer();
}

Reply post_release_held(Ask& ask) {
  TRY(const std::vector<std::int64_t> items, ask.body.numbers("items"));
  TRY(const std::size_t released, release_held(ask.desk, ask.caller, items));
  return json_answer([&](JsonFields& fields) { fields.count("released", released); });
}

Reply post_bulk_dismiss(Ask& ask) {
  TRY(const std::vector<std::int64_t> items, ask.body.numbers("items"));
  TRY(const std::string reason, ask.body.needed_text("reason"));
  TRY(const BulkOutcome outcome,
      bulk_dismiss(ask.desk, ask.caller, items, reason, ask.body.text("note")));
  return bulk_answer(outcome);
}

Reply get_bulks(Ask& ask) {
  TRY(const Page page, ask.page());
  TRY(const Listed<BulkRow> bulks, list_bulks(ask.desk, ask.caller, ask.parameter("state"), page));
  return page_answer(bulks, [](JsonFields& fields, const BulkRow& row) {
    fields.number("bulk", row.bulk);
    fields.text("staff", row.staff_name);
    fields.number("staff_id", row.staff);
    fields.time("at", row.at);
    fields.text("reason", row.reason);
    fields.text_or_null("note", row.note);
    fields.text("state", row.state);
    fields.number("count", row.items);
  });
}

Reply get_bulk_items(Ask& ask) {
  TRY(const std::int64_t bulk, ask.number_at(0));
  TRY(const Page page, ask.page());
  TRY(const Listed<ItemRow> items, list_bulk_items(ask.desk, ask.caller, bulk, page));
  return page_answer(items, put_item_row);
}

Reply post_bulk_approve(Ask& ask) {
  TRY(const std::int64_t bulk, ask.number_at(0));
  TRY(const BulkOutcome outcome, approve_bulk(ask.desk, ask.caller, bulk));
  return bulk_answer(outcome);
}

Reply post_bulk_refuse(Ask& ask) {
  TRY(const std::int64_t bulk, ask.number_at(0));
  TRY(const BulkOutcome outcome, refuse_bulk(ask.desk, ask.caller, bulk, ask.body.text("note")));
  return bulk_answer(outcome);
}

Reply get_blind_next(Ask& ask) {
  TRY(const std::optional<ItemSeq> item, next_blind_item(ask.desk, ask.caller));
  return json_answer([&](JsonFields& fields) {
    if (item) return fields.number("item", *item);
    fields.null("item");
  });
}

Reply post_blind(Ask& ask) {
  TRY(const std::int64_t item, ask.number_at(0));
  BlindVerdict verdict;
  TRY(verdict.verdict, ask.body.needed_text("verdict"));
  verdict.reason = ask.body.text("reason");
  verdict.note = ask.body.text("note");
  TRY_STATUS(give_blind_verdict(ask.desk, ask.caller, item, verdict));
  return done_answer();
}

}  // namespace pantau
