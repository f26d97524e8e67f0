// The lists. Which index a list walks is chosen here and told to SQLite (INDEXED BY), so that a
// page costs the same whatever its statistics say; tests/desk/query_plans_test.cc looks at them.
#include "pipeline/desk/listing.h"

#include <fmt/format.h>

#include <map>

#include "pipeline/desk/cursor.h"
#include "pipeline/desk/item_rows.h"
#include "pipeline/desk/query.h"
#include "pipeline/desk/ranking_in_use.h"

namespace pantau {
namespace {

bool is_waiting_state(const std::string& state) {
  return state.empty() || state == "waiting";
}

// The order of a list of piles: what it walks, and by which columns it is sorted.
struct Walk {
  std::string from;
  std::string since;  // column of the time
  std::string id;
  std::string where;      // what makes the partial index fit
  std::string rank = {};  // column of the rank, if that comes before the time

  std::string columns() const {
    return fmt::format("{}{}{}, {}", rank, rank.empty() ? "" : ", ", since, id);
  }
};

// "63" is a province and "63.08" one of its regencies; what does not look so is compared as text.
bool is_region_code(std::string_view region) {
  const auto digit = [&](std::size_t i) { return region[i] >= '0' && region[i] <= '9'; };
  if (region.size() < 2 || !digit(0) || !digit(1)) return false;
  if (region.size() == 2) return true;
  return region.size() >= 5 && region[2] == '.' && digit(3) && digit(4) &&
         (region.size() == 5 || region[5] == '.');
}

std::string as_columns(std::string_view index) {
  return fmt::format("FROM pile AS p INDEXED BY {}", index);
}

// The piles in a state other than waiting.
std::optional<std::string> count_of_state(const std::string& state) {
  static const std::map<std::string, std::string> counts = {{"proposed", "proposed"},
                                                            {"held", "held"},
                                                            {"pending_dismissal", "pending"},
                                                            {"confirmed", "confirmed"},
                                                            {"dismissed", "dismissed"}};
  const auto found = counts.find(state);
  if (found == counts.end()) return std::nullopt;
  return found->second;
}

// Chooses the index that the filter narrows most, by what is known of offices: an agency has fewer
// people than a regency, and a province more than a rule has flags.
Walk choose_walk(const Filter& filter, const std::string& region, Query& query) {
  if (!is_waiting_state(filter.state)) {
    const std::string count = *count_of_state(filter.state);
    return {as_columns("pile_" + count), "p.first_found", "p.id", fmt::format("p.{} > 0", count)};
  }
  const std::string waits = "p.waiting_since IS NOT NULL";
  const auto by = [&](std::string_view index, const std::string& condition) {
    query.and_where(condition);
    return Walk{as_columns(index), "p.waiting_since", "p.id", waits};
  };
  if (filter.order == ListOrder::Chance) {
    return {as_columns("pile_waiting_by_rank"), "p.waiting_since", "p.id", waits, "p.rank"};
  }
  if (!filter.agency.empty()) {
    return by("pile_waiting_by_agency", "p.agency = " + query.bind(filter.agency));
  }
  if (is_region_code(region) && region.size() >= 5) {
    return by("pile_waiting_by_regency", "p.regency = " + query.bind(region.substr(0, 5)));
  }
  if (!filter.contest.empty() && filter.candidate) {
    const std::string contest = query.bind(filter.contest);
    return by("pile_waiting_by_candidate", fmt::format("p.contest = {} AND p.candidate = {}",
                                                       contest, query.bind(*filter.candidate)));
  }
  if (!filter.rule.empty()) {
    query.and_where("r.rule = " + query.bind(filter.rule));
    return {
        "FROM pile_rule AS r INDEXED BY pile_rule_waiting CROSS JOIN pile AS p ON p.id = r.pile",
        "r.waiting_since", "r.pile", "r.waiting_since IS NOT NULL"};
  }
  if (is_region_code(region)) {
    return by("pile_waiting_by_province", "p.province = " + query.bind(region.substr(0, 2)));
  }
  return {as_columns("pile_waiting"), "p.waiting_since", "p.id", waits};
}

// One region that covers all the caller may see, if there is one: it can choose the index too.
Answer<std::string> only_region_of(DeskState& state, StaffId staff) {
  TRY(const auto region,
      state.text("SELECT CASE WHEN count(DISTINCT region) = 1 THEN max(region) END"
                 " FROM staff_scope WHERE staff = $1",
                 staff));
  return region.value_or("");
}

void ask_bits(Query& query, std::string_view column, std::int64_t bit) {
  query.and_where(fmt::format("p.{} & {} <> 0", column, query.bind(bit)));
}

void ask_filter(const Filter& filter, Query& query) {
  const auto equal = [&](std::string_view column, const std::string& value) {
    if (!value.empty()) query.and_where(fmt::format("p.{} = {}", column, query.bind(value)));
  };
  equal("subject", filter.subject);
  equal("contest", filter.contest);
  if (filter.candidate) query.and_where("p.candidate = " + query.bind(*filter.candidate));
  equal("agency", filter.agency);
  equal("ownership", filter.ownership);
  if (!filter.region.empty()) {
    const std::string one = query.bind(filter.region);
    query.and_where(
        fmt::format("(p.region = {0} OR substr(p.region, 1, length({0}) + 1)"
                    " = {0} || '.')",
                    one));
  }
  if (!filter.kind.empty()) ask_bits(query, "kinds", kind_bit(filter.kind));
  if (!filter.level.empty()) ask_bits(query, "levels", level_bit(filter.level));
  if (!filter.stage.empty()) ask_bits(query, "stages", stage_bit(filter.stage));
  if (!filter.platform.empty()) ask_bits(query, "platforms", platform_bit(filter.platform));
  if (!filter.rule.empty()) {
    query.and_where("EXISTS (SELECT 1 FROM pile_rule AS pr WHERE pr.pile = p.id AND pr.rule = " +
                    query.bind(filter.rule) + ")");
  }
}

constexpr char kPilesWithText[] =
    "p.id IN (SELECT tp.id FROM (SELECT rowid FROM item_text WHERE item_text MATCH {}"
    " ORDER BY rowid LIMIT {}) AS t JOIN item AS ti ON ti.seq = t.rowid"
    " JOIN item_candidate AS tc ON tc.item = ti.seq"
    " JOIN pile AS tp ON tp.subject = ti.subject AND tp.contest = tc.contest"
    "  AND tp.candidate = coalesce(tc.candidate, ''))";

// Who has claimed something of whom. At any time there are a few claims, so they are read whole.
Answer<std::map<std::string, std::string>> claimers(DeskState& state, Instant now) {
  std::map<std::string, std::string> found;
  TRY_STATUS(state.each(
      "SELECT i.subject, s.name FROM claim AS c INDEXED BY claim_by_staff"
      " JOIN item AS i ON i.seq = c.item JOIN staff AS s ON s.id = c.staff"
      " WHERE c.staff IS NOT NULL AND c.until > $1",
      [&](const Rows& rows) { found.emplace(rows.text(0), rows.text(1)); }, to_micros(now)));
  return found;
}

PileRow pile_of(const Rows& rows) {
  PileRow row;
  row.pile = rows.integer(1);
  std::string* const texts[] = {&row.subject, &row.category,  &row.region,   &row.agency,
                                &row.contest, &row.candidate, &row.ownership};
  int column = 2;
  for (std::string* const text : texts) *text = rows.text(column++);
  row.waiting = rows.integer(9);
  row.items = rows.integer(10);
  row.proposed = rows.integer(11);
  row.level = highest_level(rows.integer(12));
  row.kinds = kinds_of_bits(rows.integer(13));
  row.stages = stages_of_bits(rows.integer(14));
  row.platforms = platforms_of_bits(rows.integer(15));
  return row;
}

Done check_filter(const Filter& filter) {
  const bool known_state = is_waiting_state(filter.state) || count_of_state(filter.state) ||
                           filter.state == "open" || filter.state == "needs_info" ||
                           filter.state == "returned";
  if (!known_state) return refuse(Refused::Invalid, "there is no such state");
  if (!filter.kind.empty() && kind_bit(filter.kind) == 0) {
    return refuse(Refused::Invalid, "there is no such kind");
  }
  if (!filter.level.empty() && level_bit(filter.level) == 0) {
    return refuse(Refused::Invalid, "there is no such level");
  }
  if (!filter.stage.empty() && stage_bit(filter.stage) == 0) {
    return refuse(Refused::Invalid, "there is no such stage");
  }
  return std::monostate{};
}

}  // namespace

std::string words_to_find(std::string_view text) {
  std::string words;
  std::string word;
  bool in_quotes = false;
  const auto finish = [&] {
    if (!word.empty()) words += (words.empty() ? "\"" : " \"") + word + '"';
    word.clear();
  };
  for (const char c : text) {
    if (c == '"') {
      finish();
      in_quotes = !in_quotes;
    } else if (!in_quotes && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
      finish();
    } else if (c != '\0') {
      word += c;
    }
  }
  finish();
  return words;
}

Answer<std::string> pile_list_query(DeskState& state, const Caller& caller, Filter filter,
                                    const Page& page, Query& query) {
  TRY_STATUS(check_filter(filter));
  const bool by_chance = filter.order == ListOrder::Chance;
  TRY(const std::vector<std::int64_t> cursor, numbers_of_cursor(page.after, by_chance ? 3 : 2));
  if (filter.state == "open" || filter.state == "needs_info" || filter.state == "returned") {
    filter.state = "waiting";  // piles do not tell these apart
  }
  std::string region = filter.region;
  if (region.empty()) {
    TRY(region, only_region_of(state, caller.staff));
  }
  const Walk walk = choose_walk(filter, region, query);
  query.and_where(walk.where);
  std::vector<std::string> bounds;
  bounds.reserve(cursor.size());
  for (const std::int64_t number : cursor) bounds.push_back(query.bind(number));
  query.and_where(fmt::format("({}) > ({})", walk.columns(), fmt::join(bounds, ", ")));
  if (filter.days_left_max) {
    TRY(const LegalClock clock, legal_clock(state));
    query.and_where(walk.since +
                    " <= " + query.bind(clock.found_at_most(caller.now, *filter.days_left_max)));
  }
  ask_filter(filter, query);
  const std::string words = words_to_find(filter.text);
  if (!words.empty()) {
    query.and_where(fmt::format(kPilesWithText, query.bind(words), std::int64_t{kSearchHitsMax}));
  }
  query.and_where(pile_in_scope(query.bind(caller.staff)));
  return fmt::format(
      "SELECT {0}, p.id, p.subject, p.category, p.region, p.agency, p.contest, p.candidate,"
      " p.ownership, p.waiting, p.items, p.proposed, p.levels, p.kinds, p.stages, p.platforms,"
      " p.rank {1}{2} ORDER BY {3} LIMIT {4}",
      walk.since, walk.from, query.where(), walk.columns(), query.bind(rows_of(page)));
}

Answer<Listed<PileRow>> list_piles(Desk& desk, const Caller& caller, const Filter& filter,
                                   const Page& page) {
  DeskState& state = desk.state();
  TRY_STATUS(need_reader(state, caller));
  TRY_STATUS(check_order(state, filter.order, filter.state));
  Query query;
  TRY(const std::string sql, pile_list_query(state, caller, filter, page, query));
  TRY(const LegalClock clock, legal_clock(state));
  TRY(const auto claimed, claimers(state, caller.now));
  Listed<PileRow> listed;
  std::int64_t since = 0;
  std::int64_t rank = 0;
  TRY_STATUS(state.each_with(
      sql,
      [&](const Rows& rows) {
        since = rows.integer(0);
        rank = rows.integer(16);
        PileRow row = pile_of(rows);
        row.due_at = clock.due_at(from_seconds(since));
        row.days_left = LegalClock::days_left(row.due_at, caller.now);
        const auto claimer = claimed.find(row.subject);
        if (claimer != claimed.end()) row.claimed_by = claimer->second;
        listed.rows.push_back(std::move(row));
      },
      query.values()));
  if (static_cast<std::int64_t>(listed.rows.size()) == rows_of(page)) {
    const std::int64_t end[] = {rank, since, listed.rows.back().pile};
    listed.next =
        cursor_of_numbers(std::span(end).subspan(filter.order == ListOrder::Chance ? 0 : 1));
  }
  return listed;
}

}  // namespace pantau
