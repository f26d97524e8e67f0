#include "pipeline/layouts/mastodon_status.h"

#include <algorithm>
#include <array>

#include "pipeline/layouts/html_text.h"

namespace pantau {
namespace {

constexpr std::string_view kPlatform = "mastodon";
constexpr int kNestedMax = 8;  // a share of a quote of a quote …

bool is_public(JsonNode status) {
  const std::string_view visibility = status["visibility"].string();
  return visibility != "direct" && visibility != "private";
}

// The quoted status: Mastodon 4.5 has it one level deeper than others.
JsonNode quoted_in(JsonNode status) {
  const JsonNode quote = status["quote"];
  return quote["quoted_status"].is_object() ? quote["quoted_status"] : quote;
}

std::string_view words_of(JsonNode status, Arena& arena) {
  const std::string_view text = text_of_html(status["content"].string(), arena);
  const std::string_view warning = status["spoiler_text"].string();
  return warning.empty() ? text : join({warning, "\n", text}, arena);
}

// Whom a reply answers: it names no more than a number, and whose that is stands among the
// accounts that it mentions, or it is its author's own.
Account replied_account(JsonNode status, const Account& author, Arena& arena) {
  const std::string_view id = id_text(status["in_reply_to_account_id"]);
  if (id.empty()) return {};
  if (id == id_text(status["account"]["id"])) return author;
  for (const JsonNode mention : status["mentions"]) {
    if (id_text(mention["id"]) == id) return read_mastodon_account(mention, arena);
  }
  return {};
}

// What is the same for all that a status can be.
Misfit read_envelope(JsonNode status, Record& record, Arena& arena) {
  record.platform = kPlatform;
  if (const Misfit m = need_id(status["uri"], "uri", record.id); !m.fits()) return m;
  record.actor = read_mastodon_account(status["account"], arena);
  if (!record.actor.known())
    return misfit("missing:actor", "account.acct", status["account"]["acct"]);
  record.url = status["url"].string();
  return need_time(status["created_at"], "created_at", record, arena);
}

Misfit read_status(JsonNode status, Record& record, Arena& arena) {
  if (const Misfit m = read_envelope(status, record, arena); !m.fits()) return m;
  const JsonNode shared = status["reblog"];
  if (shared.is_object()) {
    record.kind = Kind::Share;
    record.target = read_mastodon_account(shared["account"], arena);
    record.object_id = shared["uri"].string();
    return record.target.known()
               ? Misfit()
               : misfit("missing:target", "reblog.account.acct", shared["account"]["acct"]);
  }
  if (!status["content"].is_string()) return misfit("missing:text", "content", status["content"]);
  record.text = words_of(status, arena);
  if (!status["in_reply_to_id"].is_absent()) {
    record.kind = Kind::Comment;
    record.object_id = id_text(status["in_reply_to_id"]);
    record.target = replied_account(status, record.actor, arena);
    return {};
  }
  const JsonNode quoted = quoted_in(status);
  if (!quoted["account"].is_object()) return {};
  record.kind = Kind::Share;
  record.target = read_mastodon_account(quoted["account"], arena);
  record.object_id = quoted["uri"].string();
  return {};
}

void read_nested(JsonNode status, int depth, Acts& acts, Arena& arena) {
  if (!is_public(status)) return acts.not_an_act("not_public");
  Record record;
  const Misfit misfit = read_status(status, record, arena);
  acts.add(misfit, record);
  if (depth == kNestedMax) return;
  for (const JsonNode other : {status["reblog"], quoted_in(status)}) {
    if (is_mastodon_status(other)) read_nested(other, depth + 1, acts, arena);
  }
}

// Somebody liked or shared (which of them, and when, is in `record`) a status, which is at hand.
void read_reaction(JsonNode who, JsonNode status, Record record, Acts& acts, Arena& arena) {
  if (!is_public(status)) return acts.not_an_act("not_public");
  record.platform = kPlatform;
  record.actor = read_mastodon_account(who, arena);
  record.target = read_mastodon_account(status["account"], arena);
  record.object_id = status["uri"].string();
  if (!record.actor.known())
    return acts.reject(misfit("missing:actor", "account.acct", who["acct"]));
  if (!record.target.known()) {
    return acts.reject(misfit("missing:target", "status.account.acct", status["account"]["acct"]));
  }
  acts.add(record);
}

// Grouped, a page has each account and status once, and groups that name them by number.
struct GroupedPage {
  NodesById accounts;
  NodesById statuses;
};

// The time is that of a group's last reaction, so no more than when all of them had been seen.
void read_group(const GroupedPage& page, JsonNode group, Acts& acts, Arena& arena) {
  const std::string_view type = group["type"].string();
  if (type != "favourite" && type != "reblog") return acts.not_an_act("notification");
  const JsonNode status = page.statuses.find(id_text(group["status_id"]));
  if (status.is_absent()) {
    return acts.reject(misfit("missing:object_id", "notification_groups[].status_id", status));
  }
  Record record;
  const JsonNode time = group["latest_page_notification_at"];
  const Misfit timed =
      need_time(time, "notification_groups[].latest_page_notification_at", record, arena);
  if (!timed.fits()) return acts.reject(timed);
  record.observed_at = record.created_at;
  record.created_at = {};
  record.kind = type == "reblog" ? Kind::Share : Kind::Like;
  for (const JsonNode id : group["sample_account_ids"]) {
    read_reaction(page.accounts.find(id_text(id)), status, record, acts, arena);
  }
}

bool is_page(JsonNode object) {
  return object["ancestors"].is_array() || object["descendants"].is_array() ||
         object["statuses"].is_array() || object["notification_groups"].is_array();
}

void read_page(JsonNode page, Acts& acts, Arena& arena) {
  for (const std::string_view name : {"ancestors", "statuses", "descendants"}) {
    for (const JsonNode status : page[name]) read_mastodon_status(status, acts, arena);
  }
  const GroupedPage grouped{NodesById(page["accounts"]), NodesById(page["statuses"])};
  for (const JsonNode group : page["notification_groups"]) read_group(grouped, group, acts, arena);
}

// A status that lacks what makes it one is told by what is missing, since that is how a change of
// the format would begin.
bool was_meant_as_status(JsonNode object) {
  const bool has_address = !object["uri"].is_absent() || !object["url"].is_absent();
  return has_address && (!object["content"].is_absent() || !object["reblogs_count"].is_absent() ||
                         object["in_reply_to_id"].type() != JsonType::Absent);
}

// What else its API answers with, by a field that only it has.
std::string_view name_of_other(JsonNode object) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kOthers = {
      {{"error", "error"},
       {"acct", "account"},
       {"accounts", "account"},
       {"followed_by", "relationship"},
       {"history", "tag"},
       {"domain", "instance"},
       {"short_description", "instance"},
       {"replies_policy", "list"},
       {"spoiler_text", "revision"}}};
  for (const auto& [field, name] : kOthers) {
    if (!object[field].is_absent()) return name;
  }
  return object.begin() == object.end() ? "empty" : "";
}

}  // namespace

