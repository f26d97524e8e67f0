#include "pipeline/desk/packs.h"

#include <fmt/format.h>

#include "pipeline/desk/state.h"
#include "pipeline/output/sha256.h"

namespace pantau {
namespace {

std::string pack_object(std::int64_t id) {
  return fmt::format("pack/{}", id);
}

Answer<std::optional<std::int64_t>> same_version(DeskState& state, const std::string& pack,
                                                 const std::string& version,
                                                 const std::string& sha256) {
  std::optional<std::int64_t> id;
  bool differs = false;
  TRY_STATUS(state.each(
      "SELECT id, sha256 FROM rule_pack WHERE pack = $1 AND version = $2",
      [&](const Rows& rows) {
        id = rows.integer(0);
        differs = rows.text(1) != sha256;
      },
      pack, version));
  if (differs) {
    return refuse(Refused::Conflict,
                  "this version of the pack exists with another text: a version never changes");
  }
  return id;
}

}  // namespace

Answer<std::vector<PackRow>> list_packs(Desk& desk, const Caller& caller) {
  DeskState& state = desk.state();
  TRY_STATUS(need_role(state, caller,
                       {Role::RuleAuthor, Role::Auditor, Role::Administrator, Role::Analyst,
                        Role::SecondReviewer, Role::CaseHandler}));
  std::vector<PackRow> packs;
  TRY_STATUS(state.each(
      "SELECT p.id, p.pack, p.version, p.state, p.sha256, coalesce(a.name, ''),"
      " coalesce(b.name, ''), p.saved_at, p.activated_at FROM rule_pack AS p"
      " LEFT JOIN staff AS a ON a.id = p.author LEFT JOIN staff AS b ON b.id = p.activated_by"
      " ORDER BY p.id DESC",
      [&](const Rows& rows) {
        PackRow row{rows.integer(0), rows.text(1), rows.text(2), rows.text(3),
                    rows.text(4),    rows.text(5), rows.text(6), from_micros(rows.integer(7)),
                    std::nullopt};
        if (!rows.is_null(8)) row.activated_at = from_micros(rows.integer(8));
        packs.push_back(std::move(row));
      }));
  return packs;
}

Answer<std::string> pack_text(Desk& desk, std::int64_t id) {
  TRY(auto text, desk.state().text("SELECT text FROM rule_pack WHERE id = $1", id));
  if (!text) return refuse(Refused::NotFound, "no such pack");
  return *std::move(text);
}

Answer<std::optional<std::string>> pack_text_of(Desk& desk, const std::string& pack,
                                                const std::string& version) {
  return desk.state().text("SELECT text FROM rule_pack WHERE pack = $1 AND version = $2", pack,
                           version);
}

Answer<std::int64_t> save_pack(Desk& desk, const Caller& caller, const std::string& pack,
                               const std::string& version, const std::string& text) {
  DeskState& state = desk.state();
  if (pack.empty() || version.empty() || text.empty() || text.size() > kPackBytesMax) {
    return refuse(Refused::Invalid, "a pack has an id, a version and a text, which has an end");
  }
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_role(state, caller, {Role::RuleAuthor}));
  const std::string sha256 = sha256_hex(text);
  TRY(const auto same, same_version(state, pack, version, sha256));
  if (same) return *same;
  TRY(const auto id,
      state.integer("INSERT INTO rule_pack (pack, version, state, text, sha256, author, saved_at)"
                    " VALUES ($1, $2, 'draft', $3, $4, $5, $6) RETURNING id",
                    pack, version, text, sha256, caller.staff, to_micros(caller.now)));
  TRY_STATUS(audit(state, caller, "save_pack", pack_object(*id),
                   json_object({{"pack", pack}, {"version", version}, {"sha256", sha256}})));
  TRY_STATUS(transaction->commit());
  return *id;
}

