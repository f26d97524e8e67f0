// What waits, and one item in whole.
#include <fmt/format.h>

#include "pipeline/desk/listing.h"
#include "pipeline/web/handlers.h"
#include "pipeline/web/item_view.h"
#include "pipeline/web/json_fields.h"
#include "pipeline/web/json_rows.h"
#include "pipeline/web/office.h"

namespace pantau {
namespace {

Answer<ListOrder> order_of(const Ask& ask) {
  const std::string sort = ask.parameter("sort");
  if (sort.empty() || sort == "due") return ListOrder::Due;
  if (sort == "chance") return ListOrder::Chance;
  return refuse(Refused::Invalid, "Lists are sorted by \"due\" or \"chance\".");
}

Answer<Filter> filter_of(const Ask& ask) {
  Filter filter;
  filter.contest = ask.parameter("contest");
  if (const auto candidate = ask.request.parameter("candidate")) {
    filter.candidate = std::string(*candidate);
  }
  filter.agency = ask.parameter("agency");
  filter.region = ask.parameter("region");
  filter.subject = ask.parameter("subject");
  filter.kind = ask.parameter("kind");
  filter.rule = ask.parameter("rule");
  filter.level = ask.parameter("level");
  filter.stage = ask.parameter("stage");
  filter.ownership = ask.parameter("ownership");
  filter.platform = ask.parameter("platform");
  filter.state = ask.parameter("state");
  filter.text = ask.parameter("q");
  TRY(filter.order, order_of(ask));
  const std::string days = ask.parameter("days_left_max");
  if (!days.empty()) {
    const auto number = read_whole_number(days);
    if (!number || *number < -100'000 || *number > 100'000) {
      return refuse(Refused::Invalid, "\"days_left_max\" is no number of days.");
    }
    filter.days_left_max = static_cast<int>(*number);
  }
  return filter;
}

void put_pile(JsonFields& fields, const PileRow& row) {
  fields.number("pile", row.pile);
  fields.object("subject", [&](JsonFields& subject) {
    subject.text("id", row.subject);
    subject.text("category", row.category);
    subject.text_or_null("agency", row.agency);
    subject.text("region", row.region);
  });
  fields.text("contest", row.contest);
  fields.text_or_null("candidate", row.candidate);
  fields.number("waiting", row.waiting);
  fields.number("items", row.items);
  fields.number("proposed", row.proposed);
  fields.text("level", row.level);
  fields.time("due_at", row.due_at);
  fields.number("days_left", row.days_left);
  fields.texts("stages", row.stages);
  fields.texts("kinds", row.kinds);
  fields.texts("platforms", row.platforms);
  fields.text("ownership", row.ownership);
  fields.text_or_null("claimed_by", row.claimed_by);
}

}  // namespace

Reply get_piles(Ask& ask) {
  TRY(const Filter filter, filter_of(ask));
  TRY(const Page page, ask.page());
  TRY(const Listed<PileRow> piles, list_piles(ask.desk, ask.caller, filter, page));
  return page_answer(piles, put_pile);
}

Reply get_pile_items(Ask& ask) {
  TRY(const std::int64_t pile, ask.number_at(0));
  TRY(const Page page, ask.page());
  TRY(const ListOrder order, order_of(ask));
  TRY(const Listed<ItemRow> items, list_pile_items(ask.desk, ask.caller, pile, page, order));
  return page_answer(items, put_item_row);
}

Reply get_items(Ask& ask) {
  TRY(const Filter filter, filter_of(ask));
  TRY(const Page page, ask.page());
  TRY(const Listed<ItemRow> items, list_items(ask.desk, ask.caller, filter, page));
  return page_answer(items, put_item_row);
}

Reply get_item(Ask& ask) {
  TRY(const std::int64_t number, ask.number_at(0));
  TRY(const ItemView item, view_item(ask.desk, ask.caller, number));
  const ItemViewSources sources{ask.office.catalogue(), ask.office.rule_texts(), ask.desk,
                                ask.caller.staff};
  return json_answer([&](JsonFields& fields) { put_item_view(fields, item, sources); });
}

Reply get_item_received(Ask& ask) {
  TRY(const std::int64_t item, ask.number_at(0));
  TRY(std::string bytes, received_bytes(ask.desk, ask.caller, item));
  return download(std::move(bytes), "application/octet-stream",
                  fmt::format("item-{}.received", item));
}

Reply get_filters(Ask& ask) {
  TRY(const FilterChoices choices, filter_choices(ask.desk, ask.caller));
  return json_answer([&](JsonFields& fields) {
    fields.list("candidates", choices.candidates,
                [](JsonFields& out, const FilterChoices::Contest& row) {
                  out.text("contest", row.contest);
                  out.text_or_null("candidate", row.candidate);
                });
    fields.texts("agencies", choices.agencies);
    fields.texts("regions", choices.regions);
    fields.texts("rules", choices.rules);
    fields.texts("platforms", choices.platforms);
    std::vector<std::string> sorts = {"due"};
    if (choices.has_chance) sorts.emplace_back("chance");
    fields.texts("sorts", sorts);
  });
}

Reply get_views(Ask& ask) {
  TRY(const std::vector<SavedView> views, list_views(ask.desk, ask.caller));
  return rows_answer(views, [](JsonFields& fields, const SavedView& view) {
    fields.number("id", view.id);
    fields.text("name", view.name);
    fields.text("query", view.query);
  });
}

Reply post_views(Ask& ask) {
  TRY(const std::string name, ask.body.needed_text("name"));
  TRY(const std::int64_t id, save_view(ask.desk, ask.caller, name, ask.body.text("query")));
  return json_answer([&](JsonFields& fields) { fields.number("id", id); });
}

Reply post_view_delete(Ask& ask) {
  TRY(const std::int64_t id, ask.number_at(0));
  TRY_STATUS(delete_view(ask.desk, ask.caller, id));
  return done_answer();
}

}  // namespace pantau
