// Fields of a platform's objects, as records need them. What is not as it should be is told with
// its place in the object, so that a format that drifts is noticed at once and by name.
#pragma once

#include <string_view>
#include <vector>

#include "classifiers/base/arena.h"
#include "classifiers/model/record.h"
#include "pipeline/layouts/join.h"
#include "pipeline/layouts/json_tree.h"
#include "pipeline/layouts/layout.h"

namespace pantau {

// Why an item becomes no record. All literals.
struct Misfit {
  std::string_view reason;  // as in Reading; empty: it fits
  std::string_view where;
  std::string_view found;

  bool fits() const { return reason.empty(); }
};

// "missing", "null", "a number" …
std::string_view name_of(JsonType type);

// The field at `where` is not what it should be.
Misfit misfit(std::string_view reason, std::string_view where, JsonNode found);

// What a row holds, in order.
class Acts {
 public:
  struct Entry {
    Reading reading;
    Record record;
  };

  void clear() { entries_.clear(); }
  void add(const Record& record) { entries_.push_back({Reading::act(), record}); }
  void add(const Misfit& misfit, const Record& record);  // an act if it fits
  void add_deletion(const Record& record) { entries_.push_back({Reading::deletion(), record}); }
  void not_an_act(std::string_view what) { entries_.push_back({Reading::not_an_act(what), {}}); }
  void reject(const Misfit& misfit);

  // When it was collected, of all from the `first` on; "" is not known.
  void observed_at(std::string_view time, std::size_t first) {
    for (std::size_t i = first; i < entries_.size(); i++) entries_[i].record.observed_at = time;
  }

  const std::vector<Entry>& entries() const { return entries_; }

 private:
  std::vector<Entry> entries_;
};

// An id: a text, or a whole number with all its digits. "" if it is neither.
std::string_view id_text(JsonNode node);

// The same, required: `missing` if it is not there, "id_damaged" if a spreadsheet was at it.
Misfit need_id(JsonNode node, std::string_view where, std::string_view& id,
               std::string_view missing = "missing:id");

// Sets created_at and the record's time from a text in RFC 3339 (offsets also as +0000), or in
// seconds since 1970 (a number, or a text of digits).
Misfit need_time(JsonNode node, std::string_view where, Record& record, Arena& arena);

// As RFC 3339; "" for what is no time. `text` is in RFC 3339, perhaps with the offset's colon
// missing; `digits` are seconds or, with 13 digits, milliseconds since 1970.
std::string_view to_rfc3339(std::string_view text, Arena& arena);
std::string_view from_unix_time(std::string_view digits, Arena& arena);

// "Wed Feb 14 23:59:59 +0000 2024" as "2024-02-14T23:59:59+00:00"; "" for any other text. Whether
// it is a time at all is parse_rfc3339()'s to say.
std::string_view from_twitter_time(std::string_view text, Arena& arena);

// Sets created_at and time; false if `text` is no time.
bool set_time(Record& record, std::string_view text);

// "example.org" of "https://example.org/@ayu"; "" if it is no address.
std::string_view host_of(std::string_view url);

}  // namespace pantau
