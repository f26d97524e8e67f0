#include "pipeline/desk/item_rows.h"

#include <fmt/format.h>

#include <array>
#include <span>

namespace pantau {
namespace {

// In the order of the bits of review/sqlite_desk_triggers.cc.
constexpr std::array<std::string_view, 5> kLevels = {"info", "low", "medium", "high", "critical"};
constexpr std::array<std::string_view, 5> kKinds = {"post", "comment", "share", "like", "follow"};
constexpr std::array<std::string_view, 6> kStageNames = {"before", "determined", "campaign",
                                                         "quiet",  "voting",     "after"};
constexpr std::array<std::string_view, 9> kPlatforms = {
    "bluesky", "mastodon", "x", "instagram", "facebook", "tiktok", "youtube", "telegram", "other"};

std::int64_t bit_of(std::span<const std::string_view> names, std::string_view name) {
  for (std::size_t i = 0; i < names.size(); i++) {
    if (names[i] == name) return std::int64_t{1} << i;
  }
  return 0;
}

std::vector<std::string> names_of(std::span<const std::string_view> names, std::int64_t bits) {
  std::vector<std::string> found;
  for (std::size_t i = 0; i < names.size(); i++) {
    if ((bits >> i & 1) != 0) found.emplace_back(names[i]);
  }
  return found;
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

}  // namespace

std::string highest_level(std::int64_t levels) {
  const std::vector<std::string> names = names_of(kLevels, levels);
  return names.empty() ? "" : names.back();
}
std::vector<std::string> kinds_of_bits(std::int64_t bits) {
  return names_of(kKinds, bits);
}
std::vector<std::string> stages_of_bits(std::int64_t bits) {
  return names_of(kStageNames, bits);
}
std::vector<std::string> platforms_of_bits(std::int64_t bits) {
  return names_of(kPlatforms, bits);
}
std::int64_t level_bit(std::string_view level) {
  return bit_of(kLevels, level);
}
std::int64_t kind_bit(std::string_view kind) {
  return bit_of(kKinds, kind);
}
std::int64_t stage_bit(std::string_view stage) {
  return bit_of(kStageNames, stage);
}
std::int64_t platform_bit(std::string_view platform) {
  const std::int64_t bit = bit_of(kPlatforms, platform);
  return bit != 0 ? bit : bit_of(kPlatforms, "other");
}

Answer<std::vector<ItemRow>> read_item_rows(DeskState& state, const Caller& caller,
                                            const std::string& from_where,
                                            const std::vector<SqlValue>& values) {
  static const std::string columns = fmt::format(
      "SELECT i.seq, i.key, i.state, i.level, i.kind, i.platform, i.subject, i.category, i.region,"
      " coalesce((SELECT agency FROM subject_detail WHERE subject = i.subject), ''), i.ownership,"
      " i.acted_at, i.found_at, coalesce(i.deleted_at, ''),"
      " coalesce((SELECT stage FROM item_candidate WHERE item = i.seq ORDER BY rowid LIMIT 1), ''),"
      " CASE WHEN json_valid(i.flag) THEN"
      "  coalesce(substr(json_extract(i.flag, '$.record.text'), 1, {}), '') ELSE '' END,"
      " coalesce((SELECT group_concat(rule, char(10)) FROM item_rule WHERE item = i.seq), ''),"
      " coalesce((SELECT s.name FROM claim AS c JOIN staff AS s ON s.id = c.staff"
      "  WHERE c.item = i.seq AND c.until > $1), ''), i.rank ",
      kSnippetCharactersMax);
  TRY(const LegalClock clock, legal_clock(state));
  std::vector<SqlValue> all = {to_micros(caller.now)};
  all.insert(all.end(), values.begin(), values.end());
  std::vector<ItemRow> items;
  TRY_STATUS(state.each_with(
      columns + from_where,
      [&](const Rows& rows) {
        ItemRow row;
        row.item = rows.integer(0);
        std::string* const texts[] = {&row.key,        &row.state,     &row.level,    &row.kind,
                                      &row.platform,   &row.subject,   &row.category, &row.region,
                                      &row.agency,     &row.ownership, &row.acted_at, &row.found_at,
                                      &row.deleted_at, &row.stage,     &row.snippet};
        int column = 1;
        for (std::string* const text : texts) *text = rows.text(column++);
        row.rules = words_of(rows.text(column++));
        row.claimed_by = rows.text(column++);
        row.rank = rows.integer(column);
        row.due_at = clock.due_at(parse_rfc3339(row.found_at).value_or(Instant()));
        row.days_left = LegalClock::days_left(row.due_at, caller.now);
        items.push_back(std::move(row));
      },
      all));
  return items;
}

}  // namespace pantau
