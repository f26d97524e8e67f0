#include "pipeline/desk/ranked_acts.h"

#include <fmt/format.h>

#include <charconv>
#include <map>

#include "classifiers/ranking/features.h"
#include "pipeline/desk/item_rows.h"

namespace pantau {
namespace {

constexpr char kActs[] =
    "SELECT seq, kind, platform, coalesce(json_extract(flag, '$.record.text'), '') FROM item"
    " WHERE seq > $1 AND seq <= $2 AND json_valid(flag) ORDER BY seq";

// Spans of names that begin with '@' are where a text names a candidate.
constexpr char kMatches[] =
    "SELECT i.seq, coalesce(json_extract(m.value, '$.rule'), ''),"
    " coalesce(json_extract(m.value, '$.via'), ''),"
    " coalesce(json_extract(m.value, '$.account_type'), ''),"
    " coalesce(json_extract(m.value, '$.stage'), ''),"
    " coalesce((SELECT group_concat(json_extract(s.value, '$.start') || ' ' ||"
    "   json_extract(s.value, '$.end'), ' ') FROM json_each(m.value, '$.spans') AS s"
    "  WHERE substr(json_extract(s.value, '$.pattern'), 1, 1) = '@'), '')"
    " FROM item AS i, json_each(CASE WHEN json_valid(i.flag) THEN i.flag ELSE '{}' END,"
    "  '$.matches') AS m WHERE i.seq > $1 AND i.seq <= $2 ORDER BY i.seq";

// "0 17 20 31" as ranges. What is no number ends it: the places come from our own JSON.
void add_ranges(const std::string& text, std::vector<ByteRange>& ranges) {
  const char* at = text.data();
  const char* const end = at + text.size();
  std::vector<std::uint32_t> numbers;
  while (at < end) {
    std::uint32_t number = 0;
    const auto read = std::from_chars(at, end, number);
    if (read.ec != std::errc()) break;
    numbers.push_back(number);
    at = read.ptr + 1;
  }
  for (std::size_t i = 0; i + 1 < numbers.size(); i += 2) {
    ranges.push_back({numbers[i], numbers[i + 1]});
  }
}

std::string reasons_about_text() {
  std::string list;
  for (const std::string_view reason : kReasonsAboutText) {
    list += fmt::format("{}'{}'", list.empty() ? "" : ", ", reason);
  }
  return list;
}

// The last word about each item, if it is about the text. A region is taken as its regency.
std::string decided_items() {
  return fmt::format(
      "SELECT * FROM (SELECT i.seq, i.subject,"
      "  coalesce((SELECT agency FROM subject_detail WHERE subject = i.subject), ''),"
      "  substr(i.region, 1, 5), i.level, d.action = 'confirm'"
      " FROM decision AS d JOIN item AS i ON i.seq = d.item"
      " WHERE d.at >= $1 AND d.undone_by IS NULL AND d.bulk IS NULL"
      "  AND ((d.action = 'confirm' AND i.state = 'confirmed')"
      "   OR (d.action = 'dismiss' AND i.state = 'dismissed' AND d.reason IN ({})))"
      "  AND d.seq = (SELECT max(o.seq) FROM decision AS o WHERE o.item = d.item"
      "   AND o.undone_by IS NULL AND o.action IN ('confirm', 'dismiss', 'ask_dismissal'))"
      " ORDER BY d.seq DESC LIMIT $2) ORDER BY 1",
      reasons_about_text());
}

}  // namespace

Done each_ranked_item(
    DeskState& state, ItemSeq from, ItemSeq to,
    const std::function<void(ItemSeq item, const std::vector<std::string>& features)>& take) {
  std::map<ItemSeq, RankedAct> acts;
  TRY_STATUS(state.each(
      kActs,
      [&](const Rows& rows) {
        RankedAct& act = acts[rows.integer(0)];
        act.kind = rows.text(1);
        act.platform = rows.text(2);
        act.text = rows.text(3);
      },
      from, to));
  TRY_STATUS(state.each(
      kMatches,
      [&](const Rows& rows) {
        const auto act = acts.find(rows.integer(0));
        if (act == acts.end()) return;
        act->second.matches.push_back({rows.text(1), rows.text(2), rows.text(3), rows.text(4)});
        add_ranges(rows.text(5), act->second.named);
      },
      from, to));
  for (const auto& [item, act] : acts) take(item, ranking_features(act));
  return std::monostate{};
}

Answer<std::vector<DecidedAct>> decided_acts(DeskState& state, Instant since) {
  std::vector<DecidedAct> acts;
  TRY_STATUS(state.each(
      decided_items(),
      [&](const Rows& rows) {
        DecidedAct act;
        act.found_as = rows.integer(0);
        act.person = rows.text(1);
        act.agency = rows.text(2);
        act.region = rows.text(3);
        act.level = static_cast<int>(level_bit(rows.text(4)));
        act.is_confirmed = rows.integer(5) != 0;
        acts.push_back(std::move(act));
      },
      to_micros(since), kDecisionsMax));
  for (DecidedAct& act : acts) {
    TRY_STATUS(each_ranked_item(
        state, act.found_as - 1, act.found_as,
        [&](ItemSeq, const std::vector<std::string>& features) { act.features = features; }));
    TRY_STATUS(state.each(
        "SELECT DISTINCT contest || '/' || coalesce(candidate, '') FROM item_candidate"
        " WHERE item = $1",
        [&](const Rows& rows) { act.candidates.push_back(rows.text(0)); }, act.found_as));
  }
  return acts;
}

}  // namespace pantau
