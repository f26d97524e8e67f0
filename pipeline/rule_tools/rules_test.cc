#include "pipeline/rule_tools/rules_test.h"

#include <fmt/format.h>

#include <cstdio>

#include "pipeline/config.h"
#include "pipeline/exit_status.h"
#include "pipeline/lists/list_file.h"
#include "pipeline/lists/load.h"
#include "pipeline/rule_tools/act_explanation.h"
#include "pipeline/rule_tools/tried_act.h"

namespace pantau {
namespace {

Result<std::string> read_standard_input() {
  std::string text(kTriedTextBytesMax + 1, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), stdin));
  if (std::ferror(stdin) != 0) return fail(Fault::Config, "standard input cannot be read");
  return text;
}

// The text that was typed, of a file, or of standard input; a last line end is the editor's.
Result<std::string> text_of(const RulesTestLine& asked) {
  if (asked.text && *asked.text != "-") return *asked.text;
  std::string text;
  if (asked.file.empty()) {
    TRY(text, read_standard_input());
  } else {
    TRY(text, read_list_file(asked.file));
  }
  if (text.ends_with('\n')) text.pop_back();
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

}  // namespace

Result<int> test_rules(const CommandLine& line) {
  const RulesTestLine& asked = line.rules_test;
  TRY(const SweepConfig config, config_of(line));
  TRY(LoadedLists loaded, load_lists(config));
  TRY_STATUS(loaded.roster_is_sound.get());
  TRY(const Engine engine, Engine::make(std::move(loaded.lists)));
  TriedAct act{"", asked.kind,   asked.platform, asked.actor,
               "", asked.target, asked.at,       asked.region};
  TRY(act.text, text_of(asked));
  TRY(const Tried tried, try_act(engine, act));
  if (asked.json) {
    fmt::print("{}\n", explanation_json(engine, tried.record, tried.explanation));
  } else {
    fmt::print("{}", explanation_text(engine, tried.record, tried.explanation));
  }
  return kExitDone;
}

}  // namespace pantau
