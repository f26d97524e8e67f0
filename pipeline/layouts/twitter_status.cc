#include "pipeline/layouts/twitter_status.h"

#include <algorithm>

#include "pipeline/layouts/html_text.h"

namespace pantau {
namespace {

constexpr int kNestedMax = 8;

// id_str, since many programs round what is above 2^53; else the number as it is written.
Misfit need_either_id(JsonNode as_text, JsonNode as_number, std::string_view where,
                      std::string_view& id, std::string_view missing) {
  return need_id(as_text.is_absent() ? as_number : as_text, where, id, missing);
}

std::string_view either_id(JsonNode as_text, JsonNode as_number) {
  const std::string_view id = id_text(as_text);
  const std::string_view number = id.empty() ? id_text(as_number) : id;
  return is_damaged_id(number) ? std::string_view() : number;
}

Account user_of(JsonNode tweet) {
  const JsonNode user = tweet["user"];
  Account account;
  account.id = either_id(user["id_str"], user["id"]);
  account.handle = user["screen_name"].string();
  account.name = user["name"].string();
  return account;
}

// Above 140 characters the whole text stood elsewhere.
JsonNode text_in(JsonNode tweet) {
  for (const JsonNode text : {tweet["extended_tweet"]["full_text"], tweet["full_text"]}) {
    if (text.is_string()) return text;
  }
  return tweet["text"];
}

Misfit read_time(JsonNode tweet, Record& record, Arena& arena) {
  const JsonNode created = tweet["created_at"];
  if (set_time(record, from_twitter_time(created.string(), arena))) return {};
  if (set_time(record, from_unix_time(tweet["timestamp_ms"].text(), arena))) return {};
  return need_time(created, "created_at", record, arena);
}

Misfit read_share(JsonNode shared, std::string_view where, Record& record) {
  record.kind = Kind::Share;
  record.target = user_of(shared);
  record.object_id = either_id(shared["id_str"], shared["id"]);
  return record.target.known() ? Misfit() : misfit("missing:target", where, shared["user"]);
}

Misfit read_tweet(JsonNode tweet, Record& record, Arena& arena) {
  record.platform = "x";
  const Misfit id = need_either_id(tweet["id_str"], tweet["id"], "id_str", record.id, "missing:id");
  if (!id.fits()) return id;
  record.actor = user_of(tweet);
  if (!record.actor.known()) return misfit("missing:actor", "user", tweet["user"]);
  record.url = twitter_address(record.actor.handle, record.id, arena);
  if (const Misfit m = read_time(tweet, record, arena); !m.fits()) return m;
  if (tweet["retweeted_status"].is_object()) {
    return read_share(tweet["retweeted_status"], "retweeted_status.user", record);
  }
  const JsonNode text = text_in(tweet);
  if (!text.is_string()) return misfit("missing:text", "text", text);
  record.text = without_entities(text.text(), arena);
  record.object_id = either_id(tweet["in_reply_to_status_id_str"], tweet["in_reply_to_status_id"]);
  if (!record.object_id.empty()) {
    record.kind = Kind::Comment;
    record.target.id = either_id(tweet["in_reply_to_user_id_str"], tweet["in_reply_to_user_id"]);
    record.target.handle = tweet["in_reply_to_screen_name"].string();
    return {};
  }
  const JsonNode quoted = tweet["quoted_status"];
  return quoted.is_object() ? read_share(quoted, "quoted_status.user", record) : Misfit();
}

void read_nested(JsonNode tweet, int depth, Acts& acts, Arena& arena) {
  Record record;
  const Misfit misfit = read_tweet(tweet, record, arena);
  acts.add(misfit, record);
  if (depth == kNestedMax) return;
  for (const JsonNode other : {tweet["retweeted_status"], tweet["quoted_status"]}) {
    if (other.is_object()) read_nested(other, depth + 1, acts, arena);
  }
}

bool is_handle_letter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

}  // namespace

void read_twitter_status(JsonNode tweet, Acts& acts, Arena& arena) {
  read_nested(tweet, 0, acts, arena);
}

bool is_twitter_status(JsonNode object) {
  const bool has_id = !object["id_str"].is_absent() || !object["id"].is_absent();
  return has_id && object["created_at"].is_string() && object["text"].type() != JsonType::Null &&
         (object["user"]["screen_name"].is_string() || object["user"]["id_str"].is_string());
}

std::string_view twitter_address(std::string_view handle, std::string_view id, Arena& arena) {
  if (handle.empty() || id.empty()) return {};
  return join({"https://x.com/", handle, "/status/", id}, arena);
}

std::string_view retweeted_handle(std::string_view text) {
  constexpr std::string_view kSign = "RT @";
  if (!text.starts_with(kSign)) return {};
  text.remove_prefix(kSign.size());
  const auto end = std::ranges::find_if_not(text, is_handle_letter);
  const auto size = static_cast<std::size_t>(end - text.begin());
  return text.substr(size).starts_with(':') ? text.substr(0, size) : std::string_view();
}

}  // namespace pantau
