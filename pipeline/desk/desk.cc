#include "pipeline/desk/desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "pipeline/desk/state.h"
#include "pipeline/output/json_writer.h"
#include "pipeline/review/review_queue.h"
#include "pipeline/review/sqlite_schema.h"

namespace pantau {
namespace {

constexpr std::size_t kStatementsMax = 400;

constexpr char kAccountOfTarget[] =
    "CASE WHEN json_valid(i.flag) THEN i.platform || '/' ||"
    " coalesce(json_extract(i.flag, '$.record.target.id'),"
    "  '@' || lower(ltrim(json_extract(i.flag, '$.record.target.handle'), '@'))) END";

}  // namespace

Result<Statement*> DeskState::prepared(const std::string& text) {
  const auto found = statements.find(text);
  if (found != statements.end()) return &found->second;
  // So many only come of filters in all their combinations; the next ones are made again.
  if (statements.size() >= kStatementsMax) statements.clear();
  TRY(Statement made, database->prepare(text.c_str()));
  return &statements.emplace(text, std::move(made)).first->second;
}

Desk::Desk(std::string path, std::chrono::milliseconds busy_timeout,
           std::unique_ptr<DeskState> state)
    : path_(std::move(path)), busy_timeout_(busy_timeout), state_(std::move(state)) {}
Desk::~Desk() = default;

Result<std::unique_ptr<Desk>> Desk::open(std::string_view url, TimeZone zone,
                                         std::chrono::milliseconds busy_timeout) {
  constexpr std::string_view kSqlite = "sqlite:";
  TRY_STATUS(check_review_queue_url(url));
  if (!url.starts_with(kSqlite)) {
    return fail(Fault::Config, fmt::format("queue \"{}\": the desk needs sqlite:PATH", url));
  }
  std::string path(url.substr(kSqlite.size()));
  TRY(auto database, open_queue_database(path, busy_timeout));
  return std::unique_ptr<Desk>(
      new Desk(std::move(path), busy_timeout,
               std::unique_ptr<DeskState>(new DeskState{std::move(database), zone, {}, {}})));
}

Status Desk::mend() {
  if (!state_->database->broken()) return Status();
  TRY(auto database, open_queue_database(path_, busy_timeout_));
  state_->statements.clear();
  state_->database = std::move(database);
  return Status();
}

Status need_queue(std::string_view url) {
  if (url.empty()) return fail(Fault::Config, "which queue? Name SWEEP.toml or --queue");
  TRY_STATUS(check_review_queue_url(url));
  const std::string path(url.substr(url.find(':') + 1));
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    return fail(Fault::Config, path + ": there is no such queue");
  }
  return std::monostate{};
}

TimeZone Desk::zone() const {
  return state_->zone;
}

namespace {

// The items of (from, to]: their words, and whom they are tied to.
Done derive(DeskState& state, std::int64_t from, std::int64_t to) {
  TRY_STATUS(
      state.run("INSERT INTO item_text (rowid, text)"
                " SELECT seq, coalesce(json_extract(flag, '$.record.text'), '') FROM item"
                " WHERE seq > $1 AND seq <= $2 AND json_valid(flag)",
                from, to));
  TRY_STATUS(state.run(
      fmt::format("INSERT INTO account_link (contest, subject, account, kind, region, items)"
                  " SELECT c.contest, i.subject, {0}, i.kind, i.region, 1 FROM item AS i"
                  "  JOIN (SELECT DISTINCT item, contest FROM item_candidate"
                  "   WHERE item > $1 AND item <= $2) AS c ON c.item = i.seq"
                  "  WHERE {0} IS NOT NULL"
                  " ON CONFLICT DO UPDATE SET items = items + 1",
                  kAccountOfTarget),
      from, to));
  TRY_STATUS(state.run("UPDATE derived_upto SET item = $1", to));
  return std::monostate{};
}

Answer<std::size_t> catch_up_by(DeskState& state, std::size_t items_max) {
  // Looked at before the lock is asked for: mostly there is nothing to do.
  constexpr char kNext[] =
      "SELECT max(seq) FROM (SELECT seq FROM item WHERE seq > (SELECT item FROM derived_upto)"
      " ORDER BY seq LIMIT $1)";
  const auto limit = static_cast<std::int64_t>(items_max);
  TRY(const auto waiting, state.integer(kNext, limit));
  if (!waiting) return std::size_t{0};
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY(const auto from, state.integer("SELECT item FROM derived_upto"));
  TRY(const auto to, state.integer(kNext, limit));
  if (!to) return std::size_t{0};
  TRY_STATUS(derive(state, *from, *to));
  TRY_STATUS(transaction->commit());
  return static_cast<std::size_t>(*to - *from);
}

}  // namespace

