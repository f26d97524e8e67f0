#include "pipeline/sweep/found_flag.h"

#include <algorithm>

namespace pantau {
namespace {

void add_match(const EngineLists& lists, const RuleRef& ref, const RuleMatch& match,
               ReviewItem& item) {
  const Rule& rule = lists.packs[ref.pack].rules[ref.rule];
  const Contest& contest = lists.contests[match.contest];
  const ItemRule used{rule.id, rule.flags_per_day_max};
  if (item.rules.empty() || item.rules.back().rule != used.rule) item.rules.push_back(used);
  ItemCandidate candidate{contest.id, std::nullopt, std::string(name_of(match.stage))};
  if (match.candidate != kNoCandidate) {
    candidate.candidate = contest.candidates[match.candidate].id;
  }
  const bool known = std::ranges::any_of(item.candidates, [&](const ItemCandidate& other) {
    return other.contest == candidate.contest && other.candidate == candidate.candidate;
  });
  if (!known) item.candidates.push_back(std::move(candidate));
}

}  // namespace

FoundFlag found_flag(const FlagContext& context, const Flag& flag, const Record& record,
                     const SourceLine& source, bool wants_item) {
  const EngineLists& lists = context.engine.lists();
  FoundFlag result;
  result.level = flag.level;
  ReviewItem& item = result.item;
  item.key = key_of(record);
  item.flag = flag_json(context, flag, record, source, result.line_at);
  for (std::uint32_t i = flag.matches_begin; i < flag.matches_end; i++) {
    const RuleMatch& match = context.findings.matches[i];
    add_match(lists, context.engine.rules()[match.rule], match, item);
  }
  if (!wants_item) return result;
  const RosterEntry entry = lists.roster.entry(flag.entry);
  item.received = source.bytes;
  item.level = name_of(flag.level);
  item.subject = entry.subject_id;
  item.category = name_of(entry.category);
  item.region = entry.region;
  item.ownership = name_of(entry.ownership);
  item.basis = entry.basis;
  item.platform = record.platform;
  item.kind = name_of(record.kind);
  item.acted_at = format_rfc3339(record.time);
  item.acted_day = format_day(lists.zone.day_of(record.time));
  return result;
}

void append_deletion(const EngineLists& lists, const Record& record, std::string_view reason,
                     std::vector<ItemDeletion>& deletions) {
  if (!lists.roster.find(record.platform, record.actor, record.time, lists.zone)) return;
  ItemDeletion deletion;
  deletion.deleted_at = format_rfc3339(record.time);
  if (!reason.empty()) deletion.reason = reason;
  deletion.key = key_of(record);
  deletions.push_back(deletion);
  if (record.kind != Kind::Post) return;
  Record other = record;
  for (const Kind kind : {Kind::Comment, Kind::Share}) {
    other.kind = kind;
    deletion.key = key_of(other);
    deletions.push_back(deletion);
  }
}

}  // namespace pantau
