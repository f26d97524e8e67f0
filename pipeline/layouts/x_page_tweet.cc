#include "pipeline/layouts/x_page_tweet.h"

#include "pipeline/layouts/html_text.h"
#include "pipeline/layouts/twitter_status.h"

namespace pantau {
namespace {

constexpr int kNestedMax = 8;

// Some come with what limits who may see them around them.
JsonNode unwrapped(JsonNode tweet) {
  return tweet["tweet"].is_object() ? tweet["tweet"] : tweet;
}

JsonNode first_text(std::initializer_list<JsonNode> texts) {
  for (const JsonNode text : texts) {
    if (text.is_string()) return text;
  }
  return {};
}

Account author_of(JsonNode tweet) {
  const JsonNode user = tweet["core"]["user_results"]["result"];
  Account author;
  author.id = id_text(user["rest_id"]);
  if (author.id.empty()) author.id = id_text(tweet["legacy"]["user_id_str"]);
  author.handle = first_text({user["core"]["screen_name"], user["legacy"]["screen_name"]}).string();
  author.name = first_text({user["core"]["name"], user["legacy"]["name"]}).string();
  return author;
}

JsonNode retweeted_in(JsonNode tweet) {
  return unwrapped(tweet["legacy"]["retweeted_status_result"]["result"]);
}

JsonNode quoted_in(JsonNode tweet) {
  return unwrapped(tweet["quoted_status_result"]["result"]);
}

Misfit read_share(JsonNode shared, std::string_view where, Record& record) {
  record.kind = Kind::Share;
  record.target = author_of(shared);
  record.object_id = id_text(shared["rest_id"]);
  return record.target.known() ? Misfit() : misfit("missing:target", where, shared["core"]);
}

Misfit read_tweet(JsonNode tweet, Record& record, Arena& arena) {
  const JsonNode legacy = tweet["legacy"];
  record.platform = "x";
  const JsonNode id = tweet["rest_id"].is_absent() ? legacy["id_str"] : tweet["rest_id"];
  if (const Misfit m = need_id(id, "data.rest_id", record.id); !m.fits()) return m;
  if (!legacy.is_object()) return misfit("missing:text", "data.legacy", legacy);
  record.actor = author_of(tweet);
  if (!record.actor.known()) {
    return misfit("missing:actor", "data.core.user_results.result", tweet["core"]);
  }
  record.url = twitter_address(record.actor.handle, record.id, arena);
  if (!set_time(record, from_twitter_time(legacy["created_at"].string(), arena))) {
    const Misfit m = need_time(legacy["created_at"], "data.legacy.created_at", record, arena);
    if (!m.fits()) return m;
  }
  if (const JsonNode shared = retweeted_in(tweet); shared.is_object()) {
    return read_share(shared, "data.legacy.retweeted_status_result.result.core", record);
  }
  const JsonNode note = tweet["note_tweet"]["note_tweet_results"]["result"]["text"];
  const JsonNode text = first_text({note, legacy["full_text"], legacy["text"]});
  if (text.is_absent()) return misfit("missing:text", "data.legacy.full_text", text);
  record.text = without_entities(text.text(), arena);
  record.object_id = id_text(legacy["in_reply_to_status_id_str"]);
  if (!record.object_id.empty()) {
    record.kind = Kind::Comment;
    record.target.id = id_text(legacy["in_reply_to_user_id_str"]);
    record.target.handle = legacy["in_reply_to_screen_name"].string();
    return {};
  }
  const JsonNode quoted = quoted_in(tweet);
  return quoted["rest_id"].is_absent()
             ? Misfit()
             : read_share(quoted, "data.quoted_status_result.result.core", record);
}

void read_nested(JsonNode tweet, int depth, Acts& acts, Arena& arena) {
  Record record;
  const Misfit misfit = read_tweet(tweet, record, arena);
  acts.add(misfit, record);
  if (depth == kNestedMax) return;
  for (const JsonNode other : {retweeted_in(tweet), quoted_in(tweet)}) {
    if (!other["rest_id"].is_absent()) read_nested(other, depth + 1, acts, arena);
  }
}

}  // namespace

void read_x_page_tweet(JsonNode tweet, Acts& acts, Arena& arena) {
  const JsonNode whole = unwrapped(tweet);
  if (whole["__typename"].string() == "TweetTombstone") return acts.not_an_act("tombstone");
  read_nested(whole, 0, acts, arena);
}

}  // namespace pantau
