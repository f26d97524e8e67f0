// The record format, CONTRACT.md §2.
//
// Where several things are wrong with a line, the first of this order is told:
// utf8, depth, json, platform, kind, id, damaged ids, actor, target, text,
// created_at, observed_at. null and "" mean that a field is not given. A value
// that only describes (url, a name, a handle of another type than string, an
// unknown provenance) is left out; it is no reason to lose an act.
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "classifiers/base/time_reader.h"
#include "pipeline/layouts/json_head.h"
#include "pipeline/layouts/json_line.h"
#include "pipeline/layouts/layouts.h"

namespace pantau {
namespace {

// A value of a field; null and "" mean that it is not given.
struct Value {
  SkimType type = SkimType::Absent;
  std::string_view text;

  bool is_absent() const {
    return type == SkimType::Absent || (type == SkimType::String && text.empty());
  }
  std::string_view string() const { return type == SkimType::String ? text : std::string_view(); }
};

Value at(const SkimWalk& walk, SkimField field) {
  const auto position = static_cast<std::size_t>(field);
  if (walk.types[position] == SkimType::Absent) return {};
  const SkimValue& value = walk.values[position];
  return {walk.types[position], {value.begin, value.size}};
}

// What a parser finds of a line, by field; of the accounts also as what they are given.
struct Fields {
  std::array<JsonField, kSkimFields> values;
  JsonField actor;
  JsonField target;

  JsonField& operator[](SkimField field) { return values[static_cast<std::size_t>(field)]; }
};

struct AccountFields {
  SkimField id;
  SkimField handle;
  SkimField name;
};

void take_account(Fields& fields, JsonField& whole, const AccountFields& account,
                  JsonValue& value) {
  value.take_object(whole, [&](std::string_view key, JsonValue& field) {
    if (key == "id") return field.take(fields[account.id]);
    if (key == "handle") return field.take(fields[account.handle]);
    if (key == "name") return field.take(fields[account.name]);
  });
}

// By length first, because most keys of a line are told apart by it.
void take_field(Fields& fields, std::string_view key, JsonValue& value) {
  switch (key.size()) {
    case 2:
      if (key == "id") value.take(fields[SkimField::Id]);
      return;
    case 3:
      if (key == "url") value.take(fields[SkimField::Url]);
      return;
    case 4:
      if (key == "kind") value.take(fields[SkimField::Kind]);
      if (key == "text") value.take(fields[SkimField::Text]);
      return;
    case 5:
      if (key == "actor") {
        take_account(fields, fields.actor,
                     {SkimField::ActorId, SkimField::ActorHandle, SkimField::ActorName}, value);
      }
      return;
    case 6:
      if (key == "target") {
        take_account(fields, fields.target,
                     {SkimField::TargetId, SkimField::TargetHandle, SkimField::TargetName}, value);
      }
      return;
    case 8:
      if (key == "platform") value.take(fields[SkimField::Platform]);
      return;
    case 9:
      if (key == "object_id") value.take(fields[SkimField::ObjectId]);
      return;
    case 10:
      if (key == "created_at") value.take(fields[SkimField::CreatedAt]);
      if (key == "provenance") value.take(fields[SkimField::Provenance]);
      return;
    case 11:
      if (key == "observed_at") value.take(fields[SkimField::ObservedAt]);
      return;
    default:
      return;
  }
}

SkimType type_of(JsonType type) {
  switch (type) {
    case JsonType::Absent:
    case JsonType::Null:
      return SkimType::Absent;
    case JsonType::String:
      return SkimType::String;
    case JsonType::Number:
      return SkimType::Number;
    default:
      return SkimType::Unfit;
  }
}

// As if the line had been followed.
SkimWalk walk_of(const Fields& fields) {
  SkimWalk walk;
  for (std::size_t i = 0; i < kSkimFields; i++) {
    const JsonField& field = fields.values[i];
    walk.types[i] = type_of(field.type);
    walk.values[i] = {field.text.data(), static_cast<std::uint32_t>(field.text.size()), false};
  }
  return walk;
}

// An integer that an id may be: what fits in 64 bits, with or without sign.
// Beyond, somebody has calculated with it.
bool is_id_number(std::string_view digits) {
  std::uint64_t natural = 0;
  std::int64_t negative = 0;
  const char* const begin = digits.data();
  const char* const end = begin + digits.size();
  const std::from_chars_result read = digits.starts_with('-')
                                          ? std::from_chars(begin, end, negative)
                                          : std::from_chars(begin, end, natural);
  return read.ec == std::errc() && read.ptr == end;
}

bool is_damaged(const Value& id) {
  switch (id.type) {
    case SkimType::Absent:
      return false;
    case SkimType::String:
      return is_damaged_id(id.text);
    case SkimType::Number:
      return !is_id_number(id.text);
    default:
      return true;
  }
}

bool needs_id(Kind kind) {
  return kind == Kind::Post || kind == Kind::Comment;
}

bool needs_target(Kind kind) {
  return kind != Kind::Post;
}

bool needs_created_at(Kind kind) {
  return kind == Kind::Post || kind == Kind::Comment || kind == Kind::Share;
}

// "" or why there is none.
std::string_view read_platform_and_kind(const SkimWalk& walk, Record& record) {
  const Value platform = at(walk, SkimField::Platform);
  if (platform.is_absent()) return "missing:platform";
  record.platform = platform.string();
  if (!is_platform_name(record.platform)) return "platform";
  const Value kind = at(walk, SkimField::Kind);
  if (kind.is_absent()) return "missing:kind";
  const std::optional<Kind> known = kind_named(kind.string());
  if (!known) return "kind";
  record.kind = *known;
  return "";
}

// A target that only has a name does for an act that has a key without it.
bool has_target(const Record& record) {
  if (record.target.known()) return true;
  return !record.target.name.empty() && (!record.id.empty() || !record.object_id.empty());
}

std::string_view read_ids_and_accounts(const SkimWalk& walk, Record& record) {
  const Value id = at(walk, SkimField::Id);
  const Value actor = at(walk, SkimField::ActorId);
  const Value target = at(walk, SkimField::TargetId);
  const Value object = at(walk, SkimField::ObjectId);
  if (needs_id(record.kind) && id.is_absent()) return "missing:id";
  if (is_damaged(id) || is_damaged(actor) || is_damaged(target) || is_damaged(object)) {
    return "id_damaged";
  }
  record.id = id.text;
  record.object_id = object.text;
  record.actor = {actor.text, at(walk, SkimField::ActorHandle).string(),
                  at(walk, SkimField::ActorName).string()};
  record.target = {target.text, at(walk, SkimField::TargetHandle).string(),
                   at(walk, SkimField::TargetName).string()};
  if (!record.actor.known()) return "missing:actor";
  if (needs_target(record.kind) && !has_target(record)) return "missing:target";
  return "";
}

std::string_view read_times(const SkimWalk& walk, TimeReader& times, Record& record) {
  std::optional<Instant> created;
  const Value created_at = at(walk, SkimField::CreatedAt);
  if (!created_at.is_absent()) {
    record.created_at = created_at.string();
    created = times.read(record.created_at);
    if (!created) return "time";
  } else if (needs_created_at(record.kind)) {
    return "missing:created_at";
  }
  const Value observed_at = at(walk, SkimField::ObservedAt);
  if (observed_at.is_absent()) return "missing:observed_at";
  record.observed_at = observed_at.string();
  const std::optional<Instant> observed = times.read(record.observed_at);
  if (!observed) return "time";
  record.time = created ? *created : *observed;
  return "";
}

std::string_view read_record(const SkimWalk& walk, TimeReader& times, Record& record) {
  std::string_view reason = read_platform_and_kind(walk, record);
  if (reason.empty()) reason = read_ids_and_accounts(walk, record);
  if (!reason.empty()) return reason;
  const Value text = at(walk, SkimField::Text);
  if (!text.is_absent() && text.type != SkimType::String) return "json";
  record.text = text.text;
  record.url = at(walk, SkimField::Url).string();
  record.provenance =
      provenance_named(at(walk, SkimField::Provenance).string()).value_or(Provenance::Export);
  return read_times(walk, times, record);
}

// Reads in the way that was learned from other lines, and where that does not lead to the end, as
// any JSON.
class PantauReader final : public LineReader {
 public:
  LineSkimmer* skimmer() override { return &skimmer_; }

