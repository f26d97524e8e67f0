#include "pipeline/commands.h"

#include <fmt/format.h>

#include <chrono>

#include "pipeline/config.h"
#include "pipeline/evidence/verify.h"
#include "pipeline/evidence_settings.h"
#include "pipeline/exit_status.h"
#include "pipeline/ingest/ingest.h"
#include "pipeline/lists/list_file.h"
#include "pipeline/lists/load.h"
#include "pipeline/review/review_queue.h"
#include "pipeline/stop_signals.h"
#include "pipeline/sweep/sweep.h"
#include "pipeline/web/export.h"
#include "pipeline/web/serve.h"

namespace pantau {

Result<int> sweep(const CommandLine& line) {
  TRY(const SweepConfig config, read_sweep_config(line));
  return run_sweep(config, {.stop = heed_stop_signals()});
}

Result<int> ingest(const CommandLine& line) {
  TRY(const SweepConfig config, read_sweep_config(line));
  if (line.status) return show_ingest_status(config);
  IngestOptions options;
  options.file = line.sweep_file;
  options.follow = line.follow;
  options.stop = heed_stop_signals();
  return run_ingest(config, options);
}

Result<int> serve(const CommandLine& line) {
  TRY(const SweepConfig config, read_sweep_config(line));
  ServeOptions options;
  options.address = line.address;
  options.port = static_cast<std::uint16_t>(line.port);
  options.tls_certificate = line.tls_certificate;
  options.tls_key = line.tls_key;
  options.page = line.page;
  options.hosts = line.hosts;
  options.demo_staff = line.demo_staff;
  TRY(const std::string text, read_list_file(line.sweep_file));
  TRY(options.evidence, read_evidence_settings(text, line.sweep_file));
  options.stop = heed_stop_signals();
  return run_serve(config, options);
}

Result<int> export_case(const CommandLine& line) {
  CommandLine found = line;
  if (found.sweep_file.empty()) found.sweep_file = sweep_file_here();
  ExportOptions options;
  options.case_number = line.export_case;
  options.folder = line.export_folder;
  options.kind = line.is_sealed ? BagKind::Sealed : BagKind::Copy;
  SweepConfig config;
  config.queue = line.queue;
  if (!found.sweep_file.empty()) {
    TRY(config, read_sweep_config(found));
    TRY(const std::string text, read_list_file(found.sweep_file));
    TRY(options.evidence, read_evidence_settings(text, found.sweep_file));
  } else if (line.queue.empty()) {
    return fail(Fault::Config, "which queue? Name SWEEP.toml or --queue");
  } else {
    TRY_STATUS(check_review_queue_url(config.queue));
    fmt::print(
        stderr,
        "note: without SWEEP.toml the bag has no wordings, no names of candidates and of the "
        "office, no signature, and times in UTC\n");
  }
  return run_export(config, options);
}

Result<int> check_rules(const CommandLine& line) {
  std::string mistakes;
  std::vector<RulePack> packs;
  for (const std::string& path : line.rule_files) {
    std::uint64_t fingerprint = 0;
    Result<RulePack> pack = load_rule_pack(path, fingerprint);
    if (!pack) {
      mistakes += pack.error().message + '\n';
      continue;
    }
    std::size_t examples = 0;
    for (const Pattern& pattern : pack->patterns) {
      examples += pattern.matches.size() + pattern.passes.size();
    }
    fmt::print("{}: {}: {} rules, {} patterns, {} examples: ok\n", path, pack->name(),
               pack->rules.size(), pack->patterns.size(), examples);
    TRY(const RuleSet rules, RuleSet::compile({&*pack, 1}, {}));
    if (const std::string note = note_on_patterns(rules.featureless()); !note.empty()) {
      fmt::print("{}: {}\n", path, note);
    }
  }
  if (mistakes.empty()) return kExitDone;
  mistakes.pop_back();
  return fail(Fault::Config, mistakes);
}

Result<int> build_roster(const CommandLine& line) {
  TRY_STATUS(build_roster_index(line.roster_csv, line.roster_index));
  TRY(const Roster roster, load_roster(line.roster_index));
  fmt::print(stderr, "{}: {} accounts of {} subjects\n", line.roster_index, roster.entries(),
             roster.subjects());
  return kExitDone;
}

Result<int> verify(const CommandLine& line) {
  VerifyOptions options;
  if (!line.signer_ca.empty()) {
    TRY(options.signer_ca, read_list_file(line.signer_ca));
  }
  if (!line.tsa_ca.empty()) {
    TRY(options.tsa_ca, read_list_file(line.tsa_ca));
  }
  options.needs_signature = line.needs_signature;
  options.needs_timestamp = line.needs_timestamp;
  options.now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  TRY(const Verified verified, verify_bag(line.bag, options));
  for (const Finding& finding : verified.wrong) fmt::print("{}: {}\n", finding.file, finding.what);
  for (const std::string& note : verified.notes) fmt::print(stderr, "note: {}\n", note);
  fmt::print(stderr, "{}: {}\n", line.bag, verified.wrong.empty() ? "whole" : "NOT WHOLE");
  return verified.wrong.empty() ? kExitDone : kExitUnsound;
}

}  // namespace pantau
