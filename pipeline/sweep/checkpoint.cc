#include "pipeline/sweep/checkpoint.h"

#include <simdjson.h>

#include <array>
#include <utility>

#include "pipeline/output/json_writer.h"

namespace pantau {
namespace {

using Number = std::uint64_t;

// The counts that are kept, by the names of the summary's JSON.
std::array<std::pair<std::string_view, Number*>, 9> numbers_of(SweepSummary& summary) {
  return {{{"lines", &summary.lines},
           {"records", &summary.records},
           {"skimmed", &summary.skimmed},
           {"blank", &summary.blank},
           {"further", &summary.further},
           {"deletions", &summary.deletions},
           {"bytes", &summary.bytes},
           {"flags", &summary.flags},
           {"repeats", &summary.repeats}}};
}

std::array<std::pair<std::string_view, Counts*>, 5> counts_of(SweepSummary& summary) {
  return {{{"not_acts", &summary.not_acts},
           {"rejected", &summary.rejected},
           {"unmapped", &summary.unmapped},
           {"by_rule", &summary.by_rule},
           {"by_candidate", &summary.by_candidate}}};
}

void write_number(JsonWriter& json, std::string_view key, Number value) {
  json.key(key);
  json.number(value);
}

void write_counts(JsonWriter& json, std::string_view key, const Counts& counts) {
  json.key(key);
  json.begin_object();
  for (const auto& [name, count] : counts) write_number(json, name, count);
  json.end_object();
}

void write_files(JsonWriter& json, const std::vector<SummaryFile>& files) {
  json.key("files");
  json.begin_array();
  for (const SummaryFile& file : files) {
    json.begin_object();
    json.key("name");
    json.string(file.name);
    json.key("layout");
    json.string(file.layout);
    write_number(json, "bytes", file.bytes);
    write_number(json, "lines", file.lines);
    json.key("notes");
    json.begin_array();
    for (const std::string& note : file.notes) json.string(note);
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

using simdjson::dom::element;
using simdjson::dom::object;

void read_counts(const object& from, Counts& counts) {
  for (const auto& field : from) {
    Number count = 0;
    if (!field.value.get(count)) counts[std::string(field.key)] = count;
  }
}

bool read_files(const element& from, std::vector<SummaryFile>& files) {
  simdjson::dom::array array;
  if (from["files"].get(array)) return false;
  for (const element each : array) {
    std::string_view name;
    std::string_view layout;
    simdjson::dom::array notes;
    SummaryFile file;
    if (each["name"].get(name) || each["layout"].get(layout) || each["bytes"].get(file.bytes) ||
        each["lines"].get(file.lines) || each["notes"].get(notes)) {
      return false;
    }
    file.name = name;
    file.layout = layout;
    for (const element note : notes) {
      std::string_view text;
      if (!note.get(text)) file.notes.emplace_back(text);
    }
    files.push_back(std::move(file));
  }
  return true;
}

bool read_statistics(const element& from, SweepSummary& summary) {
  for (const auto& [key, number] : numbers_of(summary)) {
    if (from[key].get(*number)) return false;
  }
  for (const auto& [key, counts] : counts_of(summary)) {
    object fields;
    if (from[key].get(fields)) return false;
    read_counts(fields, *counts);
  }
  object levels;
  if (from["by_level"].get(levels) || from["seconds"].get(summary.seconds)) return false;
  for (const auto& field : levels) {
    const std::optional<Level> level = level_named(field.key);
    Number count = 0;
    if (level && !field.value.get(count)) summary.by_level[*level] = count;
  }
  return read_files(from, summary.files);
}

bool read_position(const element& from, SweepPosition& position) {
  std::uint64_t file = 0;
  FilePosition& in_file = position.input.in_file;
  if (from["file"].get(file) || from["offset"].get(in_file.offset) ||
      from["line"].get(in_file.line) || from["flags_bytes"].get(position.flags_bytes) ||
      from["rejects_bytes"].get(position.rejects_bytes)) {
    return false;
  }
  position.input.file = static_cast<std::uint32_t>(file);
  return true;
}

}  // namespace

Checkpoint make_checkpoint(const SweepPosition& position, const SweepSummary& summary) {
  Checkpoint checkpoint;
  JsonWriter where(checkpoint.position);
  where.begin_object();
  write_number(where, "file", position.input.file);
  write_number(where, "offset", position.input.in_file.offset);
  write_number(where, "line", position.input.in_file.line);
  write_number(where, "flags_bytes", position.flags_bytes);
  write_number(where, "rejects_bytes", position.rejects_bytes);
  where.end_object();

  SweepSummary copy = summary;
  JsonWriter json(checkpoint.statistics);
  json.begin_object();
  for (const auto& [key, number] : numbers_of(copy)) write_number(json, key, *number);
  for (const auto& [key, counts] : counts_of(copy)) write_counts(json, key, *counts);
  json.key("by_level");
  json.begin_object();
  for (const auto& [level, count] : summary.by_level) write_number(json, name_of(level), count);
  json.end_object();
  json.key("seconds");
  json.number(summary.seconds);
  write_files(json, summary.files);
  json.end_object();
  return checkpoint;
}

bool read_checkpoint(const Checkpoint& checkpoint, SweepPosition& position, SweepSummary& summary) {
  simdjson::dom::parser parser;
  element root;
  if (parser.parse(checkpoint.position).get(root) || !read_position(root, position)) return false;
  return !parser.parse(checkpoint.statistics).get(root) && read_statistics(root, summary);
}

}  // namespace pantau
