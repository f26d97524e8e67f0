#include "pipeline/layouts/jetstream_event.h"

#include <charconv>
#include <chrono>

#include "classifiers/base/time.h"
#include "pipeline/layouts/bluesky_record.h"

namespace pantau {
namespace {

struct Fields {
  JsonField frame_type;
  JsonField payload;
  JsonField payload_type;
  JsonField did;
  JsonField time_us;
  JsonField seq;
  JsonField time;
  JsonField kind;
  JsonField commit;
  JsonField identity;
  JsonField handle;
  JsonField account;
  JsonField active;
  JsonField status;
  JsonField operation;
  JsonField rev;
  JsonField collection;
  JsonField rkey;
  JsonField record;
  BlueskyFields act;
};

void take_commit_field(Fields& fields, std::string_view key, JsonValue& value) {
  if (key == "operation") return value.take(fields.operation);
  if (key == "rev") return value.take(fields.rev);
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
  if (key == "seq") return value.take(fields.seq);
  if (key == "commit") {
    value.take_object(fields.commit, [&](std::string_view inner, JsonValue& field) {
      take_commit_field(fields, inner, field);
    });
    return;
  }
  if (key == "identity") {
    value.take_object(fields.identity, [&](std::string_view inner, JsonValue& field) {
      if (inner == "handle") field.take(fields.handle);
    });
    return;
  }
  if (key == "account") {
    value.take_object(fields.account, [&](std::string_view inner, JsonValue& field) {
      if (inner == "active") field.take(fields.active);
      if (inner == "status") field.take(fields.status);
    });
    return;
  }
  if (key == "handle") return value.take(fields.handle);
  if (key == "active") return value.take(fields.active);
  if (key == "status") return value.take(fields.status);
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

constexpr std::int64_t kYear9999 = 253'402'300'799'999'999;  // the last that has four digits

// By the server's clock; nothing if it is not there or no time.
std::optional<Instant> server_time_of(const Fields& fields) {
  if (fields.time_us.is_absent()) return parse_rfc3339(fields.time.string());
  std::int64_t microseconds = 0;
  const std::string_view digits = fields.time_us.text;
  const char* const end = digits.data() + digits.size();
  const std::from_chars_result read = std::from_chars(digits.data(), end, microseconds);
  if (read.ec != std::errc() || read.ptr != end || microseconds < 0 || microseconds > kYear9999) {
    return std::nullopt;
  }
  return Instant(std::chrono::microseconds(microseconds));
}

// "" or why there is no time.
std::string_view read_event_time(const Fields& fields, JetstreamEvent& event, Arena& arena) {
  if (fields.time_us.is_absent() && fields.time.is_absent()) return "missing:observed_at";
  if (!event.time) return "time";
  event.record.observed_at =
      fields.time_us.is_absent() ? fields.time.string() : arena.keep(format_rfc3339(*event.time));
  event.record.time = *event.time;
  return "";
}

BlueskyAddress address_of(const Fields& fields) {
  return {fields.did.string(), fields.collection.string(), fields.rkey.string()};
}

// What a deletion has as well. "" or why the event is rejected.
std::string_view read_envelope(const Fields& fields, JetstreamEvent& event, Arena& arena) {
  if (event_kind(fields).empty() || fields.collection.is_absent()) return "missing:kind";
  if (!fields.did.string().starts_with("did:")) return "missing:actor";
  if (!fields.rkey.is_string() || fields.rkey.text.empty()) return "missing:id";
  read_bluesky_address(address_of(fields), event.record, arena);
  return read_event_time(fields, event, arena);
}

// A record's revision begins with the microsecond in which its own server made it: 13 letters of
// 5 bits, the last 10 bits of which tell apart what is of one microsecond.
constexpr std::string_view kRevisionLetters = "234567abcdefghijklmnopqrstuvwxyz";
constexpr std::size_t kRevisionSize = 13;

Reading read_act(const Fields& fields, JetstreamEvent& event, Arena& arena) {
  std::string_view reason = read_envelope(fields, event, arena);
  if (!reason.empty()) return Reading::rejected(reason);
  const std::string_view operation = fields.operation.string();
  if (operation == "delete") return Reading::deletion();
  if (operation != "create" && operation != "update") {
    return Reading::rejected("missing:operation");
  }
  if (fields.record.type != JsonType::Object) return Reading::rejected("missing:record");
  reason = read_bluesky_record(fields.act, address_of(fields), event.record, arena);
  return reason.empty() ? Reading::act() : Reading::rejected(reason);
}

void read_event(const Fields& fields, JetstreamEvent& event) {
  event.kind = event_kind(fields);
  event.did = fields.did.string();
  event.handle = fields.handle.string();
  event.is_inactive = fields.active.text == "false";
  event.status = fields.status.string();
  event.is_update = fields.operation.string() == "update";
  event.revision = fields.rev.string();
  event.seq = fields.seq.text;
}

}  // namespace

Reading JetstreamEvents::read(std::string_view line, JetstreamEvent& event, Arena& arena) {
  Fields fields;
  const std::string_view reason = json_.read(
      line, arena,
      [&](std::string_view key, JsonValue& value) { take_frame_field(fields, key, value); });
  if (!reason.empty()) return Reading::rejected(reason);
  read_event(fields, event);
  event.time = server_time_of(fields);
  const std::string_view what = not_an_act(fields);
  if (!what.empty()) return Reading::not_an_act(what);
  return read_act(fields, event, arena);
}

std::optional<Instant> time_of_revision(std::string_view revision) {
  if (revision.size() != kRevisionSize) return std::nullopt;
  std::uint64_t bits = 0;
  for (const char c : revision) {
    const std::size_t value = kRevisionLetters.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 5 | value;
  }
  constexpr int kClockBits = 10;
  const auto microseconds = static_cast<std::int64_t>(bits >> kClockBits);
  if (microseconds > kYear9999) return std::nullopt;
  return Instant(std::chrono::microseconds(microseconds));
}

}  // namespace pantau
