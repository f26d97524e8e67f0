#include "pipeline/output/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "pipeline/output/human.h"
#include "pipeline/output/json_writer.h"

namespace pantau {
namespace {

void write_counts(JsonWriter& json, std::string_view key, const Counts& counts) {
  json.key(key);
  json.begin_object();
  for (const auto& [name, count] : counts) {
    json.key(name);
    json.number(count);
  }
  json.end_object();
}

void write_strings(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  json.key(key);
  json.begin_array();
  for (const std::string& text : texts) json.string(text);
  json.end_array();
}

void write_number(JsonWriter& json, std::string_view key, std::uint64_t number) {
  json.key(key);
  json.number(number);
}

void write_files(JsonWriter& json, const std::vector<SummaryFile>& files) {
  json.key("files");
  json.begin_array();
  for (const SummaryFile& file : files) {
    json.begin_object();
    json.key("name");
    json.string(file.name);
    write_number(json, "bytes", file.bytes);
    write_number(json, "lines", file.lines);
    json.key("layout");
    json.string(file.layout);
    write_strings(json, "notes", file.notes);
    json.end_object();
  }
  json.end_array();
}

void write_queue(JsonWriter& json, const std::optional<SummaryQueue>& queue) {
  json.key("queue");
  if (!queue) {
    json.null();
    return;
  }
  json.begin_object();
  write_number(json, "open", queue->open);
  write_number(json, "held", queue->held);
  write_number(json, "known", queue->known);
  write_number(json, "deleted", queue->deleted);
  json.end_object();
}

void write_levels(JsonWriter& json, const std::map<Level, std::uint64_t>& levels) {
  json.key("by_level");
  json.begin_object();
  for (const auto& [level, count] : levels) write_number(json, name_of(level), count);
  json.end_object();
}

// The table: rows of a label, a number and a remark; a row without a number is a heading.
struct Row {
  std::string label;
  std::string number;
  std::string remark;
};

constexpr std::size_t kFilesShownMax = 20;
constexpr std::size_t kCandidatesShownMax = 20;
constexpr std::size_t kLabelColumnsMax = 48;  // a longer label stands out and moves no other

// "json 10, time 2"
std::string listed(const Counts& counts) {
  std::string text;
  for (const auto& [name, count] : counts) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, format_count(count));
  }
  return text;
}

std::string joined(const std::vector<std::string>& texts) {
  return fmt::format("{}", fmt::join(texts, "; "));
}

std::vector<std::pair<std::string, std::uint64_t>> most_first(const Counts& counts) {
  std::vector<std::pair<std::string, std::uint64_t>> sorted(counts.begin(), counts.end());
  std::ranges::stable_sort(sorted,
                           [](const auto& a, const auto& b) { return a.second > b.second; });
  return sorted;
}

void add_and_more(std::vector<Row>& rows, std::size_t all, std::size_t shown_max) {
  if (all > shown_max) {
    rows.push_back({fmt::format("  and {} more", format_count(all - shown_max)), "", ""});
  }
}

void add_files(std::vector<Row>& rows, const std::vector<SummaryFile>& files) {
  rows.push_back({"Files", format_count(files.size()), ""});
  for (std::size_t i = 0; i < std::min(files.size(), kFilesShownMax); i++) {
    const SummaryFile& file = files[i];
    std::string remark = fmt::format("lines of {}, {}", file.layout, format_bytes(file.bytes));
    if (!file.notes.empty()) remark += "; " + joined(file.notes);
    rows.push_back({"  " + file.name, format_count(file.lines), remark});
  }
  add_and_more(rows, files.size(), kFilesShownMax);
}

void add_lines(std::vector<Row>& rows, const SweepSummary& summary) {
  const std::string rate =
      format_rate(static_cast<double>(summary.records) / summary.seconds) + " records/s";
  rows.push_back({"Lines", format_count(summary.lines), format_bytes(summary.bytes)});
  rows.push_back({"  records", format_count(summary.records), rate});
  rows.push_back({"    of these skimmed", format_count(summary.skimmed),
                  summary.skimmed == 0 ? "" : "no subject acts in them"});
  rows.push_back({"  not acts", format_count(total(summary.not_acts)), listed(summary.not_acts)});
  rows.push_back({"  deletions", format_count(summary.deletions), ""});
  rows.push_back({"  rejected", format_count(total(summary.rejected)), listed(summary.rejected)});
  if (!summary.unmapped.empty()) {
    rows.push_back(
        {"    of these unmapped", format_count(total(summary.unmapped)), listed(summary.unmapped)});
  }
  rows.push_back({"  blank", format_count(summary.blank), ""});
  if (summary.further > 0) {
    rows.push_back({"  above what are lines", format_count(summary.further),
                    "of lines that hold more than one act"});
  }
  if (!adds_up(summary)) rows.push_back({"  THESE NUMBERS DO NOT ADD UP", "", ""});
}

