#include "pipeline/review/sqlite_items.h"

#include "pipeline/review/queue_hooks.h"

namespace pantau {

Status ItemWriter::prepare(Database& database) {
  TRY(add_item_,
      database.prepare("INSERT INTO item (key, run, state, level, subject, category, region,"
                       " ownership, basis, platform, kind, acted_at, acted_day, found_at, flag,"
                       " received)"
                       " VALUES ($1, $2, 'open', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
                       " $14, $15)"
                       " ON CONFLICT (key) DO NOTHING RETURNING seq"));
  TRY(hold_item_, database.prepare("UPDATE item SET state = 'held' WHERE seq = $1"));
  TRY(add_rule_, database.prepare("INSERT INTO item_rule (item, rule) VALUES ($1, $2)"));
  TRY(count_flag_,
      database.prepare("INSERT INTO rule_day (rule, day, flags) VALUES ($1, $2, 1)"
                       " ON CONFLICT (rule, day) DO UPDATE SET flags = rule_day.flags + 1"
                       " RETURNING flags"));
  TRY(add_candidate_,
      database.prepare("INSERT INTO item_candidate (item, contest, candidate, stage)"
                       " VALUES ($1, $2, $3, $4)"));
  TRY(mark_deleted_, database.prepare("UPDATE item SET deleted_at = $1"
                                      " WHERE key = $2 AND deleted_at IS NULL RETURNING seq"));
  TRY(tell_deleted_,
      database.prepare("INSERT INTO item_event (item, event, at, observed_at, reason)"
                       " VALUES ($1, 'deleted', $2, $3, $4)"
                       " ON CONFLICT (item, event, at) DO NOTHING"));
  TRY(tell_edited_,
      database.prepare("INSERT INTO item_event (item, event, at, observed_at, reason, flag,"
                       " received)"
                       " SELECT seq, 'edited', $1, $2, $3, $4, $5 FROM item WHERE key = $6"
                       " ON CONFLICT (item, event, at) DO NOTHING"));
  return std::monostate{};
}

Result<std::optional<std::int64_t>> ItemWriter::add(RunId run, const ReviewItem& item,
                                                    const std::string& found_at,
                                                    QueueCounts& counts) {
  TRY(const auto seq,
      add_item_.integer(item.key, run, item.level, item.subject, item.category, item.region,
                        item.ownership, item.basis, item.platform, item.kind, item.acted_at,
                        item.acted_day, found_at, item.flag, Blob{item.received}));
  if (!seq) {
    counts.known++;
    return seq;
  }
  TRY(const bool is_open, count_rules(*seq, item));
  if (!is_open) TRY_STATUS(hold_item_.run(*seq));
  // Last, because with its candidates the item comes into piles, with its state and rules.
  for (const ItemCandidate* candidate : distinct_candidates(item)) {
    TRY_STATUS(
        add_candidate_.run(*seq, candidate->contest, candidate->candidate, candidate->stage));
  }
  (is_open ? counts.open : counts.held)++;
  return seq;
}

// Counts a new item for its rules; whether one of them lets it in.
Result<bool> ItemWriter::count_rules(std::int64_t seq, const ReviewItem& item) {
  const std::vector<const ItemRule*> rules = distinct_rules(item);
  bool is_open = rules.empty();
  for (const ItemRule* rule : rules) {
    TRY_STATUS(add_rule_.run(seq, rule->rule));
    TRY(const auto flags, count_flag_.integer(rule->rule, item.acted_day));
    if (rule->flags_per_day_max == 0 || flags.value() <= rule->flags_per_day_max) is_open = true;
  }
  return is_open;
}

Status ItemWriter::mark_deleted(const ItemDeletion& deletion, const std::string& observed_at,
                                QueueCounts& counts) {
  TRY(const auto seq, mark_deleted_.integer(deletion.deleted_at, deletion.key));
  if (!seq) return std::monostate{};
  counts.deleted++;
  TRY_STATUS(tell_deleted_.run(*seq, deletion.deleted_at, observed_at, deletion.reason));
  return std::monostate{};
}

Result<bool> ItemWriter::mark_edited(const ItemEdit& edit, const std::string& observed_at) {
  const std::optional<std::string> flag =
      edit.flag.empty() ? std::nullopt : std::optional(edit.flag);
  const std::optional<std::string> received =
      edit.flag.empty() ? std::nullopt : std::optional(edit.received);
  TRY(const int told,
      tell_edited_.run(edit.edited_at, observed_at, edit.reason, flag, received, edit.key));
  return told > 0;
}

}  // namespace pantau
