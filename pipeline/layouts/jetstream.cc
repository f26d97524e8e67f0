// Bluesky's Jetstream, one event a line, as its WebSocket sends them.
//
// Both envelopes: the first, {"did", "time_us", "kind": "commit", "commit": {…}},
// and the second, {"$type": "message", "payload": {"$type": "…#commit", …}}, with
// the commit's fields in it or under "commit".
#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

#include "classifiers/base/time.h"
#include "pipeline/layouts/bluesky_record.h"
#include "pipeline/layouts/json_head.h"
#include "pipeline/layouts/json_line.h"
#include "pipeline/layouts/layouts.h"

namespace pantau {
namespace {

struct Fields {
  JsonField frame_type;
  JsonField payload;
  JsonField payload_type;
  JsonField did;
  JsonField time_us;
  JsonField time;
  JsonField kind;
  JsonField commit;
  JsonField operation;
  JsonField collection;
  JsonField rkey;
  JsonField record;
  BlueskyFields act;
};

void take_commit_field(Fields& fields, std::string_view key, JsonValue& value) {
  if (key == "operation") return value.take(fields.operation);
  if (key == "collection") return value.take(fields.collection);
  if (key == "rkey") return value.take(fields.rkey);
  if (key == "record") {
    value.take_object(fields.record, [&](std::string_view inner, JsonValue& field) {
      fields.act.take(inner, field);
    });
  }
}

void take_event_field(Fields& fields, std::string_view key, JsonValue& value) {
  if (key == "did") return value.take(fields.did);
  if (key == "time_us") return value.take(fields.time_us);
  if (key == "time") return value.take(fields.time);
  if (key == "kind") return value.take(fields.kind);
  if (key == "commit") {
    value.take_object(fields.commit, [&](std::string_view inner, JsonValue& field) {
      take_commit_field(fields, inner, field);
    });
    return;
  }
  take_commit_field(fields, key, value);
}

void take_frame_field(Fields& fields, std::string_view key, JsonValue& value) {
  if (key == "$type") return value.take(fields.frame_type);
  if (key == "payload") {
    value.take_object(fields.payload, [&](std::string_view inner, JsonValue& field) {
      if (inner == "$type") return field.take(fields.payload_type);
      take_event_field(fields, inner, field);
    });
    return;
  }
  take_event_field(fields, key, value);
}

// "commit", "identity", "account" … of either envelope.
std::string_view event_kind(const Fields& fields) {
  const std::string_view type = fields.payload_type.string();
  const std::size_t hash = type.find('#');
  return hash == std::string_view::npos ? fields.kind.string() : type.substr(hash + 1);
}

// Why the event is not about an act; "" if it is.
std::string_view not_an_act(const Fields& fields) {
  const std::string_view kind = event_kind(fields);
  if (kind == "identity") return "identity";
  if (kind == "account") return "account";
  if (kind.empty() && fields.frame_type.string() == "error") return "error";
  if (!kind.empty() && kind != "commit") return "other";
  const std::string_view collection = fields.collection.string();
  return collection.empty() || is_bluesky_act(collection) ? "" : "collection";
}

// The server's time. "" or why there is none.
std::string_view read_event_time(const Fields& fields, Record& record, Arena& arena) {
  if (fields.time_us.is_absent()) {
    if (fields.time.is_absent()) return "missing:observed_at";
    record.observed_at = fields.time.string();
  } else {
    std::int64_t microseconds = 0;
    const std::string_view digits = fields.time_us.text;
    const char* const end = digits.data() + digits.size();
    const std::from_chars_result read = std::from_chars(digits.data(), end, microseconds);
    constexpr std::int64_t kYear9999 = 253'402'300'799'999'999;  // the last that has four digits
    if (read.ec != std::errc() || read.ptr != end || microseconds < 0 || microseconds > kYear9999) {
      return "time";
    }
    record.observed_at =
        arena.keep(format_rfc3339(Instant(std::chrono::microseconds(microseconds))));
  }
  const std::optional<Instant> observed = parse_rfc3339(record.observed_at);
  if (!observed) return "time";
  record.time = *observed;
  return "";
}

BlueskyAddress address_of(const Fields& fields) {
  return {fields.did.string(), fields.collection.string(), fields.rkey.string()};
}

// What a deletion has as well. "" or why the event is rejected.
std::string_view read_envelope(const Fields& fields, Record& record, Arena& arena) {
  if (event_kind(fields).empty() || fields.collection.is_absent()) return "missing:kind";
  if (!fields.did.string().starts_with("did:")) return "missing:actor";
  if (!fields.rkey.is_string() || fields.rkey.text.empty()) return "missing:id";
  read_bluesky_address(address_of(fields), record, arena);
  return read_event_time(fields, record, arena);
}

class JetstreamReader final : public LineReader {
 public:
  Reading read(std::string_view line, Record& record, Arena& arena) override {
    Fields fields;
    std::string_view reason = json_.read(line, arena, [&](std::string_view key, JsonValue& value) {
      take_frame_field(fields, key, value);
    });
    if (!reason.empty()) return Reading::rejected(reason);
    const std::string_view what = not_an_act(fields);
    if (!what.empty()) return Reading::not_an_act(what);
    reason = read_envelope(fields, record, arena);
    if (!reason.empty()) return Reading::rejected(reason);
    const std::string_view operation = fields.operation.string();
    if (operation == "delete") return Reading::deletion();
    if (operation != "create" && operation != "update") {
      return Reading::rejected("missing:operation");
    }
    if (fields.record.type != JsonType::Object) return Reading::rejected("missing:record");
    reason = read_bluesky_record(fields.act, address_of(fields), record, arena);
    return reason.empty() ? Reading::act() : Reading::rejected(reason);
  }

 private:
  JsonLine json_;
};

class JetstreamLayout final : public Layout {
 public:
  std::string_view name() const override { return "jetstream"; }
  Framing framing() const override { return Framing::Lines; }

  bool recognises(std::string_view head) const override {
    return std::ranges::any_of(json_head_lines(head), [](const HeadLine& line) {
      const bool is_first =
          line.has("time_us") && line.has("kind") && line.string("did").starts_with("did:");
      return is_first || (line.string("$type") == "message" && line.has("payload"));
    });
  }

  Result<std::unique_ptr<LineReader>> make_reader(std::string_view) const override {
    return std::make_unique<JetstreamReader>();
  }
};

}  // namespace

const Layout& jetstream_layout() {
  static const JetstreamLayout layout;
  return layout;
}

}  // namespace pantau