Result<std::size_t> Desk::catch_up(std::size_t items_max) {
  const Answer<std::size_t> done = catch_up_by(*state_, items_max);
  if (!done) return fail(Fault::Storage, done.error().message);
  return *done;
}

Done need_role(DeskState& state, const Caller& caller, std::initializer_list<Role> roles) {
  bool has_one = false;
  TRY_STATUS(state.each(
      "SELECT r.role FROM staff_role AS r JOIN staff AS s ON s.id = r.staff"
      " WHERE r.staff = $1 AND s.active = 1",
      [&](const Rows& rows) {
        const auto role = role_named(rows.text(0));
        has_one = has_one || (role && std::ranges::find(roles, *role) != roles.end());
      },
      caller.staff));
  if (!has_one) return refuse(Refused::Forbidden, "this needs a role that you do not have");
  return std::monostate{};
}

Done need_reader(DeskState& state, const Caller& caller) {
  return need_role(state, caller, {Role::Analyst, Role::SecondReviewer, Role::CaseHandler});
}

Answer<bool> has_role(DeskState& state, StaffId staff, Role role) {
  TRY(const auto found, state.integer("SELECT 1 FROM staff_role WHERE staff = $1 AND role = $2",
                                      staff, name_of(role)));
  return found.has_value();
}

std::string region_within(std::string_view region, std::string_view scope) {
  return fmt::format("({1} = '' OR {1} = {0} OR substr({0}, 1, length({1}) + 1) = {1} || '.')",
                     region, scope);
}

std::string item_in_scope(std::string_view staff) {
  return fmt::format(
      "EXISTS (SELECT 1 FROM item_candidate AS sc JOIN staff_scope AS ss ON ss.staff = {0}"
      " AND (ss.contest = '' OR ss.contest = sc.contest) AND {1} WHERE sc.item = i.seq)",
      staff, region_within("i.region", "ss.region"));
}

std::string pile_in_scope(std::string_view staff) {
  return fmt::format(
      "EXISTS (SELECT 1 FROM staff_scope AS ss WHERE ss.staff = {0}"
      " AND (ss.contest = '' OR ss.contest = p.contest) AND {1})",
      staff, region_within("p.region", "ss.region"));
}

Done need_item(DeskState& state, const Caller& caller, ItemSeq item) {
  TRY(const auto found,
      state.integer("SELECT 1 FROM item AS i WHERE i.seq = $1 AND " + item_in_scope("$2"), item,
                    caller.staff));
  if (!found) return refuse(Refused::NotFound, "no such item");
  return std::monostate{};
}

std::string json_object(
    std::initializer_list<std::pair<std::string_view, std::string_view>> members) {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  for (const auto& [name, value] : members) {
    if (value.empty()) continue;
    json.key(name);
    json.string(value);
  }
  json.end_object();
  return text;
}

std::string json_array(const std::vector<std::string>& texts) {
  std::string text;
  JsonWriter json(text);
  json.begin_array();
  for (const std::string& each : texts) json.string(each);
  json.end_array();
  return text;
}

// The texts are names of catalogue items, in which nothing needs escaping (decisions.cc checks it).
std::vector<std::string> texts_of_json_array(std::string_view json) {
  std::vector<std::string> texts;
  while (true) {
    const std::size_t open = json.find('"');
    if (open == std::string_view::npos) return texts;
    const std::size_t close = json.find('"', open + 1);
    if (close == std::string_view::npos) return texts;
    texts.emplace_back(json.substr(open + 1, close - open - 1));
    json.remove_prefix(close + 1);
  }
}

std::int64_t rows_of(const Page& page) {
  return static_cast<std::int64_t>(std::clamp<std::size_t>(page.limit, 1, kPageRowsMax));
}

Answer<std::size_t> fill_subject_details(Desk& desk, std::span<const SubjectDetail> details) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  std::size_t filled = 0;
  for (const SubjectDetail& detail : details) {
    TRY(const int changed,
        state.run("INSERT INTO subject_detail (subject, name, nip, agency, position)"
                  " SELECT $1, $2, $3, $4, $5 WHERE EXISTS"
                  "  (SELECT 1 FROM item WHERE subject = $6)"
                  " ON CONFLICT (subject) DO UPDATE SET name = excluded.name, nip = excluded.nip,"
                  "  agency = excluded.agency, position = excluded.position",
                  detail.subject, detail.name, detail.nip, detail.agency, detail.position,
                  detail.subject));
    if (changed > 0) filled++;
  }
  TRY_STATUS(transaction->commit());
  return filled;
}

}  // namespace pantau