Done import_active_pack(Desk& desk, Instant now, const std::string& pack,
                        const std::string& version, const std::string& text) {
  DeskState& state = desk.state();
  const Caller nobody{kNobody, now};
  TRY(const auto transaction, Transaction::begin(*state.database));
  const std::string sha256 = sha256_hex(text);
  TRY(const auto same, same_version(state, pack, version, sha256));
  if (same) return std::monostate{};
  // What people activated here stays; a file's pack is then only known, to explain flags by it.
  TRY(const auto active,
      state.integer("SELECT 1 FROM rule_pack WHERE pack = $1 AND state = 'active'", pack));
  TRY(const auto id,
      state.integer("INSERT INTO rule_pack (pack, version, state, text, sha256, author, saved_at,"
                    " activated_by, activated_at) VALUES ($1, $2, $3, $4, $5, 0, $6, 0, $7)"
                    " RETURNING id",
                    pack, version, std::string(active ? "retired" : "active"), text, sha256,
                    to_micros(now), to_micros(now)));
  TRY_STATUS(audit(state, nobody, "import_pack", pack_object(*id),
                   json_object({{"pack", pack}, {"version", version}, {"sha256", sha256}})));
  TRY_STATUS(transaction->commit());
  return std::monostate{};
}

Done activate_pack(Desk& desk, const Caller& caller, std::int64_t id) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_role(state, caller, {Role::RuleAuthor}));
  TRY(const auto author,
      state.integer("SELECT author FROM rule_pack WHERE id = $1 AND state <> 'active'", id));
  if (!author) return refuse(Refused::NotFound, "no such pack that is not active");
  if (*author == caller.staff) {
    return refuse(Refused::SamePerson, "who wrote a pack cannot activate it");
  }
  TRY_STATUS(
      state.run("UPDATE rule_pack SET state = 'retired' WHERE state = 'active'"
                " AND pack = (SELECT pack FROM rule_pack WHERE id = $1)",
                id));
  TRY_STATUS(
      state.run("UPDATE rule_pack SET state = 'active', activated_by = $1,"
                " activated_at = $2 WHERE id = $3",
                caller.staff, to_micros(caller.now), id));
  TRY_STATUS(audit(state, caller, "activate_pack", pack_object(id)));
  TRY_STATUS(transaction->commit());
  return std::monostate{};
}

Answer<std::vector<ActivePack>> active_packs(Desk& desk) {
  std::vector<ActivePack> packs;
  TRY_STATUS(desk.state().each(
      "SELECT pack, version, text FROM rule_pack WHERE state = 'active' ORDER BY pack",
      [&](const Rows& rows) {
        packs.push_back({rows.text(0), rows.text(1), rows.text(2)});
      }));
  return packs;
}

Answer<DecidedItems> items_for_comparison(Desk& desk, const Caller& caller,
                                          const std::string& detail) {
  // What people have said yes to first: losing that is what an author must see.
  constexpr const char* kInOrder[] = {"confirmed", "proposed",   "returned", "pending_dismissal",
                                      "dismissed", "needs_info", "open",     "held"};
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_role(state, caller, {Role::RuleAuthor}));
  DecidedItems items;
  std::size_t bytes = 0;
  for (const char* const name : kInOrder) {
    TRY_STATUS(state.each(
        "SELECT i.seq, i.key, i.state, i.flag FROM item AS i INDEXED BY item_by_state"
        " WHERE i.state = $1 AND " +
            item_in_scope("$2") + " ORDER BY i.seq DESC LIMIT $3",
        [&](const Rows& rows) {
          DecidedItem item{rows.integer(0), rows.text(1), rows.text(2), rows.text(3)};
          bytes += item.flag.size();
          items.is_all =
              items.is_all && bytes <= kComparedBytesMax && items.rows.size() < kComparedItemsMax;
          if (items.is_all) items.rows.push_back(std::move(item));
        },
        std::string(name), caller.staff,
        static_cast<std::int64_t>(kComparedItemsMax + 1 - items.rows.size())));
    if (!items.is_all) break;
  }
  TRY_STATUS(
      audit(state, caller, "compare_packs", fmt::format("items/{}", items.rows.size()), detail));
  TRY_STATUS(transaction->commit());
  return items;
}

}  // namespace pantau
