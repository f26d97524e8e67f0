// Flat lists of items, the menus of the filters, and saved views.
#include <fmt/format.h>

#include "pipeline/desk/cursor.h"
#include "pipeline/desk/item_rows.h"
#include "pipeline/desk/query.h"
#include "pipeline/desk/ranking_in_use.h"

namespace pantau {
namespace {

constexpr std::string_view kStates[] = {"open",     "needs_info", "returned",  "held",
                                        "proposed", "confirmed",  "dismissed", "pending_dismissal"};

bool waits(const std::string& state) {
  return state.empty() || state == "waiting";
}

bool by_chance(const Filter& filter) {
  return filter.order == ListOrder::Chance;
}

// What a flat list walks, in the order of the items' numbers, which is that of their finding and
// so of the clock; by chance, in that of their ranks, and of the numbers where these are alike.
struct ItemWalk {
  std::string from;
  std::string id;  // the column of the order, or both
};

ItemWalk walk_by_chance(const Filter& filter, std::span<const std::int64_t> after, Query& query) {
  const std::string rank = query.bind(after[0]);
  query.and_where(fmt::format("(i.rank, i.seq) > ({}, {})", rank, query.bind(after[1])));
  const std::string words = words_to_find(filter.text);
  if (!words.empty()) {
    query.and_where(fmt::format("i.seq IN (SELECT rowid FROM item_text WHERE item_text MATCH {})",
                                query.bind(words)));
  }
  if (filter.subject.empty()) {
    return {"FROM item AS i INDEXED BY item_waiting_by_rank", "i.rank, i.seq"};
  }
  query.and_where("i.subject = " + query.bind(filter.subject));
  return {"FROM item AS i INDEXED BY item_waiting_of_subject_by_rank", "i.rank, i.seq"};
}

ItemWalk choose_walk(const Filter& filter, std::int64_t after, Query& query) {
  const auto walk = [&](std::string from, std::string id) {
    query.and_where(id + " > " + query.bind(after));
    return ItemWalk{std::move(from), std::move(id)};
  };
  const std::string words = words_to_find(filter.text);
  if (!words.empty()) {
    const std::string match = query.bind(words);
    return {fmt::format("FROM (SELECT rowid AS hit FROM item_text WHERE item_text MATCH {}"
                        " AND rowid > {} ORDER BY rowid LIMIT {}) AS t"
                        " CROSS JOIN item AS i ON i.seq = t.hit",
                        match, query.bind(after), std::int64_t{kSearchHitsMax}),
            "t.hit"};
  }
  if (!filter.subject.empty()) {
    query.and_where("i.subject = " + query.bind(filter.subject));
    return walk("FROM item AS i INDEXED BY item_by_subject", "i.seq");
  }
  if (!waits(filter.state)) {
    query.and_where("i.state = " + query.bind(filter.state));
    return walk("FROM item AS i INDEXED BY item_by_state", "i.seq");
  }
  if (!filter.rule.empty()) {
    query.and_where("w.rule = " + query.bind(filter.rule));
    return walk(
        "FROM item_rule AS w INDEXED BY item_rule_by_rule"
        " CROSS JOIN item AS i ON i.seq = w.item",
        "w.item");
  }
  return walk("FROM item AS i INDEXED BY item_waiting", "i.seq");
}

void ask_candidates(const Filter& filter, Query& query) {
  std::string condition;
  const auto ask = [&](std::string_view what, const std::string& value) {
    condition += fmt::format(" AND {} = {}", what, query.bind(value));
  };
  if (!filter.contest.empty()) ask("fc.contest", filter.contest);
  if (filter.candidate) ask("coalesce(fc.candidate, '')", *filter.candidate);
  if (!filter.stage.empty()) ask("fc.stage", filter.stage);
  if (condition.empty()) return;
  query.and_where("EXISTS (SELECT 1 FROM item_candidate AS fc WHERE fc.item = i.seq" + condition +
                  ")");
}

void ask_filter(const Filter& filter, Query& query) {
  const auto equal = [&](std::string_view column, const std::string& value) {
    if (!value.empty()) query.and_where(fmt::format("i.{} = {}", column, query.bind(value)));
  };
  equal("subject", filter.subject);
  equal("kind", filter.kind);
  equal("level", filter.level);
  equal("ownership", filter.ownership);
  equal("platform", filter.platform);
  // For the partial indexes, whose own words these are.
  if (waits(filter.state) || by_chance(filter)) {
    query.and_where("i.state IN ('open', 'needs_info', 'returned')");
  }
  if (!waits(filter.state)) equal("state", filter.state);
  if (!filter.region.empty()) {
    query.and_where(region_within("i.region", query.bind(filter.region)));
  }
  if (!filter.agency.empty()) {
    query.and_where("(SELECT agency FROM subject_detail WHERE subject = i.subject) = " +
                    query.bind(filter.agency));
  }
  if (!filter.rule.empty()) {
    query.and_where("EXISTS (SELECT 1 FROM item_rule AS fr WHERE fr.item = i.seq AND fr.rule = " +
                    query.bind(filter.rule) + ")");
  }
  ask_candidates(filter, query);
}

Listed<ItemRow> listed(std::vector<ItemRow> rows, const Page& page, ListOrder order) {
  Listed<ItemRow> list{std::move(rows), ""};
  if (static_cast<std::int64_t>(list.rows.size()) == rows_of(page)) {
    const ItemRow& last = list.rows.back();
    const std::int64_t end[] = {last.rank, last.item};
    list.next = cursor_of_numbers(std::span(end).subspan(order == ListOrder::Chance ? 0 : 1));
  }
  return list;
}

}  // namespace

Answer<std::string> item_list_query(const Caller& caller, const Filter& filter, const Page& page,
                                    Query& query, std::optional<std::int64_t> found_at_most) {
  const bool known = waits(filter.state) || std::find(std::begin(kStates), std::end(kStates),
                                                      filter.state) != std::end(kStates);
  if (!known) return refuse(Refused::Invalid, "there is no such state");
  TRY(const auto after, numbers_of_cursor(page.after, by_chance(filter) ? 2 : 1));
  const ItemWalk walk = by_chance(filter) ? walk_by_chance(filter, after, query)
                                          : choose_walk(filter, after[0], query);
  ask_filter(filter, query);
  if (found_at_most) {
    query.and_where("unixepoch(i.found_at) <= " + query.bind(*found_at_most));
  }
  query.and_where(item_in_scope(query.bind(caller.staff)));
  return fmt::format("{}{} ORDER BY {} LIMIT {}", walk.from, query.where(), walk.id,
                     query.bind(rows_of(page)));
}

Answer<Listed<ItemRow>> list_items(Desk& desk, const Caller& caller, const Filter& filter,
                                   const Page& page) {
  DeskState& state = desk.state();
  TRY_STATUS(need_reader(state, caller));
  TRY_STATUS(check_order(state, filter.order, filter.state));
  std::optional<std::int64_t> found_at_most;
  if (filter.days_left_max && by_chance(filter)) {
    TRY(const LegalClock clock, legal_clock(state));
    found_at_most = clock.found_at_most(caller.now, *filter.days_left_max);
  }
  Query query(2);
  TRY(const std::string sql, item_list_query(caller, filter, page, query, found_at_most));
  TRY(std::vector<ItemRow> rows, read_item_rows(state, caller, sql, query.values()));
  Listed<ItemRow> list = listed(std::move(rows), page, filter.order);
  // Whoever is due later than asked is found later, and so are all behind.
  if (filter.days_left_max && !by_chance(filter)) {
    std::erase_if(list.rows, [&](const ItemRow& row) {
      const bool is_later = row.days_left > *filter.days_left_max;
      if (is_later) list.next.clear();
      return is_later;
    });
  }
  return list;
}

Answer<Listed<ItemRow>> list_pile_items(Desk& desk, const Caller& caller, PileId pile,
                                        const Page& page, ListOrder order) {
  DeskState& state = desk.state();
  TRY_STATUS(need_reader(state, caller));
  const bool is_by_chance = order == ListOrder::Chance;
  TRY_STATUS(check_order(state, order, ""));
  TRY(const auto after, numbers_of_cursor(page.after, is_by_chance ? 2 : 1));
  Query query(2);
  query.and_where("p.id = " + query.bind(pile));
  query.and_where("i.subject = p.subject");
  if (is_by_chance) {
    const std::string rank = query.bind(after[0]);
    query.and_where(fmt::format("(i.rank, i.seq) > ({}, {})", rank, query.bind(after[1])));
  } else {
    query.and_where("i.seq > " + query.bind(after[0]));
  }
  query.and_where(
      "EXISTS (SELECT 1 FROM item_candidate AS c WHERE c.item = i.seq"
      " AND +c.contest = p.contest AND coalesce(c.candidate, '') = p.candidate)");
  query.and_where(pile_in_scope(query.bind(caller.staff)));
  // By chance this sorts: a person has few items, beside all that wait.
  const std::string sql = fmt::format(
      "FROM pile AS p CROSS JOIN item AS i INDEXED BY item_by_subject{} ORDER BY {} LIMIT {}",
      query.where(), is_by_chance ? "i.rank, i.seq" : "i.seq", query.bind(rows_of(page)));
  TRY(std::vector<ItemRow> rows, read_item_rows(state, caller, sql, query.values()));
  return listed(std::move(rows), page, order);
}

Answer<FilterChoices> filter_choices(Desk& desk, const Caller& caller) {
  DeskState& state = desk.state();
  TRY_STATUS(need_reader(state, caller));
  FilterChoices choices;
  // Of what is counted by day, which is small; a list of piles would be walked whole.
  const std::string in_scope = " EXISTS (SELECT 1 FROM staff_scope AS ss WHERE ss.staff = $1 AND " +
                               region_within("d.region", "ss.region");
  TRY_STATUS(state.each(
      "SELECT DISTINCT contest, candidate FROM flag_candidate_day AS d WHERE" + in_scope +
          " AND (ss.contest = '' OR ss.contest = d.contest)) ORDER BY 1, 2",
      [&](const Rows& rows) {
        choices.candidates.push_back({rows.text(0), rows.text(1)});
      },
      caller.staff));
  const auto take = [](std::vector<std::string>& into) {
    return [&into](const Rows& rows) { into.push_back(rows.text(0)); };
  };
  TRY_STATUS(
      state.each("SELECT DISTINCT region FROM flag_day AS d WHERE" + in_scope + ") ORDER BY 1",
                 take(choices.regions), caller.staff));
  TRY_STATUS(state.each("SELECT DISTINCT agency FROM flag_day AS d WHERE d.agency <> '' AND" +
                            in_scope + ") ORDER BY 1",
                        take(choices.agencies), caller.staff));
  TRY_STATUS(state.each("SELECT rule FROM rule_score ORDER BY 1", take(choices.rules)));
  choices.platforms = platforms_of_bits(-1);
  TRY(choices.has_chance, is_ranking_on(state));
  return choices;
}

Answer<std::vector<SavedView>> list_views(Desk& desk, const Caller& caller) {
  std::vector<SavedView> views;
  TRY_STATUS(desk.state().each(
      "SELECT id, name, query FROM staff_view WHERE staff = $1 ORDER BY name",
      [&](const Rows& rows) {
        views.push_back({rows.integer(0), rows.text(1), rows.text(2)});
      },
      caller.staff));
  return views;
}

Answer<std::int64_t> save_view(Desk& desk, const Caller& caller, const std::string& name,
                               const std::string& query) {
  DeskState& state = desk.state();
  if (name.empty() || name.size() + query.size() > kViewBytesMax) {
    return refuse(Refused::Invalid, "a view needs a name, and both name and query an end");
  }
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY(const auto count,
      state.integer("SELECT count(*) FROM staff_view WHERE staff = $1", caller.staff));
  if (count >= static_cast<std::int64_t>(kViewsMax)) {
    return refuse(Refused::Invalid, "there are too many saved views");
  }
  TRY(const auto id,
      state.integer("INSERT INTO staff_view (staff, name, query) VALUES ($1, $2, $3)"
                    " ON CONFLICT (staff, name) DO UPDATE SET query = excluded.query RETURNING id",
                    caller.staff, name, query));
  TRY_STATUS(transaction->commit());
  return *id;
}

Done delete_view(Desk& desk, const Caller& caller, std::int64_t id) {
  TRY(const int deleted,
      desk.state().run("DELETE FROM staff_view WHERE id = $1 AND staff = $2", id, caller.staff));
  if (deleted == 0) return refuse(Refused::NotFound, "no such view");
  return std::monostate{};
}

}  // namespace pantau
