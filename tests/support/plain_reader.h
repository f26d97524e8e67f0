// The record format once more, the slow and obvious way: each line parsed as a whole by a library
// and asked for its fields one by one. Written from CONTRACT.md §2 and the README; where several
// things are wrong, the order in which they are told is that of pipeline/layouts/pantau.cc.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "classifiers/model/record.h"

namespace pantau {

struct PlainAccount {
  std::string id;
  std::string handle;
  std::string name;

  bool known() const { return !id.empty() || !handle.empty(); }
  Account view() const { return {id, handle, name}; }
  friend bool operator==(const PlainAccount&, const PlainAccount&) = default;
};

// A record that owns what it shows.
struct PlainRecord {
  Kind kind = Kind::Post;
  std::string provenance = "export";
  std::string platform;
  std::string id;
  PlainAccount actor;
  PlainAccount target;
  std::string object_id;
  std::string text;
  std::string created_at;
  std::string observed_at;
  std::string url;
  Instant time;

  // Points into this record.
  Record view() const;
  friend bool operator==(const PlainRecord&, const PlainRecord&) = default;
};

// All of it, for messages of failed tests and to compare what two readers say.
std::string to_text(const PlainRecord& record);

PlainRecord plain_record(const Record& record);

struct PlainReading {
  std::string reason;  // as in CONTRACT.md §2; "" for a record
  PlainRecord record;
  bool unsure = false;  // see PlainLine
};

PlainReading read_plainly(std::string_view line);

// RFC 3339, CONTRACT.md §2; nothing for any other text.
std::optional<Instant> plain_time(const std::string& text);

// Whether an id is in floating or scientific form: what a spreadsheet leaves of a long number.
bool is_plainly_damaged(const std::string& id);

// CONTRACT.md §9: platform/kind/id, or platform/kind/<actor>/<object or target>.
std::string plain_key(const PlainRecord& record);

}  // namespace pantau
