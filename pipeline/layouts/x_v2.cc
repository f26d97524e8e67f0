// X's API v2 as twarc writes it: a page a line, with the users and tweets that it refers to in
// "includes"; flattened, a tweet a line with those put into it; or lines of a filtered stream.
//
// A tweet says only as much as somebody asked for. Without its author it is nobody's act and is
// told as such. Pages of users are acts by where they were asked from, which twarc notes:
// followers, and the tweets that somebody liked. Who liked or shared a tweet is listed without
// whose it is.
#include <algorithm>
#include <array>
#include <optional>

#include "pipeline/layouts/html_text.h"
#include "pipeline/layouts/item_layout.h"
#include "pipeline/layouts/layouts.h"
#include "pipeline/layouts/twitter_status.h"

namespace pantau {
namespace {

// "/2/users/12/followers": what was asked for, and of whom.
struct Question {
  std::string_view what;
  std::string_view id;
};

Question question_of(std::string_view url) {
  constexpr std::string_view kVersion = "/2/";
  const std::size_t version = url.find(kVersion);
  if (version == std::string_view::npos) return {};
  url = url.substr(0, url.find('?')).substr(version + kVersion.size());
  const std::size_t first = url.find('/');
  const std::size_t second = url.find('/', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return {};
  return {url.substr(second + 1), url.substr(first + 1, second - first - 1)};
}

// A page, or a flattened line, which refers to nothing.
struct Page {
  explicit Page(JsonNode page)
      : users(page["includes"]["users"]),
        tweets(page["includes"]["tweets"]),
        question(question_of(page["__twarc"]["url"].string())),
        retrieved_at(page["__twarc"]["retrieved_at"]) {}

  Account user(std::string_view id, JsonNode embedded) const {
    const JsonNode found = embedded.is_object() ? embedded : users.find(id);
    return {id, found["username"].string(), found["name"].string()};
  }

  NodesById users;
  NodesById tweets;
  Question question;
  JsonNode retrieved_at;
};

// What a tweet refers to: its kind, and the tweet itself if it is at hand.
struct Reference {
  std::string_view type;
  std::string_view id;
  JsonNode tweet;
};

std::optional<Reference> reference_in(const Page& page, JsonNode tweet, std::string_view type) {
  for (const JsonNode reference : tweet["referenced_tweets"]) {
    if (reference["type"].string() != type) continue;
    const std::string_view id = id_text(reference["id"]);
    const bool is_embedded = !reference["text"].is_absent();
    return Reference{type, id, is_embedded ? reference : page.tweets.find(id)};
  }
  return std::nullopt;
}

Account author_of(const Page& page, JsonNode tweet) {
  return page.user(id_text(tweet["author_id"]), tweet["author"]);
}

// Long ones stand elsewhere.
JsonNode text_in(JsonNode tweet) {
  const JsonNode note = tweet["note_tweet"]["text"];
  return note.is_string() ? note : tweet["text"];
}

void read_reference(const Page& page, JsonNode tweet, Record& record) {
  if (const auto shared = reference_in(page, tweet, "retweeted")) {
    record.kind = Kind::Share;
    record.object_id = shared->id;
    record.target = author_of(page, shared->tweet);
    if (!record.target.known()) record.target.handle = retweeted_handle(record.text);
    record.text = {};  // the words of another, and cut off
    return;
  }
  if (const auto answered = reference_in(page, tweet, "replied_to")) {
    record.kind = Kind::Comment;
    record.object_id = answered->id;
    const std::string_view id = id_text(tweet["in_reply_to_user_id"]);
    record.target =
        id.empty() ? author_of(page, answered->tweet) : page.user(id, tweet["in_reply_to_user"]);
    return;
  }
  const auto quoted = reference_in(page, tweet, "quoted");
  if (!quoted) return;
  // Whose the quoted tweet is may not be known; then it is still what its author wrote.
  const Account author = author_of(page, quoted->tweet);
  if (!author.known()) return;
  record.kind = Kind::Share;
  record.object_id = quoted->id;
  record.target = author;
}

Misfit read_tweet(const Page& page, JsonNode tweet, Record& record, Arena& arena) {
  record.platform = "x";
  if (const Misfit m = need_id(tweet["id"], "data[].id", record.id); !m.fits()) return m;
  const JsonNode author = tweet["author_id"];
  std::string_view author_id;
  const Misfit acted = need_id(author, "data[].author_id", author_id, "missing:actor");
  if (!acted.fits()) return acted;
  record.actor = author_of(page, tweet);
  record.url = twitter_address(record.actor.handle, record.id, arena);
  const JsonNode text = text_in(tweet);
  if (!text.is_string()) return misfit("missing:text", "data[].text", text);
  record.text = without_entities(text.text(), arena);
  read_reference(page, tweet, record);
  if (record.kind == Kind::Share && !record.target.known()) {
    return {"missing:target", "data[].referenced_tweets[]", "not included"};
  }
  return need_time(tweet["created_at"], "data[].created_at", record, arena);
}

// What was asked for says what it means that a user or tweet was found.
Misfit read_found(const Page& page, Record& record, Arena& arena) {
  record.platform = "x";
  const Misfit timed = need_time(page.retrieved_at, "__twarc.retrieved_at", record, arena);
  record.observed_at = record.created_at;
  record.created_at = {};
  return timed;
}

void read_liked(const Page& page, JsonNode tweet, Acts& acts, Arena& arena) {
  Record record;
  Misfit misfit = read_found(page, record, arena);
  record.kind = Kind::Like;
  record.actor = page.user(page.question.id, {});
  record.target = author_of(page, tweet);
  record.object_id = id_text(tweet["id"]);
  if (misfit.fits() && !record.target.known()) {
    misfit = pantau::misfit("missing:target", "data[].author_id", tweet["author_id"]);
  }
  acts.add(misfit, record);
}

void read_user(const Page& page, JsonNode user, Acts& acts, Arena& arena) {
  const std::string_view asked = page.question.what;
  if (asked == "liking_users" || asked == "retweeted_by") {
    return acts.reject(
        {"missing:target",
         asked == "retweeted_by" ? "data[] of retweeted_by" : "data[] of liking_users",
         "without the tweet's author"});
  }
  if (asked != "followers" && asked != "following") return acts.not_an_act("user");
  Record record;
  const Misfit misfit = read_found(page, record, arena);
  const Account found{id_text(user["id"]), user["username"].string(), user["name"].string()};
  const Account asked_for{page.question.id, {}, {}};
  record.kind = Kind::Follow;
  record.actor = asked == "followers" ? found : asked_for;
  record.target = asked == "followers" ? asked_for : found;
  acts.add(misfit, record);
}

bool is_user(JsonNode object) {
  return object["username"].is_string() && object["text"].is_absent();
}

void add_tweet(const Page& page, JsonNode object, Acts& acts, Arena& arena) {
  Record record;
  const Misfit misfit = read_tweet(page, object, record, arena);
  acts.add(misfit, record);
  // Flattened, the tweets that it refers to are in it.
  for (const JsonNode reference : object["referenced_tweets"]) {
    if (reference["text"].is_absent()) continue;
    Record referred;
    const Misfit fits = read_tweet(page, reference, referred, arena);
    acts.add(fits, referred);
  }
}

void read_object(const Page& page, JsonNode object, Acts& acts, Arena& arena) {
  if (!object.is_object()) return acts.reject(misfit("json", "data[]", object));
  if (is_user(object)) return read_user(page, object, acts, arena);
  if (page.question.what == "liked_tweets") read_liked(page, object, acts, arena);
  add_tweet(page, object, acts, arena);
}

bool is_page(JsonNode item) {
  return item["data"].is_object() || item["data"].is_array() ||
         (item["meta"].is_object() && item["text"].is_absent());
}

class XV2Layout final : public ItemLayout {
 public:
  std::string_view name() const override { return "x-v2"; }

 protected:
  bool knows(JsonNode item) const override {
    const JsonNode data = item["data"].is_array() ? item["data"].first() : item["data"];
    const JsonNode object = data.is_object() ? data : item;
    const bool is_tweet =
        object["text"].is_string() && object["id"].is_string() &&
        (object["author_id"].is_string() || object["edit_history_tweet_ids"].is_array() ||
         item["matching_rules"].is_array());
    return is_tweet || item["__twarc"]["url"].is_string() ||
           (is_user(object) && object["id"].is_string() && item["meta"].is_object());
  }

  void read_item(JsonNode item, JsonNode, Acts& acts, Arena& arena) const override {
    const Page page(item);
    if (!is_page(item)) {
      const bool is_error = item["id"].is_absent() && item["errors"].is_array();
      if (!is_error) read_object(page, item, acts, arena);
    } else if (item["data"].is_object()) {
      read_object(page, item["data"], acts, arena);
    } else {
      for (const JsonNode object : item["data"]) read_object(page, object, acts, arena);
    }
    for (const JsonNode tweet : item["includes"]["tweets"]) add_tweet(page, tweet, acts, arena);
    // With an answer that is not whole come errors: tweets that were deleted, accounts suspended.
    for ([[maybe_unused]] const JsonNode error : item["errors"]) acts.not_an_act("error");
  }
};

}  // namespace

const Layout& x_v2_layout() {
  static const XV2Layout layout;
  return layout;
}

}  // namespace pantau
