// Lists of what waits, and one item in whole.
//
// Piles (a person × a candidate) and items come sorted by the legal clock: who was found first is
// due first. Everything is asked in SQL within the caller's scope and needs a role that reads
// items: analyst, second reviewer or case handler.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/ranking/model.h"
#include "pipeline/desk/desk.h"

namespace pantau {

// How a list is sorted. By chance is for what waits, and only while a learned ranking is switched
// on (ranking.h); either order has the same rows.
enum class ListOrder : std::uint8_t {
  Due,     // by the legal clock
  Chance,  // what is most likely confirmed first, and what is alike by the legal clock
};

// Empty fields ask nothing. `state` "" is what waits for a first decision: open, needs_info and
// returned.
struct Filter {
  std::string contest;
  std::optional<std::string> candidate;  // "": contest-wide
  std::string agency;
  std::string region;  // and what is below it
  std::string subject;
  std::string kind;
  std::string rule;
  std::string level;
  std::string stage;
  std::string ownership;
  std::string platform;
  std::string state;  // an item's state, or "waiting"
  std::optional<int> days_left_max;
  ListOrder order = ListOrder::Due;
  std::string text;  // words to be found in the act's text; "two words" in quotes stand together
};

struct PileRow {
  PileId pile = 0;
  std::string subject, category, region, agency;
  std::string contest, candidate;  // candidate "": contest-wide
  std::int64_t waiting = 0;        // items that wait for a first decision
  std::int64_t items = 0;          // all that are still held here
  std::int64_t proposed = 0;       // items that wait for a second reviewer
  std::string level;               // the highest of its items
  Instant due_at;                  // of the earliest found item that waits
  std::int64_t days_left = 0;      // whole days; negative: too late
  std::vector<std::string> stages, kinds, platforms;
  std::string ownership;
  std::string claimed_by;  // sign-in name of somebody who has one of its items claimed, or ""
};

struct ItemRow {
  ItemSeq item = 0;
  std::string key, state, level, kind, platform;
  std::string subject, category, region, agency, ownership;
  std::string acted_at;  // RFC 3339, UTC, as stored
  std::string found_at;
  std::string deleted_at;  // "": not
  Instant due_at;
  std::int64_t days_left = 0;
  std::string stage;    // of its first match
  std::string snippet;  // the text's first kSnippetCharactersMax characters
  std::vector<std::string> rules;
  std::string claimed_by;
  std::int64_t rank = 0;  // of the learned ranking; less is sooner
};
inline constexpr std::size_t kSnippetCharactersMax = 160;

Answer<Listed<PileRow>> list_piles(Desk& desk, const Caller& caller, const Filter& filter,
                                   const Page& page);
// The items of a pile, or all (flat). With a `text`, the flat list and the piles look at the first
// kSearchHitsMax items that hold the words.
Answer<Listed<ItemRow>> list_pile_items(Desk& desk, const Caller& caller, PileId pile,
                                        const Page& page, ListOrder order = ListOrder::Due);
Answer<Listed<ItemRow>> list_items(Desk& desk, const Caller& caller, const Filter& filter,
                                   const Page& page);
inline constexpr std::size_t kSearchHitsMax = 5000;

// What the filters can be set to, within the caller's scope: for the page's menus.
struct FilterChoices {
  struct Contest {
    std::string contest, candidate;
  };
  std::vector<Contest> candidates;
  std::vector<std::string> agencies, regions, rules, platforms;
  bool has_chance = false;  // whether lists can be sorted by chance
};
Answer<FilterChoices> filter_choices(Desk& desk, const Caller& caller);

struct Capture {
  std::string request;
  std::int64_t status = 0;
  std::string headers;
  std::string received_at;
  std::string server_time;  // "": none was told
  std::optional<std::int64_t> clock_ms;
  std::string body_sha256;
  std::int64_t body_bytes = 0;
  std::string received_sha256;
};
struct ItemEvent {
  std::string event;  // "deleted", "edited"
  std::string at, observed_at, reason;
  std::string flag;      // of an edited version that still gives one, else ""
  std::string received;  // likewise
};
struct DecisionRow {
  DecisionId decision = 0;
  StaffId staff = 0;
  std::string staff_name;
  Instant at;
  std::string action, from_state, to_state;
  std::string reason, note;
  std::vector<std::string> proposes;  // SKB items
  std::string proposes_reason;
  std::optional<BulkId> bulk;
  std::optional<DecisionId> undone_by;
};
struct FactRow {
  std::string fact, note;
  std::string staff_name;
  Instant at;
};
struct ClaimRow {
  StaffId staff = 0;
  std::string staff_name;
  std::int64_t fence = 0;
  Instant until;
};

// Where the learned ranking puts an item, and why: the features of it that weigh most.
struct ItemRanking {
  std::int64_t version = 0;
  double chance = 0;  // 0 … 1
  std::vector<RankingWeight> reasons;
};
inline constexpr std::size_t kReasonsShownMax = 8;

struct ItemView {
  ItemRow row;
  std::string sweep, mandate, basis;
  std::string acted_day;
  std::string flag;  // the flag's JSON as stored
  std::uint64_t received_bytes = 0;
  SubjectDetail subject;  // empty where the roster's details are not known
  struct Link {
    std::string contest, candidate, stage;  // candidate "": contest-wide
    PileId pile = 0;
  };
  std::vector<Link> links;
  std::optional<Capture> capture;
  std::vector<ItemEvent> events;
  std::vector<DecisionRow> decisions;
  std::vector<FactRow> facts;
  std::optional<ClaimRow> claim;  // one that is alive
  // Only while the item waits for a first decision: it orders the queue and is no opinion for those
  // who judge later or blind.
  std::optional<ItemRanking> ranking;
  std::vector<ItemRow> others;  // of the same person, kOthersMax at most
};
inline constexpr std::size_t kOthersMax = 100;

// The item in whole. Reading it is written into the audit log, in the same transaction. While an
// item waits for the caller's blind review, its decisions are not shown.
Answer<ItemView> view_item(Desk& desk, const Caller& caller, ItemSeq item);
// The bytes as they were received; audited.
Answer<std::string> received_bytes(Desk& desk, const Caller& caller, ItemSeq item);

// A person's own saved views: `query` is opaque (the page's URL query).
struct SavedView {
  std::int64_t id = 0;
  std::string name, query;
};
inline constexpr std::size_t kViewsMax = 100;
inline constexpr std::size_t kViewBytesMax = 4096;
Answer<std::vector<SavedView>> list_views(Desk& desk, const Caller& caller);
Answer<std::int64_t> save_view(Desk& desk, const Caller& caller, const std::string& name,
                               const std::string& query);
Done delete_view(Desk& desk, const Caller& caller, std::int64_t id);

}  // namespace pantau
