#include "pipeline/layouts/tiktok_objects.h"

namespace pantau {
namespace {

constexpr std::string_view kPlatform = "tiktok";

// Old ones have no more than a handle.
Account author_of(JsonNode video) {
  const JsonNode author = video["author"];
  if (!author.is_object()) {
    const std::string_view id = id_text(video["authorId"]);
    return {id, author.string(), video["nickname"].string()};
  }
  return {id_text(author["id"]), author["uniqueId"].string(), author["nickname"].string()};
}

Misfit read_video(JsonNode video, Record& record, Arena& arena) {
  record.platform = kPlatform;
  if (const Misfit m = need_id(video["id"], "data.id", record.id); !m.fits()) return m;
  record.actor = author_of(video);
  if (!record.actor.known()) return misfit("missing:actor", "data.author", video["author"]);
  if (!video["desc"].is_string()) return misfit("missing:text", "data.desc", video["desc"]);
  record.text = video["desc"].string();
  record.url = tiktok_address(record.actor.handle, record.id, arena);
  return need_time(video["createTime"], "data.createTime", record, arena);
}

Misfit read_comment(JsonNode comment, Record& record, Arena& arena) {
  const JsonNode user = comment["user"];
  record.platform = kPlatform;
  record.kind = Kind::Comment;
  if (const Misfit m = need_id(comment["cid"], "data.cid", record.id); !m.fits()) return m;
  record.actor = {id_text(user["uid"]), user["unique_id"].string(), user["nickname"].string()};
  if (!record.actor.known())
    return misfit("missing:actor", "data.user.unique_id", user["unique_id"]);
  if (!comment["text"].is_string()) return misfit("missing:text", "data.text", comment["text"]);
  record.text = comment["text"].string();
  // Of a reply, reply_id is the comment on top; "0" says that it is one itself.
  const std::string_view answered = id_text(comment["reply_id"]);
  const bool is_reply = !answered.empty() && answered != "0";
  record.object_id = is_reply ? answered : id_text(comment["aweme_id"]);
  return need_time(comment["create_time"], "data.create_time", record, arena);
}

}  // namespace

void read_tiktok_video(JsonNode video, Acts& acts, Arena& arena) {
  Record record;
  const Misfit misfit = read_video(video, record, arena);
  acts.add(misfit, record);
}

void read_tiktok_comment(JsonNode comment, Acts& acts, Arena& arena) {
  Record record;
  const Misfit misfit = read_comment(comment, record, arena);
  acts.add(misfit, record);
}

std::string_view tiktok_address(std::string_view handle, std::string_view id, Arena& arena) {
  if (handle.empty() || id.empty()) return {};
  return join({"https://www.tiktok.com/@", handle, "/video/", id}, arena);
}

}  // namespace pantau
