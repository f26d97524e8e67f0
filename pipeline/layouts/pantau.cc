// The record format, CONTRACT.md §2.
//
// Where several things are wrong with a line, the first of this order is told:
// utf8, depth, json, platform, kind, id, damaged ids, actor, target, text,
// created_at, observed_at. null and "" mean that a field is not given. A value
// that only describes (url, a name, a handle of another type than string, an
// unknown provenance) is left out; it is no reason to lose an act.
#include <algorithm>
#include <charconv>
#include <optional>

#include "classifiers/base/time.h"
#include "pipeline/layouts/json_head.h"
#include "pipeline/layouts/json_line.h"
#include "pipeline/layouts/layouts.h"

namespace pantau {
namespace {

struct AccountFields {
  JsonField whole;
  JsonField id;
  JsonField handle;
  JsonField name;
};

struct Fields {
  JsonField platform;
  JsonField kind;
  JsonField id;
  AccountFields actor;
  AccountFields target;
  JsonField object_id;
  JsonField text;
  JsonField created_at;
  JsonField observed_at;
  JsonField url;
  JsonField provenance;
};

void take_account_field(AccountFields& account, std::string_view key, JsonValue& value) {
  if (key == "id") return value.take(account.id);
  if (key == "handle") return value.take(account.handle);
  if (key == "name") return value.take(account.name);
}

void take_account(AccountFields& account, JsonValue& value) {
  value.take_object(account.whole, [&account](std::string_view key, JsonValue& field) {
    take_account_field(account, key, field);
  });
}

// By length first, because most keys of a line are told apart by it.
void take_field(Fields& fields, std::string_view key, JsonValue& value) {
  switch (key.size()) {
    case 2:
      if (key == "id") value.take(fields.id);
      return;
    case 3:
      if (key == "url") value.take(fields.url);
      return;
    case 4:
      if (key == "kind") value.take(fields.kind);
      if (key == "text") value.take(fields.text);
      return;
    case 5:
      if (key == "actor") take_account(fields.actor, value);
      return;
    case 6:
      if (key == "target") take_account(fields.target, value);
      return;
    case 8:
      if (key == "platform") value.take(fields.platform);
      return;
    case 9:
      if (key == "object_id") value.take(fields.object_id);
      return;
    case 10:
      if (key == "created_at") value.take(fields.created_at);
      if (key == "provenance") value.take(fields.provenance);
      return;
    case 11:
      if (key == "observed_at") value.take(fields.observed_at);
      return;
    default:
      return;
  }
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

bool is_damaged(const JsonField& id) {
  switch (id.type) {
    case JsonType::Absent:
    case JsonType::Null:
      return false;
    case JsonType::String:
      return is_damaged_id(id.text);
    case JsonType::Number:
      return !is_id_number(id.text);
    default:
      return true;
  }
}

std::string_view id_text(const JsonField& id) {
  return id.is_absent() ? std::string_view() : id.text;
}

Account account_of(const AccountFields& fields) {
  return {id_text(fields.id), fields.handle.string(), fields.name.string()};
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
std::string_view read_platform_and_kind(const Fields& fields, Record& record) {
  if (fields.platform.is_absent()) return "missing:platform";
  record.platform = fields.platform.string();
  if (!is_platform_name(record.platform)) return "platform";
  if (fields.kind.is_absent()) return "missing:kind";
  const std::optional<Kind> kind = kind_named(fields.kind.string());
  if (!kind) return "kind";
  record.kind = *kind;
  return "";
}

// A target that only has a name does for an act that has a key without it.
bool has_target(const Record& record) {
  if (record.target.known()) return true;
  return !record.target.name.empty() && (!record.id.empty() || !record.object_id.empty());
}

std::string_view read_ids_and_accounts(const Fields& fields, Record& record) {
  if (needs_id(record.kind) && fields.id.is_absent()) return "missing:id";
  for (const JsonField* id : {&fields.id, &fields.actor.id, &fields.target.id, &fields.object_id}) {
    if (is_damaged(*id)) return "id_damaged";
  }
  record.id = id_text(fields.id);
  record.object_id = id_text(fields.object_id);
  record.actor = account_of(fields.actor);
  record.target = account_of(fields.target);
  if (!record.actor.known()) return "missing:actor";
  if (needs_target(record.kind) && !has_target(record)) return "missing:target";
  return "";
}

std::string_view read_times(const Fields& fields, Record& record) {
  std::optional<Instant> created;
  if (!fields.created_at.is_absent()) {
    record.created_at = fields.created_at.string();
    created = parse_rfc3339(record.created_at);
    if (!created) return "time";
  } else if (needs_created_at(record.kind)) {
    return "missing:created_at";
  }
  if (fields.observed_at.is_absent()) return "missing:observed_at";
  record.observed_at = fields.observed_at.string();
  const std::optional<Instant> observed = parse_rfc3339(record.observed_at);
  if (!observed) return "time";
  record.time = created ? *created : *observed;
  return "";
}

std::string_view read_record(const Fields& fields, Record& record) {
  std::string_view reason = read_platform_and_kind(fields, record);
  if (reason.empty()) reason = read_ids_and_accounts(fields, record);
  if (!reason.empty()) return reason;
  if (!fields.text.is_absent() && !fields.text.is_string()) return "json";
  record.text = fields.text.string();
  record.url = fields.url.string();
  record.provenance = provenance_named(fields.provenance.string()).value_or(Provenance::Export);
  return read_times(fields, record);
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
    Fields fields;
    if (!skimmer_.read_on(object_in(line), walk) || !take_fields(walk, arena, fields)) {
      return parse(line, record, arena);
    }
    const std::string_view reason = JsonLine::is_utf8(line) ? read_record(fields, record) : "utf8";
    return reason.empty() ? Reading::act() : Reading::rejected(reason);
  }

 private:
  Reading parse(std::string_view line, Record& record, Arena& arena) {
    Fields fields;
    std::string_view reason = json_.read(line, arena, [&](std::string_view key, JsonValue& value) {
      take_field(fields, key, value);
    });
    if (reason.empty()) reason = read_record(fields, record);
    return reason.empty() ? Reading::act() : Reading::rejected(reason);
  }

  // False if some escape is none, or in a value that nobody will look at.
  bool take_fields(const SkimWalk& walk, Arena& arena, Fields& fields) {
    if (walk.values[static_cast<std::size_t>(SkimField::Other)].escaped) return false;
    const auto take = [&](SkimField from, JsonField& field) {
      const SkimValue& value = walk.values[static_cast<std::size_t>(from)];
      if (value.begin == nullptr) return true;
      field.text = {value.begin, value.size};
      field.type = value.begin[-1] == '"' ? JsonType::String : JsonType::Number;
      return !value.escaped || json_.unescape(field.text, arena, field.text);
    };
    return take(SkimField::Platform, fields.platform) && take(SkimField::Kind, fields.kind) &&
           take(SkimField::Id, fields.id) && take(SkimField::ActorId, fields.actor.id) &&
           take(SkimField::ActorHandle, fields.actor.handle) &&
           take(SkimField::ActorName, fields.actor.name) &&
           take(SkimField::TargetId, fields.target.id) &&
           take(SkimField::TargetHandle, fields.target.handle) &&
           take(SkimField::TargetName, fields.target.name) &&
           take(SkimField::ObjectId, fields.object_id) && take(SkimField::Text, fields.text) &&
           take(SkimField::CreatedAt, fields.created_at) &&
           take(SkimField::ObservedAt, fields.observed_at) && take(SkimField::Url, fields.url) &&
           take(SkimField::Provenance, fields.provenance);
  }

  LineSkimmer skimmer_;
  JsonLine json_;
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
