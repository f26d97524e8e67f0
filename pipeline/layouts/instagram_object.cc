#include "pipeline/layouts/instagram_object.h"

namespace pantau {
namespace {

bool is_of_graph(JsonNode post) {
  return post["shortcode"].is_string() || post["edge_media_to_caption"].is_object() ||
         post["__typename"].string().starts_with("Graph");
}

Account account_of(JsonNode user) {
  const JsonNode id = user["id"].is_absent() ? user["pk"] : user["id"];
  return {id_text(id), user["username"].string(), user["full_name"].string()};
}

Misfit read_graph_post(JsonNode post, Record& record, Arena& arena) {
  if (const Misfit m = need_id(post["id"], "data.id", record.id); !m.fits()) return m;
  record.actor = account_of(post["owner"]);
  if (!record.actor.known()) return misfit("missing:actor", "data.owner", post["owner"]);
  const JsonNode caption = post["edge_media_to_caption"]["edges"].first()["node"]["text"];
  record.text = caption.string();
  return need_time(post["taken_at_timestamp"], "data.taken_at_timestamp", record, arena);
}

// "123_456" is the post and its author; the first is the post in every shape.
std::string_view without_author(std::string_view id) {
  return id.substr(0, id.find('_'));
}

Misfit read_listed_post(JsonNode post, Record& record, Arena& arena) {
  const JsonNode id = post["pk"].is_absent() ? post["id"] : post["pk"];
  if (const Misfit m = need_id(id, "data.pk", record.id); !m.fits()) return m;
  record.id = without_author(record.id);
  const JsonNode user = post["user"].is_object() ? post["user"] : post["owner"];
  record.actor = account_of(user);
  if (!record.actor.known()) return misfit("missing:actor", "data.user.username", user["username"]);
  const JsonNode caption = post["caption"];
  record.text = caption.is_object() ? caption["text"].string() : caption.string();
  return need_time(post["taken_at"], "data.taken_at", record, arena);
}

}  // namespace

void read_instagram_post(JsonNode post, Acts& acts, Arena& arena) {
  Record record;
  record.platform = "instagram";
  const bool of_graph = is_of_graph(post);
  const std::string_view code = (of_graph ? post["shortcode"] : post["code"]).string();
  if (!code.empty()) record.url = join({"https://www.instagram.com/p/", code, "/"}, arena);
  const Misfit misfit =
      of_graph ? read_graph_post(post, record, arena) : read_listed_post(post, record, arena);
  acts.add(misfit, record);
}

}  // namespace pantau
