#include "pipeline/command_line.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "pipeline/exit_status.h"
#include "pipeline/layouts/layout.h"

namespace pantau {
namespace {

constexpr std::size_t kLineBytesMin = 1024;
constexpr const char* kRecordsHelp = "files, folders, globs, or - for standard input";
// More samples, and more differences, than a person reads.
constexpr int kSamplesMax = 1000;
constexpr int kListedMax = 100'000;

std::string names_of_layouts() {
  std::string names;
  for (const Layout* const layout : all_layouts()) {
    if (!names.empty()) names += ", ";
    names += layout->name();
  }
  return names;
}

// A sweep's lists but its packs, and how its records are read.
void add_archive(CLI::App& app, CommandLine& line) {
  app.add_option("SWEEP", line.sweep_file, "the sweep's configuration (TOML)")->required();
  app.add_option("--contests", line.contests, "calendars and candidates (TOML)");
  app.add_option("--roster", line.roster, "roster of subjects: CSV, or an index made from it");
  app.add_option("--campaign", line.campaign, "campaign accounts (CSV)");
  app.add_option(
         "--format", line.format,
         "layout of the records: auto, " + names_of_layouts() + ", or a mapping file (.toml)")
      ->capture_default_str();
  app.add_option("--threads", line.threads, "threads; 0: as many as the machine has")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str();
  app.add_option("--line-bytes-max", line.line_bytes_max, "a longer line is rejected")
      ->check(CLI::Range(kLineBytesMin, std::size_t{1} << 30))
      ->default_str("16777216");
}

void add_lists(CLI::App& app, CommandLine& line) {
  add_archive(app, line);
  app.add_option("--rules", line.rules, "rule packs (TOML)");
  app.add_option("--rejects", line.rejects, "write the lines that cannot be read here (NDJSON)");
  app.add_option("--summary", line.summary, "write the summary here (JSON)");
  app.add_option("--validate", line.validate,
                 "all: check every line in full; subjects: may skim lines of strangers")
      ->check(CLI::IsMember({"subjects", "all"}))
      ->capture_default_str();
  app.add_option("--rejects-max", line.rejects_max, "exit with 5 if more lines are rejected");
}

void add_sweep(CLI::App& app, CommandLine& line) {
  CLI::App* const sweep =
      app.add_subcommand("sweep", "match an archive against a roster and fill the review queue");
  sweep->callback([&line] { line.command = Command::Sweep; });
  add_lists(*sweep, line);
  sweep->add_option("--records", line.records, kRecordsHelp);
  sweep->add_option("--queue", line.queue, "sqlite:PATH or none");
  sweep->add_option("--flags", line.flags, "write the flags here (NDJSON), - for standard output");
  sweep->add_option("--progress", line.progress, "auto, plain or none")
      ->check(CLI::IsMember({"auto", "plain", "none"}))
      ->capture_default_str();
}

void add_match(CLI::App& app, CommandLine& line) {
  CLI::App* const match = app.add_subcommand(
      "match", "filter: records on standard input, flags on standard output, nothing stored");
  match->callback([&line] {
    line.command = Command::Match;
    line.records = {"-"};
    line.flags = "-";
    line.queue = "none";
    line.progress = "none";
  });
  add_lists(*match, line);
}

void add_ingest(CLI::App& app, CommandLine& line) {
  CLI::App* const ingest = app.add_subcommand(
      "ingest", "pull from the live sources of the sweep, from where they stopped");
  ingest->callback([&line] { line.command = Command::Ingest; });
  ingest->add_option("SWEEP", line.sweep_file, "the sweep's configuration (TOML)")->required();
  ingest->add_option("--contests", line.contests, "calendars and candidates (TOML)");
  ingest->add_option("--rules", line.rules, "rule packs (TOML)");
  ingest->add_option("--roster", line.roster, "roster of subjects: CSV, or an index made from it");
  ingest->add_option("--campaign", line.campaign, "campaign accounts (CSV)");
  ingest->add_option("--queue", line.queue, "sqlite:PATH");
  ingest->add_flag("--follow", line.follow, "go on with further rounds until stopped");
  ingest->add_flag("--status", line.status, "show how the sources do, and read nothing");
}

void add_serve(CLI::App& app, CommandLine& line) {
  CLI::App* const serve = app.add_subcommand("serve", "the review page");
  serve->callback([&line] { line.command = Command::Serve; });
  serve->add_option("SWEEP", line.sweep_file, "the sweep's configuration (TOML)")->required();
  serve->add_option("--contests", line.contests, "calendars and candidates (TOML)");
  serve->add_option("--rules", line.rules, "rule packs (TOML)");
  serve->add_option("--roster", line.roster, "roster of subjects (CSV), for their names");
  serve->add_option("--queue", line.queue, "sqlite:PATH");
  serve->add_option("--address", line.address, "IP address to listen at")->capture_default_str();
  serve->add_option("--port", line.port, "port to listen at; 0: any that is free")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  serve->add_option("--tls-certificate", line.tls_certificate, "certificate and its chain (PEM)");
  serve->add_option("--tls-key", line.tls_key, "the certificate's key (PEM)");
  serve->add_option("--host", line.hosts,
                    "a name that the page is asked for by, as in the browser");
  serve->add_option("--page", line.page, "folder of the built page, if not beside the program");
  serve->add_flag("--demo-staff", line.demo_staff,
                  "if nobody works here yet: made-up people, their passwords told on the terminal");
}

void add_rules_test(CLI::App& rules, CommandLine& line) {
  CLI::App* const test =
      rules.add_subcommand("test", "what each rule makes of one text, and why it holds or not");
  test->callback([&line] { line.command = Command::RulesTest; });
  RulesTestLine& asked = line.rules_test;
  CLI::Option* const text =
      test->add_option("TEXT", asked.text, "the text; without it and --file, standard input");
  test->add_option("--file", asked.file, "a file with the text")->excludes(text);
  test->add_option("--sweep", line.sweep_file, "the lists of this sweep (TOML)");
  test->add_option("--contests", line.contests, "calendars and candidates (TOML)");
  test->add_option("--rules", line.rules, "rule packs (TOML)");
  test->add_option("--roster", line.roster, "roster of subjects");
  test->add_option("--campaign", line.campaign, "campaign accounts (CSV)");
  test->add_option("--kind", asked.kind, "kind of the act")->capture_default_str();
  test->add_option("--platform", asked.platform, "platform of the act")->capture_default_str();
  test->add_option("--actor", asked.actor, "handle of whoever acts");
  test->add_option("--target", asked.target, "handle of the target's account");
  test->add_option("--at", asked.at,
                   "time of the act (RFC 3339); default: the first campaign's first day");
  test->add_option("--region", asked.region, "region of whoever acts, if not on the roster");
  test->add_flag("--json", asked.json, "one JSON object instead of lines");
}

void add_rules_backtest(CLI::App& rules, CommandLine& line) {
  CLI::App* const backtest = rules.add_subcommand(
      "backtest", "run packs over an archive: counts and samples of each rule, nothing stored");
  backtest->callback([&line] { line.command = Command::RulesBacktest; });
  add_archive(*backtest, line);
  backtest->add_option("--rules", line.rules, "rule packs (TOML)");
  backtest->add_option("--records", line.records, kRecordsHelp);
  backtest->add_option("--samples", line.rule_tools.samples_max, "samples of each rule, at most")
      ->check(CLI::Range(0, kSamplesMax))
      ->capture_default_str();
  backtest->add_flag("--json", line.rule_tools.json, "one JSON object instead of lines");
}

void add_rules_diff(CLI::App& rules, CommandLine& line) {
  CLI::App* const diff = rules.add_subcommand("diff",
                                              "what two versions of a pack find in an archive; 0: "
                                              "the same, 1: not the same, nothing stored");
  diff->callback([&line] { line.command = Command::RulesDiff; });
  RuleToolsLine& asked = line.rule_tools;
  diff->add_option("OLD", asked.old_pack, "a rule pack (TOML)")->required();
  diff->add_option("NEW", asked.new_pack, "its newer version (TOML)")->required();
  add_archive(*diff, line);
  diff->add_option("--records", line.records, kRecordsHelp);
  diff->add_option("--limit", asked.listed_max,
                   "differences of each kind (new, lost, changed) that are listed")
      ->check(CLI::Range(0, kListedMax))
      ->capture_default_str();
  diff->add_flag("--json", asked.json, "one JSON object instead of lines");
}

void add_rules_explain(CLI::App& rules, CommandLine& line) {
  CLI::App* const explain =
      rules.add_subcommand("explain", "what a rule looks at, looks for and proposes");
  explain->callback([&line] { line.command = Command::RulesExplain; });
  explain->add_option("PACK", line.rule_tools.new_pack, "a rule pack (TOML)")->required();
  explain->add_option("RULE", line.rule_tools.rule, "the rule's id")->required();
}

void add_rules(CLI::App& app, CommandLine& line) {
  CLI::App* const rules = app.add_subcommand("rules", "rule packs");
  rules->require_subcommand(1);
  CLI::App* const check = rules->add_subcommand("check", "load packs and run their examples");
  check->callback([&line] { line.command = Command::RulesCheck; });
  check->add_option("FILE", line.rule_files, "rule packs (TOML)")->required();
  add_rules_test(*rules, line);
  add_rules_backtest(*rules, line);
  add_rules_diff(*rules, line);
  add_rules_explain(*rules, line);
}

void add_roster(CLI::App& app, CommandLine& line) {
  CLI::App* const roster = app.add_subcommand("roster", "rosters of subjects");
  roster->require_subcommand(1);
  CLI::App* const build = roster->add_subcommand("build", "make an index that loads at once");
  build->callback([&line] { line.command = Command::RosterBuild; });
  build->add_option("ROSTER", line.roster_csv, "the roster (CSV)")->required();
  build->add_option("-o,--output", line.roster_index, "the index to write")->required();
}

void add_export(CLI::App& app, CommandLine& line) {
  CLI::App* const command = app.add_subcommand(
      "export", "write a case as an evidence bag: a copy that names nobody, or the whole");
  command->callback([&line] { line.command = Command::Export; });
  command->add_option("CASE", line.export_case, "the case's number: case-2024-000001")->required();
  command
      ->add_option("SWEEP", line.sweep_file,
                   "the sweep's configuration (TOML); else sweep.toml or SWEEP.toml of the "
                   "working directory")
      ->check(CLI::ExistingFile);
  command->add_option("-o,--output", line.export_folder, "folder to write the bag's folder into")
      ->required();
  command->add_option("--queue", line.queue, "sqlite:PATH");
  command->add_flag("--sealed", line.is_sealed,
                    "the sealed original with everything, in place of the masked copy");
}

void add_rank(CLI::App& app, CommandLine& line) {
  CLI::App* const rank =
      app.add_subcommand("rank", "the learned order of the queue, beside that of the legal clock");
  rank->require_subcommand(1);
  const auto add = [&](const char* name, const char* what, Command command) {
    CLI::App* const added = rank->add_subcommand(name, what);
    added->callback([&line, command] { line.command = command; });
    return added;
  };
  CLI::App* const train =
      add("train", "learn one from people's decisions, test it and keep it", Command::RankTrain);
  CLI::App* const show = add("show", "what was learned, and how good it is", Command::RankShow);
  CLI::App* const on = add("on", "let lists be sorted by a version", Command::RankOn);
  CLI::App* const off = add("off", "sort by the legal clock alone", Command::RankOff);
  on->add_option("VERSION", line.rank_version, "as `pantau rank show` tells it")->required();
  for (CLI::App* const each : {train, show, on, off}) {
    each->add_option("SWEEP", line.sweep_file,
                     "the sweep's configuration (TOML), for its queue; else sweep.toml or "
                     "SWEEP.toml of the working directory")
        ->check(CLI::ExistingFile);
    each->add_option("--queue", line.queue, "sqlite:PATH");
  }
  show->add_option("--version", line.rank_version,
                   "which one in whole; else the one that is on, or the last");
}

void add_verify(CLI::App& app, CommandLine& line) {
  CLI::App* const verify =
      app.add_subcommand("verify", "check an evidence bag; 0: it is whole, 1: it is not");
  verify->callback([&line] { line.command = Command::Verify; });
  verify->add_option("DIR", line.bag, "the bag's folder")->required();
  verify->add_option("--ca", line.signer_ca,
                     "whom to trust for the signature (PEM), in place of the bag's certs/");
  verify->add_option("--tsa-ca", line.tsa_ca, "whom to trust for the time stamp (PEM), likewise");
  verify->add_flag("--require-signature", line.needs_signature, "a bag without one is not whole");
  verify->add_flag("--require-timestamp", line.needs_timestamp, "a bag without one is not whole");
}

}  // namespace

ParsedCommandLine parse_command_line(int argc, const char* const* argv) {
  CommandLine line;
  CLI::App app("Pantau: which public acts of civil servants need a person's look", "pantau");
  app.require_subcommand(1);
  add_sweep(app, line);
  add_match(app, line);
  add_ingest(app, line);
  add_serve(app, line);
  add_rules(app, line);
  add_roster(app, line);
  add_export(app, line);
  add_rank(app, line);
  add_verify(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& wanted) {  // --help
    return {std::nullopt, app.exit(wanted, std::cout, std::cerr)};
  } catch (const CLI::ParseError& error) {
    std::cerr << "pantau: " << error.what()
              << "\nRun 'pantau --help' or 'pantau COMMAND --help'.\n";
    return {std::nullopt, kExitUsage};
  }
  return {std::move(line), kExitDone};
}

}  // namespace pantau
