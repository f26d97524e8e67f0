#include "pipeline/config.h"

#include <fmt/format.h>

#include <filesystem>
#include <thread>

#include "classifiers/base/toml_reader.h"
#include "pipeline/command_line.h"
#include "pipeline/layouts/mapping.h"
#include "pipeline/lists/list_file.h"
#include "pipeline/review/review_queue.h"

namespace pantau {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSqliteScheme = "sqlite:";
constexpr std::string_view kMappingEnding = ".toml";  // of --format

std::string queue_beside(const std::string& file, const std::string& url) {
  if (!url.starts_with(kSqliteScheme)) return url;
  return std::string(kSqliteScheme) + beside(file, url.substr(kSqliteScheme.size()));
}

std::vector<std::string> beside_all(const std::string& file, const std::vector<PlacedText>& paths) {
  std::vector<std::string> result;
  result.reserve(paths.size());
  for (const PlacedText& path : paths) result.push_back(beside(file, path.text));
  return result;
}

void read_file_table(const toml::table& table, const std::string& file, Mistakes& mistakes,
                     SweepConfig& config) {
  TomlReader sweep(table, "sweep", mistakes);
  config.id = sweep.required_text("id");
  config.mandate = sweep.required_text("mandate");
  if (const std::string zone = sweep.required_text("timezone"); !zone.empty()) {
    const Result<TimeZone> found = TimeZone::find(zone);
    if (found) config.zone = *found;
    if (!found) sweep.mistake(sweep.place("timezone"), found.error().message);
  }
  config.contests = beside_all(file, sweep.texts("contests", true));
  config.rules = beside_all(file, sweep.texts("rules", true));
  config.records = beside_all(file, sweep.texts("records", true));
  if (const auto roster = sweep.text("roster")) config.roster = beside(file, roster->text);
  if (const auto campaign = sweep.text("campaign")) config.campaign = beside(file, campaign->text);
  if (const auto queue = sweep.text("queue")) config.queue = queue_beside(file, queue->text);
  sweep.finish();
}

template <class T>
void override(T& value, const T& typed) {
  if (!typed.empty()) value = typed;
}

// What is typed stands instead of what the file says.
void apply(const CommandLine& line, SweepConfig& config) {
  override(config.contests, line.contests);
  override(config.rules, line.rules);
  override(config.records, line.records);
  override(config.roster, line.roster);
  override(config.campaign, line.campaign);
  override(config.queue, line.queue);
  config.flags = line.flags;
  config.rejects = line.rejects;
  config.summary = line.summary;
  config.validate = line.validate == "all" ? Validate::All : Validate::Subjects;
  config.threads =
      line.threads != 0 ? line.threads : std::max(1U, std::thread::hardware_concurrency());
  config.progress = progress_mode_named(line.progress).value_or(ProgressMode::Auto);
  config.rejects_max = line.rejects_max;
  config.tells_summary = line.command == Command::Sweep;
  if (line.line_bytes_max != 0) config.chunk_limits.line_bytes_max = line.line_bytes_max;
}

void need(bool there, std::string_view key, Mistakes& mistakes) {
  if (there) return;
  mistakes.add({}, fmt::format("'{0}' is missing, and there is no --{0}", key));
}

// A format that is a mapping file. With every mistake in it.
Status read_mapping_file(const std::string& path, SweepConfig& config) {
  if (!path.ends_with(kMappingEnding)) return Status();
  TRY(const std::string text, read_list_file(path));
  Mistakes mistakes(path, text);
  config.mapping = read_mapping(text, mistakes);
  config.layout = config.mapping.get();
  return mistakes.empty() ? Status() : mistakes.failure();
}

// Whoever tries out rules only wants to see what they find.
bool keeps_findings(Command command) {
  return command != Command::RulesTest && command != Command::RulesBacktest &&
         command != Command::RulesDiff;
}

// What a command works with; an export takes from the lists what it finds there.
void need_lists(Command command, const SweepConfig& config, Mistakes& mistakes) {
  if (command == Command::Export) return;
  need(!config.contests.empty(), "contests", mistakes);
  need(!config.rules.empty(), "rules", mistakes);
  if (command == Command::RulesTest) return;  // a text needs no more
  need(!config.roster.empty(), "roster", mistakes);
  if (command == Command::Serve) return;
  need(!config.campaign.empty(), "campaign", mistakes);
  if (command != Command::Ingest) need(!config.records.empty(), "records", mistakes);
}

void check(const CommandLine& line, SweepConfig& config, Mistakes& mistakes) {
  need_lists(line.command, config, mistakes);
  const bool keeps = keeps_findings(line.command);
  if (!keeps) config.queue.clear();
  if (keeps && config.queue.empty() && config.flags.empty()) {
    mistakes.add({},
                 "there is neither a 'queue' nor --queue nor --flags: the findings would be lost");
  }
  if (config.queue == "none") config.queue.clear();
  if (!config.queue.empty()) {
    if (const Status url = check_review_queue_url(config.queue); !url) {
      mistakes.add({}, url.error().message);
    }
  }
  if (line.format != "auto" && !line.format.ends_with(kMappingEnding)) {
    config.layout = find_layout(line.format);
    if (config.layout == nullptr) {
      mistakes.add({}, fmt::format("unknown format '{}' after --format", line.format));
    }
  }
}

}  // namespace

std::string beside(const std::string& file, const std::string& path) {
  if (path.empty() || path == "-" || path.front() == '/') return path;
  const fs::path folder = fs::path(file).parent_path();
  return folder.empty() ? path : (folder / path).lexically_normal().string();
}

std::string sweep_file_here() {
  for (const char* const name : {"sweep.toml", "SWEEP.toml"}) {
    std::error_code error;
    if (std::filesystem::is_regular_file(name, error)) return name;
  }
  return "";
}

Result<SweepConfig> read_sweep_config(const CommandLine& line) {
  TRY(const std::string text, read_list_file(line.sweep_file));
  Mistakes mistakes(line.sweep_file, text);
  SweepConfig config;
  const std::optional<toml::table> root = parse_toml(text, mistakes);
  if (!root) return mistakes.failure();
  TomlReader file(*root, "file", mistakes);
  if (const toml::table* const table = file.table("sweep")) {
    read_file_table(*table, line.sweep_file, mistakes, config);
  } else if (!file.has("sweep")) {
    mistakes.add({}, "[sweep] is missing");
  }
  file.table("ingest");  // live sources, which only `pantau ingest` looks at
  file.tables("source");
  file.table("evidence");  // what bags are signed with (evidence_settings.h)
  file.finish();
  apply(line, config);
  check(line, config, mistakes);
  const Status mapped = read_mapping_file(line.format, config);
  if (!mapped && !mistakes.empty()) {
    return fail(Fault::Config, mistakes.report() + '\n' + mapped.error().message);
  }
  TRY_STATUS(mapped);
  if (!mistakes.empty()) return mistakes.failure();
  return config;
}

}  // namespace pantau