void add_flags(std::vector<Row>& rows, const SweepSummary& summary) {
  rows.push_back({"Subjects seen", format_count(summary.subjects_seen), ""});
  rows.push_back({"Flags", format_count(summary.flags),
                  "a flag is a suspicion (dugaan) until people have decided"});
  for (auto level = summary.by_level.rbegin(); level != summary.by_level.rend(); ++level) {
    rows.push_back({fmt::format("  {}", name_of(level->first)), format_count(level->second), ""});
  }
  rows.push_back({"Repeated flags", format_count(summary.repeats), ""});
  if (!summary.by_rule.empty()) rows.push_back({"Flags by rule", "", ""});
  for (const auto& [rule, count] : most_first(summary.by_rule)) {
    rows.push_back({"  " + rule, format_count(count), ""});
  }
  if (!summary.by_candidate.empty()) rows.push_back({"Flags by contest/candidate", "", ""});
  const auto candidates = most_first(summary.by_candidate);
  for (std::size_t i = 0; i < std::min(candidates.size(), kCandidatesShownMax); i++) {
    rows.push_back({"  " + candidates[i].first, format_count(candidates[i].second), ""});
  }
  add_and_more(rows, candidates.size(), kCandidatesShownMax);
}

void add_queue(std::vector<Row>& rows, const std::optional<SummaryQueue>& queue) {
  if (!queue) {
    rows.push_back({"Review queue", "none", ""});
    return;
  }
  rows.push_back({"Review queue", "", ""});
  rows.push_back({"  open", format_count(queue->open), "new, wait for review"});
  rows.push_back({"  held", format_count(queue->held), "new, above a rule's flags_per_day_max"});
  rows.push_back({"  known", format_count(queue->known), "were in the queue already"});
  rows.push_back({"  deleted", format_count(queue->deleted), "marked: their authors deleted them"});
}

std::string aligned(const std::vector<Row>& rows) {
  std::size_t label_columns = 0;
  std::size_t number_columns = 0;
  for (const Row& row : rows) {
    if (row.number.empty()) continue;  // nothing stands beside a heading
    const std::size_t columns = columns_of(row.label);
    if (columns <= kLabelColumnsMax) label_columns = std::max(label_columns, columns);
    number_columns = std::max(number_columns, columns_of(row.number));
  }
  std::string table;
  for (const Row& row : rows) {
    const std::size_t line_start = table.size();
    table += row.label;
    if (!row.number.empty()) {
      const std::size_t columns = columns_of(row.label) + columns_of(row.number);
      const std::size_t wanted = label_columns + number_columns;
      table.append(2 + (columns < wanted ? wanted - columns : 0), ' ');
      table += row.number;
    }
    if (!row.remark.empty()) table += "  " + row.remark;
    // What came from outside must not move the cursor; the line ends are ours.
    table.replace(line_start, std::string::npos, printable(table.substr(line_start)));
    table += '\n';
  }
  return table;
}

}  // namespace

std::uint64_t total(const Counts& counts) {
  std::uint64_t sum = 0;
  for (const auto& [name, count] : counts) sum += count;
  return sum;
}

bool adds_up(const SweepSummary& summary) {
  return summary.lines + summary.further == summary.records + total(summary.not_acts) +
                                                summary.deletions + total(summary.rejected) +
                                                summary.blank &&
         summary.skimmed <= summary.records;
}

std::string to_json(const SweepSummary& summary) {
  std::string text;
  JsonWriter json(text, JsonStyle::Pretty);
  json.begin_object();
  json.key("sweep");
  json.string(summary.sweep);
  json.key("mandate");
  json.string(summary.mandate);
  json.key("started");
  json.string(format_rfc3339(summary.started));
  json.key("finished");
  json.boolean(summary.finished);
  json.key("resumed");
  json.boolean(summary.resumed);
  write_files(json, summary.files);
  write_number(json, "lines", summary.lines);
  write_number(json, "records", summary.records);
  write_number(json, "skimmed", summary.skimmed);
  write_counts(json, "not_acts", summary.not_acts);
  write_number(json, "deletions", summary.deletions);
  write_counts(json, "rejected", summary.rejected);
  write_counts(json, "unmapped", summary.unmapped);
  write_number(json, "blank", summary.blank);
  write_number(json, "further", summary.further);
  write_number(json, "bytes", summary.bytes);
  write_number(json, "subjects_seen", summary.subjects_seen);
  write_number(json, "flags", summary.flags);
  write_number(json, "repeats", summary.repeats);
  write_levels(json, summary.by_level);
  write_counts(json, "by_rule", summary.by_rule);
  write_counts(json, "by_candidate", summary.by_candidate);
  write_queue(json, summary.queue);
  json.key("seconds");
  json.number(std::round(summary.seconds * 1000) / 1000);
  write_number(json, "threads", summary.threads);
  write_strings(json, "notes", summary.notes);
  json.end_object();
  text += '\n';
  return text;
}

std::string to_table(const SweepSummary& summary) {
  std::vector<Row> rows;
  rows.push_back({fmt::format("Sweep {}, mandate {}", summary.sweep, summary.mandate), "", ""});
  rows.push_back(
      {fmt::format("{}{} in {} with {} thread{}: {}",
                   summary.finished ? "Finished" : "Stopped before the end",
                   summary.resumed ? " (went on where an earlier run had stopped)" : "",
                   format_duration(summary.seconds), summary.threads,
                   summary.threads == 1 ? "" : "s",
                   format_gigabytes(static_cast<double>(summary.bytes) / summary.seconds)),
       "", ""});
  add_files(rows, summary.files);
  add_lines(rows, summary);
  add_flags(rows, summary);
  add_queue(rows, summary.queue);
  if (!summary.notes.empty()) rows.push_back({"Notes", "", ""});
  for (const std::string& note : summary.notes) rows.push_back({"  " + note, "", ""});
  return aligned(rows);
}

}  // namespace pantau
