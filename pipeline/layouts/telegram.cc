// Telegram Desktop's exports, result.json: of one chat or channel, or of all of an account's. They
// have gigabytes, so messages are cut out one by one, with what stands around them of their chat.
//
// Only what is said in groups and channels is an act; a conversation of two is nobody's business.
// A message has a number in its chat alone, so its id is CHAT/NUMBER. A user is known by his number
// (exports write user123 or 123), a channel by "channel" and its number. "date" is the clock of
// whose machine it was and says no zone; date_unixtime is an instant, and an export from before
// 2021 that lacks it can be read through a mapping file that names the zone.
#include <array>

#include "pipeline/layouts/item_layout.h"
#include "pipeline/layouts/layouts.h"

namespace pantau {
namespace {

constexpr std::string_view kPlatform = "telegram";

std::string_view without_prefix(std::string_view id, std::string_view prefix) {
  return id.starts_with(prefix) ? id.substr(prefix.size()) : id;
}

Account account_of(JsonNode id, JsonNode name) {
  Account account;
  account.id = without_prefix(id_text(id), "user");
  if (is_damaged_id(account.id)) account.id = {};
  account.name = name.string();
  return account;
}

bool is_conversation(JsonNode chat) {
  const std::string_view type = chat["type"].string();
  return type == "personal_chat" || type == "bot_chat" || type == "saved_messages";
}

bool is_channel(JsonNode chat) {
  return chat["type"].string().ends_with("_channel");
}

// A text, or an array of texts and of objects that mark links, names and the like.
std::string_view words_of(JsonNode text, Arena& arena) {
  if (!text.is_array()) return text.string();
  std::size_t size = 0;
  for (const JsonNode part : text) size += (part.is_object() ? part["text"] : part).string().size();
  char* const joined = arena.allocate(size);
  char* out = joined;
  for (const JsonNode part : text) {
    const std::string_view words = (part.is_object() ? part["text"] : part).string();
    out = std::copy(words.begin(), words.end(), out);
  }
  return {joined, size};
}

Misfit read_time(JsonNode message, Record& record, Arena& arena) {
  const JsonNode instant = message["date_unixtime"];
  if (!instant.is_absent()) return need_time(instant, "messages[].date_unixtime", record, arena);
  const JsonNode date = message["date"];
  if (date.is_absent()) return misfit("missing:created_at", "messages[].date_unixtime", instant);
  if (set_time(record, to_rfc3339(date.string(), arena))) return {};
  return {"time", "messages[].date", "without a zone"};
}

Misfit read_envelope(JsonNode message, JsonNode chat, Record& record, Arena& arena) {
  record.platform = kPlatform;
  std::string_view number;
  std::string_view chat_id;
  const Misfit of_message = need_id(message["id"], "messages[].id", number);
  if (!of_message.fits()) return of_message;
  if (const Misfit m = need_id(chat["id"], "id", chat_id); !m.fits()) return m;
  record.id = join({chat_id, "/", number}, arena);
  return read_time(message, record, arena);
}

// A channel's own posts have no author of their own in some exports.
Account author_of(JsonNode message, JsonNode chat, Arena& arena) {
  Account author = account_of(message["from_id"], message["from"]);
  if (!author.known() && is_channel(chat)) {
    author.id = join({"channel", id_text(chat["id"])}, arena);
    author.name = chat["name"].string();
  }
  return author;
}

Misfit read_message(JsonNode message, JsonNode chat, Record& record, Arena& arena) {
  if (const Misfit m = read_envelope(message, chat, record, arena); !m.fits()) return m;
  record.actor = author_of(message, chat, arena);
  if (!record.actor.known())
    return misfit("missing:actor", "messages[].from_id", message["from_id"]);
  const JsonNode text = message["text"];
  if (!text.is_string() && !text.is_array()) {
    return misfit("missing:text", "messages[].text", text);
  }
  const JsonNode forwarded = message["forwarded_from"];
  const JsonNode forwarded_id = message["forwarded_from_id"];
  if (!forwarded.is_absent() || !forwarded_id.is_absent()) {
    record.kind = Kind::Share;  // the words of another
    record.target = account_of(forwarded_id, forwarded);
    return {};
  }
  record.text = words_of(text, arena);
  const std::string_view answered = id_text(message["reply_to_message_id"]);
  if (answered.empty()) return {};
  record.kind = Kind::Comment;
  record.object_id = join({id_text(chat["id"]), "/", answered}, arena);
  if (is_channel(chat)) record.target = {join({"channel", id_text(chat["id"])}, arena), {}, {}};
  return {};
}

// Reactions whose givers are named: likes of the message, of a time that has no zone.
void read_reactions(JsonNode message, const Record& liked, Acts& acts) {
  for (const JsonNode reaction : message["reactions"]) {
    for (const JsonNode giver : reaction["recent"]) {
      Record like;
      like.platform = kPlatform;
      like.kind = Kind::Like;
      like.actor = account_of(giver["from_id"], giver["from"]);
      like.target = liked.actor;
      like.object_id = liked.id;
      like.time = liked.time;
      if (like.actor.known()) {
        acts.add(like);
      } else {
        acts.reject(
            misfit("missing:actor", "messages[].reactions[].recent[].from_id", giver["from_id"]));
      }
    }
  }
}

// Whoever joined by himself follows the group; being added by another is no act of one's own.
void read_service(JsonNode message, JsonNode chat, Acts& acts, Arena& arena) {
  const std::string_view action = message["action"].string();
  if (action != "join_group_by_link" && action != "join_group_by_request") {
    return acts.not_an_act("service");
  }
  Record record;
  Misfit misfit = read_envelope(message, chat, record, arena);
  record.kind = Kind::Follow;
  record.actor = account_of(message["actor_id"], message["actor"]);
  record.target = {id_text(chat["id"]), {}, chat["name"].string()};
  if (misfit.fits() && !record.actor.known()) {
    misfit = pantau::misfit("missing:actor", "messages[].actor_id", message["actor_id"]);
  }
  acts.add(misfit, record);
}

class TelegramLayout final : public ItemLayout {
 public:
  std::string_view name() const override { return "telegram"; }

  DocumentArrays arrays() const override {
    static constexpr std::array<std::string_view, 3> kArrays = {
        "messages[]", "chats.list[].messages[]", "left_chats.list[].messages[]"};
    return kArrays;
  }

 protected:
  bool knows(JsonNode item) const override {
    const bool is_message = item["type"].is_string() && !item["date"].is_absent() &&
                            !item["text"].is_absent() && item["created_at"].is_absent();
    // All of an account's, before its first chat.
    const bool is_account = item["personal_information"].is_object() && item["about"].is_string();
    return is_message || is_account;
  }

  void read_item(JsonNode item, JsonNode chat, Acts& acts, Arena& arena) const override {
    if (item["type"].is_absent() && item["messages"].is_absent() && item["about"].is_string()) {
      return acts.not_an_act("account");
    }
    if (is_conversation(chat)) return acts.not_an_act("not_public");
    const std::string_view type = item["type"].string();
    if (type == "service") return read_service(item, chat, acts, arena);
    if (type == "unsupported") return acts.not_an_act("unsupported");
    if (type != "message") return acts.reject(misfit("kind", "messages[].type", item["type"]));
    Record record;
    const Misfit misfit = read_message(item, chat, record, arena);
    acts.add(misfit, record);
    if (misfit.fits()) read_reactions(item, record, acts);
  }
};

}  // namespace

const Layout& telegram_layout() {
  static const TelegramLayout layout;
  return layout;
}

}  // namespace pantau
