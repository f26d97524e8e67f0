#include "pipeline/rule_tools/stored_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "classifiers/base/arena.h"
#include "pipeline/archive/chunk.h"
#include "pipeline/layouts/json_tree.h"
#include "pipeline/sweep/found_flag.h"

namespace pantau {
namespace {

// Whose act it was is known to the roster by its number here, and so whatever an account is called
// by now. No account of a platform has such a name.
std::string stand_in(std::size_t number) {
  return fmt::format("flag {}", number);
}

Account account_of(JsonNode node) {
  return {node["id"].text(), node["handle"].string(), {}};
}

// A stored flag read again: its record, and the region of its subject.
class StoredActReader {
 public:
  // Nothing if it is none. What the record shows is good until the next one is read.
  std::optional<Record> read(std::string_view json, std::string& region) {
    bytes_ = json;
    bytes_.append(kChunkPaddingBytes, '\0');
    arena_.reset();
    if (!tree_.read(std::string_view(bytes_).substr(0, json.size()), arena_).empty()) return {};
    const JsonNode told = tree_.root()["record"];
    const std::optional<Kind> kind = kind_named(told["kind"].string());
    const JsonNode time = told["created_at"].is_absent() ? told["observed_at"] : told["created_at"];
    const std::optional<Instant> at = parse_rfc3339(time.string());
    Record record;
    record.platform = told["platform"].string();
    if (!kind || !at || !is_platform_name(record.platform)) return {};
    region = tree_.root()["subject"]["region"].string();
    record.kind = *kind;
    record.time = *at;
    record.id = told["id"].text();
    record.target = account_of(told["target"]);
    record.object_id = told["object_id"].text();
    record.text = told["text"].string();
    return record;
  }

 private:
  std::string bytes_;
  Arena arena_;
  JsonTree tree_;
};

std::string quoted(std::string_view cell) {
  std::string text = "\"";
  for (const char c : cell) text += c == '"' ? "\"\"" : std::string(1, c);
  return text + '"';
}

// A roster of the flags' subjects. A row for each flag, because a person can have moved.
Result<Roster> roster_of(std::span<const StoredFlag> flags, StoredActReader& reader) {
  std::string csv =
      "subject_id,name,nip,category,agency,position,region,platform,account_id,handle,"
      "ownership,basis,valid_from,valid_to\n";
  std::string region;
  for (std::size_t i = 0; i < flags.size(); i++) {
    const std::optional<Record> record = reader.read(flags[i].json, region);
    if (!record) continue;
    csv += fmt::format("S,,,pns,,,{},{},,{},declared,queue,,\n", quoted(region), record->platform,
                       stand_in(i));
  }
  Mistakes mistakes("roster");
  const auto image = std::make_shared<std::string>(Roster::build(csv, mistakes));
  if (!mistakes.empty()) return mistakes.failure();
  return Roster::open(*image, image);
}

}  // namespace

Result<PackDiff> diff_over_stored(EngineLists lists, std::optional<RulePack> before, RulePack after,
                                  std::span<const StoredFlag> flags,
                                  const StoredDiffOptions& options) {
  const auto end = std::chrono::steady_clock::now() + options.time_max;
  RulePack none;
  PackComparison comparison(before ? *before : none, after, options.listed_max);
  if (before) lists.packs.push_back(*std::move(before));
  lists.packs.push_back(std::move(after));
  StoredActReader reader;
  TRY(lists.roster, roster_of(flags, reader));
  TRY(const Engine engine, Engine::make(std::move(lists)));
  const auto scratch = engine.make_scratch();
  const SweepName no_sweep;
  ArchiveRun run;
  FlagReader told;
  Findings findings;
  std::string region;
  for (std::size_t i = 0; i < flags.size() && !run.was_stopped; i++) {
    std::optional<Record> record = reader.read(flags[i].json, region);
    if (!record) {
      run.rejected++;
      continue;
    }
    run.records++;
    const std::string actor = stand_in(i);
    record->actor.handle = actor;
    findings.clear();
    engine.run({&*record, 1}, *scratch, findings);
    for (const Flag& flag : findings.flags) {
      const FoundFlag found =
          found_flag({engine, findings, no_sweep}, flag, *record, {"queue", 1, {}}, false);
      ToldFlag said = told.read(found.item.flag);
      said.act.key = flags[i].key;
      said.act.line = i;
      comparison.take(std::move(said));
    }
    run.was_stopped = std::chrono::steady_clock::now() >= end;
  }
  PackDiff diff = comparison.finish();
  diff.run = run;
  return diff;
}

}  // namespace pantau
