#include "pipeline/rule_tools/tried_act.h"

#include <fmt/format.h>

#include "pipeline/lists/list_file.h"

namespace pantau {
namespace {

Result<Record> record_of(const TriedAct& act, const EngineLists& lists) {
  Record record;
  const std::optional<Kind> kind = kind_named(act.kind);
  if (!kind) return fail(Fault::Config, fmt::format("'{}' is no kind of act", act.kind));
  if (!is_platform_name(act.platform)) {
    return fail(Fault::Config, fmt::format("'{}' is no platform", act.platform));
  }
  if (act.text.size() > kTriedTextBytesMax) {
    return fail(Fault::Config, fmt::format("the text is longer than {} bytes", kTriedTextBytesMax));
  }
  if (first_line_not_utf8(act.text) != 0) return fail(Fault::Config, "the text is not UTF-8");
  const Contest& first = lists.contests.front();
  record.time = first.zone.start_of(first.campaign.first);
  if (!act.at.empty()) {
    const std::optional<Instant> at = parse_rfc3339(act.at);
    if (!at) return fail(Fault::Config, fmt::format("'{}' is no RFC 3339 time", act.at));
    record.time = *at;
  }
  record.kind = *kind;
  record.platform = act.platform;
  record.actor.handle = act.actor;
  record.target.id = act.target_id;
  record.target.handle = act.target;
  record.text = act.text;
  return record;
}

}  // namespace

Result<Tried> try_act(const Engine& engine, const TriedAct& act) {
  const ContestList& contests = engine.lists().contests;
  if (contests.empty()) return fail(Fault::Config, "the calendars have no contest");
  Tried tried;
  TRY(tried.record, record_of(act, engine.lists()));
  const std::string region = act.region.value_or(contests.front().region);
  engine.explain(tried.record, region, *engine.make_scratch(), tried.explanation);
  return tried;
}

}  // namespace pantau
