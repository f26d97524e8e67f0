// What was typed, before anybody asks what it means.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pantau {

enum class Command : std::uint8_t {
  Sweep,
  Match,
  Ingest,
  RulesCheck,
  RulesTest,
  RulesBacktest,
  RulesDiff,
  RulesExplain,
  RosterBuild,
  Verify,
  Serve,
  Export,
  RankTrain,
  RankShow,
  RankOn,
  RankOff
};

// rules test: the act that the text is of.
struct RulesTestLine {
  std::optional<std::string> text;
  std::string file;
  std::string kind = "post";
  std::string platform = "x";
  std::string actor;  // handles
  std::string target;
  std::string at;                     // empty: the first day of the first contest's campaign
  std::optional<std::string> region;  // of whoever acts; nothing: the first contest's
  bool json = false;
};

// rules backtest, diff and explain
struct RuleToolsLine {
  std::string old_pack;
  std::string new_pack;  // of explain: the pack
  std::string rule;
  std::size_t samples_max = 5;   // of each rule
  std::size_t listed_max = 100;  // of each change
  bool json = false;
};

struct CommandLine {
  Command command = Command::Sweep;

  // sweep, match and ingest; empty or absent: as SWEEP.toml says
  std::string sweep_file;
  std::vector<std::string> records;
  std::vector<std::string> contests;
  std::vector<std::string> rules;
  std::string roster;
  std::string campaign;
  std::string queue;

  std::string format = "auto";
  std::string flags;
  std::string rejects;
  std::string summary;
  std::string validate = "subjects";
  std::string progress = "auto";
  unsigned threads = 0;  // 0: as many as the machine has
  std::optional<std::uint64_t> rejects_max;
  std::size_t line_bytes_max = 0;  // 0: the default

  bool follow = false;  // ingest
  bool status = false;

  std::string address = "127.0.0.1";  // serve
  unsigned port = 8080;
  std::string tls_certificate;
  std::string tls_key;
  std::string page;
  std::vector<std::string> hosts;
  bool demo_staff = false;

  std::vector<std::string> rule_files;  // rules check
  RulesTestLine rules_test;
  RuleToolsLine rule_tools;
  std::string roster_csv;  // roster build
  std::string roster_index;

  std::string export_case;  // export: "case-2024-000001"
  std::string export_folder;
  bool is_sealed = false;

  std::int64_t rank_version = 0;  // rank show (0: the one that is on, or the last), rank on

  std::string bag;  // verify
  std::string signer_ca;
  std::string tsa_ca;
  bool needs_signature = false;
  bool needs_timestamp = false;
};

// The command, or the exit status if there is nothing to run: 0 after --help, 2 after a
// mistake, which has been told on standard error.
struct ParsedCommandLine {
  std::optional<CommandLine> command_line;
  int exit_status = 0;
};

ParsedCommandLine parse_command_line(int argc, const char* const* argv);

}  // namespace pantau