Account read_mastodon_account(JsonNode account, Arena& arena) {
  Account result;
  const std::string_view acct = account["acct"].string();
  if (acct.empty()) return result;
  result.name = account["display_name"].string();
  std::string_view host = host_of(account["url"].string());
  if (host.empty()) host = host_of(account["uri"].string());
  const bool is_whole = acct.substr(1).find('@') != std::string_view::npos || host.empty();
  result.handle = is_whole ? acct : join({acct, "@", host}, arena);
  return result;
}

bool is_mastodon_status(JsonNode object) {
  return object["account"].is_object() && !object["content"].is_absent() &&
         !object["visibility"].is_absent();
}

bool is_mastodon_notification(JsonNode object) {
  return object["account"].is_object() && object["type"].is_string() &&
         object["created_at"].is_string() && object["content"].is_absent();
}

void read_mastodon_status(JsonNode status, Acts& acts, Arena& arena) {
  read_nested(status, 0, acts, arena);
}

void read_mastodon_notification(JsonNode notification, Acts& acts, Arena& arena) {
  const std::string_view type = notification["type"].string();
  const JsonNode status = notification["status"];
  if (type == "favourite" || type == "reblog") {
    if (!status.is_object()) return acts.reject(misfit("missing:object_id", "status", status));
    Record record;
    const Misfit timed = need_time(notification["created_at"], "created_at", record, arena);
    if (!timed.fits()) return acts.reject(timed);
    record.kind = type == "reblog" ? Kind::Share : Kind::Like;
    read_reaction(notification["account"], status, record, acts, arena);
    return read_mastodon_status(status, acts, arena);
  }
  if (status.is_object()) return read_mastodon_status(status, acts, arena);
  // Whom somebody follows does not stand in it: it is whoever was notified.
  acts.not_an_act(type == "follow" || type == "follow_request" ? "follow_of_unknown"
                                                               : "notification");
}

void read_mastodon_object(JsonNode object, Acts& acts, Arena& arena) {
  if (is_mastodon_status(object)) return read_mastodon_status(object, acts, arena);
  if (is_mastodon_notification(object)) return read_mastodon_notification(object, acts, arena);
  if (is_page(object)) return read_page(object, acts, arena);
  const std::string_view other = was_meant_as_status(object) ? "" : name_of_other(object);
  if (!other.empty()) return acts.not_an_act(other);
  // Told by what a status cannot do without.
  if (!object["account"].is_object()) {
    return acts.reject(misfit("missing:actor", "account", object["account"]));
  }
  // A server answers so to who deletes a status: its source, to be written anew.
  if (object["content"].is_absent() && object["text"].is_string()) {
    return acts.not_an_act("deleted_draft");
  }
  if (object["content"].is_absent()) {
    return acts.reject(misfit("missing:text", "content", object["content"]));
  }
  acts.reject(misfit("kind", "visibility", object["visibility"]));
}

}  // namespace pantau
