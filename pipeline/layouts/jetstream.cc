// Bluesky's Jetstream, one event a line, as its WebSocket sends them.
//
// Both envelopes: the first, {"did", "time_us", "kind": "commit", "commit": {…}},
// and the second, {"$type": "message", "payload": {"$type": "…#commit", …}}, with
// the commit's fields in it or under "commit".
//
// An act's id is the address of its record, at://DID/COLLECTION/RKEY. That holds
// for likes and follows too, because a deletion names no more than that. For
// the same reason the deletion of a post says kind Post also if it had been a
// comment or a share: only the id tells which act it was.
//
// createdAt is written by the user's program and may be any date or nonsense; a
// nonsensical one is left out, and the server's time stands.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <initializer_list>
#include <optional>

#include "classifiers/base/time.h"
#include "pipeline/layouts/json_head.h"
#include "pipeline/layouts/json_line.h"
#include "pipeline/layouts/layouts.h"

namespace pantau {
namespace {

constexpr std::string_view kPost = "app.bsky.feed.post";
constexpr std::string_view kRepost = "app.bsky.feed.repost";
constexpr std::string_view kLike = "app.bsky.feed.like";
constexpr std::string_view kFollow = "app.bsky.graph.follow";

// An object that is looked at for its "uri" alone, or a string.
struct Reference {
  JsonField whole;
  JsonField uri;
};

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
  JsonField text;
  JsonField created_at;
  Reference subject;
  JsonField reply;
  Reference reply_parent;
  JsonField embed;
  JsonField embed_type;
  Reference embed_record;        // of app.bsky.embed.record
  Reference embed_media_record;  // of app.bsky.embed.recordWithMedia
};

void take_reference(Reference& reference, JsonValue& value) {
  value.take_object(reference.whole, [&](std::string_view key, JsonValue& field) {
    if (key == "uri") field.take(reference.uri);
  });
}

void take_embed_field(Fields& fields, std::string_view key, JsonValue& value) {
  if (key == "$type") value.take(fields.embed_type);
  if (key != "record") return;
  value.take_object(fields.embed_record.whole, [&](std::string_view inner, JsonValue& field) {
    if (inner == "uri") field.take(fields.embed_record.uri);
    if (inner == "record") take_reference(fields.embed_media_record, field);
  });
}

void take_record_field(Fields& fields, std::string_view key, JsonValue& value) {
  if (key == "text") return value.take(fields.text);
  if (key == "createdAt") return value.take(fields.created_at);
  if (key == "subject") return take_reference(fields.subject, value);
  if (key == "reply") {
    value.take_object(fields.reply, [&](std::string_view inner, JsonValue& field) {
      if (inner == "parent") take_reference(fields.reply_parent, field);
    });
  }
  if (key == "embed") {
    value.take_object(fields.embed, [&](std::string_view inner, JsonValue& field) {
      take_embed_field(fields, inner, field);
    });
  }
}

void take_commit_field(Fields& fields, std::string_view key, JsonValue& value) {
  if (key == "operation") return value.take(fields.operation);
  if (key == "collection") return value.take(fields.collection);
  if (key == "rkey") return value.take(fields.rkey);
  if (key == "record") {
    value.take_object(fields.record, [&](std::string_view inner, JsonValue& field) {
      take_record_field(fields, inner, field);
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
  const bool is_of_acts =
      collection == kPost || collection == kRepost || collection == kLike || collection == kFollow;
  return collection.empty() || is_of_acts ? "" : "collection";
}

std::string_view join(std::initializer_list<std::string_view> parts, Arena& arena) {
  std::size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  char* const joined = arena.allocate(size);
  char* out = joined;
  for (const std::string_view part : parts) out = std::copy(part.begin(), part.end(), out);
  return {joined, size};
}

// Whose record at://AUTHORITY/… is: a DID, or in old ones a handle.
Account owner_of(std::string_view uri) {
  constexpr std::string_view kScheme = "at://";
  if (!uri.starts_with(kScheme)) return {};
  uri.remove_prefix(kScheme.size());
  const std::string_view authority = uri.substr(0, uri.find('/'));
  Account owner;
  (authority.starts_with("did:") ? owner.id : owner.handle) = authority;
  return owner;
}

// The post that is quoted, if one is; lists and feeds can be embedded as well.
std::string_view quoted_post(const Fields& fields) {
  const std::string_view type = fields.embed_type.string();
  std::string_view uri;
  if (type == "app.bsky.embed.record") uri = fields.embed_record.uri.string();
  if (type == "app.bsky.embed.recordWithMedia") uri = fields.embed_media_record.uri.string();
  return uri.find("/app.bsky.feed.post/") == std::string_view::npos ? "" : uri;
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

void read_created_at(const Fields& fields, Record& record) {
  const std::optional<Instant> created = parse_rfc3339(fields.created_at.string());
  if (!created) return;
  record.created_at = fields.created_at.string();
  record.time = *created;
}

void set_target(Record& record, std::string_view uri) {
  record.target = owner_of(uri);
  record.object_id = uri;
}

std::string_view read_post(const Fields& fields, Record& record, Arena& arena) {
  if (!fields.text.is_absent() && !fields.text.is_string()) return "json";
  record.text = fields.text.string();
  record.url =
      join({"https://bsky.app/profile/", record.actor.id, "/post/", fields.rkey.text}, arena);
  if (!fields.reply.is_absent()) {
    record.kind = Kind::Comment;
    set_target(record, fields.reply_parent.uri.string());
    return record.target.known() ? "" : "missing:target";
  }
  const std::string_view quoted = quoted_post(fields);
  if (quoted.empty()) return "";
  record.kind = Kind::Share;
  set_target(record, quoted);
  return record.target.known() ? "" : "missing:target";
}

std::string_view read_follow(const Fields& fields, Record& record) {
  record.target.id = fields.subject.whole.string();
  return record.target.id.starts_with("did:") ? "" : "missing:target";
}

Kind kind_of(std::string_view collection) {
  if (collection == kRepost) return Kind::Share;
  if (collection == kLike) return Kind::Like;
  return collection == kFollow ? Kind::Follow : Kind::Post;
}

// What a deletion has as well. "" or why the event is rejected.
std::string_view read_envelope(const Fields& fields, Record& record, Arena& arena) {
  if (event_kind(fields).empty() || fields.collection.is_absent()) return "missing:kind";
  if (!fields.did.string().starts_with("did:")) return "missing:actor";
  if (!fields.rkey.is_string() || fields.rkey.text.empty()) return "missing:id";
  record.platform = "bluesky";
  record.kind = kind_of(fields.collection.string());
  record.actor.id = fields.did.text;
  record.id = join(
      {"at://", fields.did.text, "/", fields.collection.string(), "/", fields.rkey.text}, arena);
  return read_event_time(fields, record, arena);
}

std::string_view read_act(const Fields& fields, Record& record, Arena& arena) {
  if (fields.record.type != JsonType::Object) return "missing:record";
  read_created_at(fields, record);
  const std::string_view collection = fields.collection.string();
  if (collection == kPost) return read_post(fields, record, arena);
  if (collection == kFollow) return read_follow(fields, record);
  set_target(record, fields.subject.uri.string());
  return record.target.known() ? "" : "missing:target";
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
    reason = read_act(fields, record, arena);
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
