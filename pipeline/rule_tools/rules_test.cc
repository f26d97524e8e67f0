#include "pipeline/rule_tools/rules_test.h"

#include <fmt/format.h>

#include <cstdio>
#include <iterator>

#include "pipeline/config.h"
#include "pipeline/exit_status.h"
#include "pipeline/lists/list_file.h"
#include "pipeline/lists/load.h"
#include "pipeline/rule_tools/act_explanation.h"

namespace pantau {
namespace {

// A longer text is cut by folding anyway.
constexpr std::size_t kTestTextBytesMax = kFoldedTextBytesMax;

Result<std::string> read_standard_input() {
  std::string text(kTestTextBytesMax + 1, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), stdin));
  if (std::ferror(stdin) != 0) return fail(Fault::Config, "standard input cannot be read");
  return text;
}

// The text that was typed, of a file, or of standard input; a last line end is the editor's.
Result<std::string> text_of(const RulesTestLine& asked) {
  std::string text;
  if (asked.text && *asked.text != "-") {
    text = *asked.text;
  } else if (!asked.file.empty()) {
    TRY(text, read_list_file(asked.file));
    if (text.ends_with('\n')) text.pop_back();
  } else {
    TRY(text, read_standard_input());
    if (text.ends_with('\n')) text.pop_back();
  }
  if (text.size() > kTestTextBytesMax) {
    return fail(Fault::Config, fmt::format("the text is longer than {} bytes", kTestTextBytesMax));
  }
  if (first_line_not_utf8(text) != 0) return fail(Fault::Config, "the text is not UTF-8");
  return text;
}

// Without a sweep: packs and calendars are enough.
Result<SweepConfig> config_of(const CommandLine& line) {
  if (!line.sweep_file.empty()) return read_sweep_config(line);
  if (line.rules.empty() || line.contests.empty()) {
    return fail(Fault::Config, "rules test needs --sweep, or --rules and --contests");
  }
  SweepConfig config;
  config.rules = line.rules;
  config.contests = line.contests;
  config.roster = line.roster;
  config.campaign = line.campaign;
  return config;
}

Result<Record> record_of(const RulesTestLine& asked, const EngineLists& lists) {
  if (lists.contests.empty()) return fail(Fault::Config, "the calendars have no contest");
  Record record;
  record.platform = asked.platform;
  record.actor.handle = asked.actor;
  record.target.handle = asked.target;
  const std::optional<Kind> kind = kind_named(asked.kind);
  if (!kind) return fail(Fault::Config, fmt::format("--kind: unknown kind '{}'", asked.kind));
  record.kind = *kind;
  if (!is_platform_name(asked.platform)) {
    return fail(Fault::Config, fmt::format("--platform: '{}' is no platform", asked.platform));
  }
  const Contest& first = lists.contests.front();
  record.time = first.zone.start_of(first.campaign.first);
  if (!asked.at.empty()) {
    const std::optional<Instant> at = parse_rfc3339(asked.at);
    if (!at) return fail(Fault::Config, fmt::format("--at: '{}' is no RFC 3339 time", asked.at));
    record.time = *at;
  }
  return record;
}

}  // namespace

Result<int> test_rules(const CommandLine& line) {
  const RulesTestLine& asked = line.rules_test;
  TRY(const SweepConfig config, config_of(line));
  TRY(LoadedLists loaded, load_lists(config));
  TRY_STATUS(loaded.roster_is_sound.get());
  TRY(const Engine engine, Engine::make(std::move(loaded.lists)));
  TRY(const std::string text, text_of(asked));
  TRY(Record record, record_of(asked, engine.lists()));
  record.text = text;
  const std::string region = asked.region.value_or(engine.lists().contests.front().region);
  Explanation explanation;
  engine.explain(record, region, *engine.make_scratch(), explanation);
  if (asked.json) {
    fmt::print("{}\n", explanation_json(engine, record, explanation));
  } else {
    fmt::print("{}", explanation_text(engine, record, explanation));
  }
  return kExitDone;
}

}  // namespace pantau
