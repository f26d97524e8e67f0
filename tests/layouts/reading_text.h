// A reading as text, for golden files and for messages of failed tests.
#pragma once

#include <string>
#include <string_view>

#include "pipeline/layouts/layout.h"

namespace pantau {

inline void add_field(std::string& text, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  text += "  ";
  text += name;
  text += ": ";
  for (const char c : value) {
    if (c == '\n') {
      text += "\\n";
    } else if (c == '\r') {
      text += "\\r";
    } else if (c == '\0') {
      text += "\\0";
    } else {
      text += c;
    }
  }
  text += '\n';
}

inline std::string text_of(const Record& record) {
  std::string text;
  add_field(text, "id", record.id);
  add_field(text, "actor.id", record.actor.id);
  add_field(text, "actor.handle", record.actor.handle);
  add_field(text, "actor.name", record.actor.name);
  add_field(text, "target.id", record.target.id);
  add_field(text, "target.handle", record.target.handle);
  add_field(text, "target.name", record.target.name);
  add_field(text, "object_id", record.object_id);
  add_field(text, "text", record.text);
  add_field(text, "created_at", record.created_at);
  add_field(text, "observed_at", record.observed_at);
  add_field(text, "time", format_rfc3339(record.time));
  add_field(text, "url", record.url);
  if (record.provenance != Provenance::Export) {
    add_field(text, "provenance", name_of(record.provenance));
  }
  return text;
}

// " (data[].author_id missing)"
inline std::string where_of(const Reading& reading) {
  if (reading.where.empty()) return "";
  return " (" + std::string(reading.where) + " " + std::string(reading.found) + ")";
}

inline std::string text_of(const Reading& reading, const Record& record) {
  const std::string what =
      std::string(record.platform) + " " + std::string(name_of(record.kind)) + "\n";
  switch (reading.is) {
    case Reading::Is::Act:
      return "act " + what + text_of(record);
    case Reading::Is::Deletion:
      return "deletion " + what + text_of(record);
    case Reading::Is::NotAnAct:
      return "not an act: " + std::string(reading.reason) + "\n";
    case Reading::Is::Rejected:
      return "rejected: " + std::string(reading.reason) + where_of(reading) + "\n";
  }
  return "";
}

// Reads one line on its own, with the padding that readers may ask for.
class OneLine {
 public:
  explicit OneLine(const Layout& layout, std::string_view header = "")
      : reader_(std::move(layout.make_reader(header).value())) {}

  Reading read(std::string_view line, char behind = '\0') {
    padded_.assign(line);
    padded_.append(kChunkPaddingBytes, behind);
    record_ = Record();
    arena_.reset();
    return reader_->read(std::string_view(padded_).substr(0, line.size()), record_, arena_);
  }

  const Record& record() const { return record_; }

 private:
  std::unique_ptr<LineReader> reader_;
  std::string padded_;
  Arena arena_;
  Record record_;
};

// "" for an act, else the reason.
inline std::string reason_of(OneLine& lines, std::string_view line, char behind = '\0') {
  return std::string(lines.read(line, behind).reason);
}

}  // namespace pantau