  Reading read(std::string_view line, Record& record, Arena& arena) override {
    const std::string_view object = object_in(line);
    SkimWalk walk;
    if (object.empty() || !skimmer_.skim(object, walk)) return parse(line, record, arena);
    return read_skimmed(line, walk, record, arena);
  }

  Reading read_skimmed(std::string_view line, SkimWalk& walk, Record& record,
                       Arena& arena) override {
    if (!skimmer_.read_on(object_in(line), walk) || !unescape(walk, arena)) {
      return parse(line, record, arena);
    }
    const bool sound = !walk.beyond_ascii || JsonLine::is_utf8(line);
    return reading(sound ? read_record(walk, times_, record) : "utf8");
  }

 private:
  Reading parse(std::string_view line, Record& record, Arena& arena) {
    Fields fields;
    const std::string_view reason =
        json_.read(line, arena,
                   [&](std::string_view key, JsonValue& value) { take_field(fields, key, value); });
    if (!reason.empty()) return reading(reason);
    return reading(read_record(walk_of(fields), times_, record));
  }

  static Reading reading(std::string_view reason) {
    return reason.empty() ? Reading::act() : Reading::rejected(reason);
  }

  // False if some escape is none, or in a value that nobody will look at.
  bool unescape(SkimWalk& walk, Arena& arena) {
    if (!walk.escaped) return true;
    if (walk.other_escaped) return false;
    for (std::size_t i = 0; i < kSkimFields; i++) {
      SkimValue& value = walk.values[i];
      if (walk.types[i] == SkimType::Absent || !value.escaped) continue;
      std::string_view text(value.begin, value.size);
      if (!json_.unescape(text, arena, text)) return false;
      value = {text.data(), static_cast<std::uint32_t>(text.size()), false};
    }
    return true;
  }

  LineSkimmer skimmer_;
  JsonLine json_;
  TimeReader times_;
};

class PantauLayout final : public Layout {
 public:
  std::string_view name() const override { return "pantau"; }
  Framing framing() const override { return Framing::Lines; }
  bool recognises(std::string_view head) const override {
    return std::ranges::any_of(json_head_lines(head), [](const HeadLine& line) {
      return line.has("platform") && line.has("kind") && line.has("actor");
    });
  }

  Result<std::unique_ptr<LineReader>> make_reader(std::string_view) const override {
    return std::make_unique<PantauReader>();
  }
};

}  // namespace

const Layout& pantau_layout() {
  static const PantauLayout layout;
  return layout;
}

}  // namespace pantau
