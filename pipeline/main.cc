// The program: parse what was typed, do it, say how it went.
#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <exception>

#include "pipeline/command_line.h"
#include "pipeline/commands.h"
#include "pipeline/exit_status.h"
#include "pipeline/rule_tools/rules_commands.h"
#include "pipeline/rule_tools/rules_test.h"
#include "pipeline/stop_signals.h"

namespace pantau {
namespace {

Result<int> run(const CommandLine& line) {
  switch (line.command) {
    case Command::Sweep:
    case Command::Match:
      return sweep(line);
    case Command::Ingest:
      return ingest(line);
    case Command::Serve:
      return serve(line);
    case Command::RulesCheck:
      return check_rules(line);
    case Command::RulesTest:
      return test_rules(line);
    case Command::RulesBacktest:
      return backtest_rules(line, heed_stop_signals());
    case Command::RulesDiff:
      return diff_rules(line, heed_stop_signals());
    case Command::RulesExplain:
      return explain_rule(line);
    case Command::RosterBuild:
      return build_roster(line);
    case Command::Export:
      return export_case(line);
    case Command::RankTrain:
      return train_rank(line);
    case Command::RankShow:
      return show_rank(line);
    case Command::RankOn:
      return switch_rank_on(line);
    case Command::RankOff:
      return switch_rank_off(line);
    case Command::Verify:
      return verify(line);
  }
  return kExitInternal;
}

int tell(const Error& error) {
  fmt::print(stderr, "{}\n", error.message);
  return exit_status_of(error.fault);
}

}  // namespace
}  // namespace pantau

int main(int argc, char** argv) {
  using namespace pantau;
  const ParsedCommandLine parsed = parse_command_line(argc, argv);
  if (!parsed.command_line) return parsed.exit_status;
  std::signal(SIGXFSZ,
              SIG_IGN);  // a file that may not grow is an error to be told, as a full disk is
  try {
    const Result<int> status = run(*parsed.command_line);
    return status ? *status : tell(status.error());
  } catch (const std::exception& fault) {  // no memory, or a library's fault
    fmt::print(stderr, "pantau: stopped by an internal fault: {}\n", fault.what());
    return kExitInternal;
  }
}
