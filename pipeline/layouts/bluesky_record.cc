#include "pipeline/layouts/bluesky_record.h"

#include <algorithm>
#include <optional>

#include "classifiers/base/time.h"

namespace pantau {
namespace {

constexpr std::string_view kScheme = "at://";

void take_reference(BlueskyFields::Reference& reference, JsonValue& value) {
  value.take_object(reference.whole, [&](std::string_view key, JsonValue& field) {
    if (key == "uri") field.take(reference.uri);
  });
}

void take_embed_field(BlueskyFields& fields, std::string_view key, JsonValue& value) {
  if (key == "$type") value.take(fields.embed_type);
  if (key != "record") return;
  value.take_object(fields.embed_record.whole, [&](std::string_view inner, JsonValue& field) {
    if (inner == "uri") field.take(fields.embed_record.uri);
    if (inner == "record") take_reference(fields.embed_media_record, field);
  });
}

// The post that is quoted, if one is; lists and feeds can be embedded as well.
std::string_view quoted_post(const BlueskyFields& fields) {
  const std::string_view type = fields.embed_type.string();
  std::string_view uri;
  if (type == "app.bsky.embed.record") uri = fields.embed_record.uri.string();
  if (type == "app.bsky.embed.recordWithMedia") uri = fields.embed_media_record.uri.string();
  return uri.find("/app.bsky.feed.post/") == std::string_view::npos ? "" : uri;
}

void read_created_at(const BlueskyFields& fields, Record& record) {
  const std::optional<Instant> created = parse_rfc3339(fields.created_at.string());
  if (!created) return;
  record.created_at = fields.created_at.string();
  record.time = *created;
}

void set_target(Record& record, std::string_view uri) {
  record.target = bluesky_owner_of(uri);
  record.object_id = uri;
}

std::string_view read_post(const BlueskyFields& fields, std::string_view rkey, Record& record,
                           Arena& arena) {
  if (!fields.text.is_absent() && !fields.text.is_string()) return "json";
  record.text = fields.text.string();
  record.url = join({"https://bsky.app/profile/", record.actor.id, "/post/", rkey}, arena);
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

std::string_view read_follow(const BlueskyFields& fields, Record& record) {
  record.target.id = fields.subject.whole.string();
  return record.target.id.starts_with("did:") ? "" : "missing:target";
}

Kind kind_of(std::string_view collection) {
  if (collection == kBlueskyRepost) return Kind::Share;
  if (collection == kBlueskyLike) return Kind::Like;
  return collection == kBlueskyFollow ? Kind::Follow : Kind::Post;
}

}  // namespace

bool is_bluesky_act(std::string_view collection) {
  return collection == kBlueskyPost || collection == kBlueskyRepost || collection == kBlueskyLike ||
         collection == kBlueskyFollow;
}

void BlueskyFields::take(std::string_view key, JsonValue& value) {
  if (key == "text") return value.take(text);
  if (key == "createdAt") return value.take(created_at);
  if (key == "subject") return take_reference(subject, value);
  if (key == "reply") {
    value.take_object(reply, [this](std::string_view inner, JsonValue& field) {
      if (inner == "parent") take_reference(reply_parent, field);
    });
  }
  if (key == "embed") {
    value.take_object(embed, [this](std::string_view inner, JsonValue& field) {
      take_embed_field(*this, inner, field);
    });
  }
}

BlueskyAddress bluesky_address_of(std::string_view uri) {
  if (!uri.starts_with(kScheme)) return {};
  uri.remove_prefix(kScheme.size());
  const std::size_t did_end = uri.find('/');
  if (did_end == std::string_view::npos) return {};
  const std::size_t collection_end = uri.find('/', did_end + 1);
  if (collection_end == std::string_view::npos) return {};
  return {uri.substr(0, did_end), uri.substr(did_end + 1, collection_end - did_end - 1),
          uri.substr(collection_end + 1)};
}

void read_bluesky_address(const BlueskyAddress& address, Record& record, Arena& arena) {
  record.platform = "bluesky";
  record.kind = kind_of(address.collection);
  record.actor.id = address.did;
  record.id = join({kScheme, address.did, "/", address.collection, "/", address.rkey}, arena);
}

std::string_view read_bluesky_record(const BlueskyFields& fields, const BlueskyAddress& address,
                                     Record& record, Arena& arena) {
  read_created_at(fields, record);
  if (address.collection == kBlueskyPost) return read_post(fields, address.rkey, record, arena);
  if (address.collection == kBlueskyFollow) return read_follow(fields, record);
  set_target(record, fields.subject.uri.string());
  return record.target.known() ? "" : "missing:target";
}

Account bluesky_owner_of(std::string_view uri) {
  if (!uri.starts_with(kScheme)) return {};
  uri.remove_prefix(kScheme.size());
  const std::string_view authority = uri.substr(0, uri.find('/'));
  Account owner;
  (authority.starts_with("did:") ? owner.id : owner.handle) = authority;
  return owner;
}

}  // namespace pantau
