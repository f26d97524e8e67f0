#include "pipeline/layouts/youtube_objects.h"

#include "pipeline/layouts/html_text.h"

namespace pantau {
namespace {

constexpr std::string_view kPlatform = "youtube";

Account author_of(JsonNode snippet) {
  Account author;
  const JsonNode channel = snippet["authorChannelId"];
  author.id = channel.is_object() ? channel["value"].string() : channel.string();
  const std::string_view shown = snippet["authorDisplayName"].string();
  (shown.starts_with('@') ? author.handle : author.name) = shown;
  return author;
}

// What a comment is about, as far as something around it or itself tells.
struct Place {
  std::string_view video;
  std::string_view channel;  // of the video, or whose page was commented
  std::string_view parent;   // the comment that is answered
  Account parent_author;
};

// textOriginal is the author's own to see; others get HTML, unless they ask for plain text, which
// looks the same where there is no markup.
std::string_view words_of(JsonNode snippet, Arena& arena) {
  const JsonNode original = snippet["textOriginal"];
  return original.is_string() ? original.text()
                              : text_of_html(snippet["textDisplay"].string(), arena);
}

std::string_view address_of(const Place& place, std::string_view id, Arena& arena) {
  if (place.video.empty()) return {};
  return join({"https://www.youtube.com/watch?v=", place.video, "&lc=", id}, arena);
}

Misfit read_comment(JsonNode comment, const Place& place, Record& record, Arena& arena) {
  const JsonNode snippet = comment["snippet"];
  record.platform = kPlatform;
  record.kind = Kind::Comment;
  if (const Misfit m = need_id(comment["id"], "comment.id", record.id); !m.fits()) return m;
  record.actor = author_of(snippet);
  if (!record.actor.known()) {
    const JsonNode channel = snippet["authorChannelId"];
    return channel.is_object()
               ? misfit("missing:actor", "comment.snippet.authorChannelId.value", channel["value"])
               : misfit("missing:actor", "comment.snippet.authorChannelId", channel);
  }
  if (!snippet["textOriginal"].is_string() && !snippet["textDisplay"].is_string()) {
    return misfit("missing:text", "comment.snippet.textDisplay", snippet["textDisplay"]);
  }
  record.text = words_of(snippet, arena);
  record.url = address_of(place, record.id, arena);
  if (place.parent.empty()) {
    record.target.id = place.channel;
    record.object_id = place.video.empty() ? place.channel : place.video;
  } else {
    record.target = place.parent_author;
    record.object_id = place.parent;
  }
  return need_time(snippet["publishedAt"], "comment.snippet.publishedAt", record, arena);
}

std::string_view either(JsonNode first, JsonNode second) {
  const std::string_view text = first.string();
  return text.empty() ? second.string() : text;
}

Misfit read_video(JsonNode video, Record& record, Arena& arena) {
  const JsonNode snippet = video["snippet"];
  const JsonNode id = video["id"];
  record.platform = kPlatform;
  const Misfit identified = id.is_object() ? need_id(id["videoId"], "video.id.videoId", record.id)
                                           : need_id(id, "video.id", record.id);
  if (!identified.fits()) return identified;
  record.actor.id = snippet["channelId"].string();
  record.actor.name = snippet["channelTitle"].string();
  if (record.actor.id.empty()) {
    return misfit("missing:actor", "video.snippet.channelId", snippet["channelId"]);
  }
  if (!snippet["title"].is_string()) {
    return misfit("missing:text", "video.snippet.title", snippet["title"]);
  }
  const std::string_view description = snippet["description"].string();
  record.text = snippet["title"].string();
  if (!description.empty()) record.text = join({record.text, "\n", description}, arena);
  record.url = join({"https://www.youtube.com/watch?v=", record.id}, arena);
  return need_time(snippet["publishedAt"], "video.snippet.publishedAt", record, arena);
}

}  // namespace

void read_youtube_thread(JsonNode thread, Acts& acts, Arena& arena) {
  const JsonNode snippet = thread["snippet"];
  const JsonNode top = snippet["topLevelComment"];
  Place place;
  place.video = either(snippet["videoId"], top["snippet"]["videoId"]);
  place.channel = either(snippet["channelId"], top["snippet"]["channelId"]);
  if (top.is_object()) {
    Record record;
    const Misfit misfit = read_comment(top, place, record, arena);
    acts.add(misfit, record);
  } else {
    acts.reject(misfit("missing:id", "commentThread.snippet.topLevelComment", top));
  }
  place.parent = either(top["id"], thread["id"]);
  place.parent_author = author_of(top["snippet"]);
  for (const JsonNode reply : thread["replies"]["comments"]) {
    Record record;
    const Misfit misfit = read_comment(reply, place, record, arena);
    acts.add(misfit, record);
  }
}

void read_youtube_comment(JsonNode comment, Acts& acts, Arena& arena) {
  const JsonNode snippet = comment["snippet"];
  Place place;
  place.video = snippet["videoId"].string();
  place.channel = snippet["channelId"].string();
  place.parent = snippet["parentId"].string();
  Record record;
  const Misfit misfit = read_comment(comment, place, record, arena);
  acts.add(misfit, record);
}

void read_youtube_video(JsonNode video, Acts& acts, Arena& arena) {
  Record record;
  const Misfit misfit = read_video(video, record, arena);
  acts.add(misfit, record);
}

void read_youtube_object(JsonNode object, Acts& acts, Arena& arena) {
  const std::string_view kind = object["kind"].string();
  if (kind == "youtube#commentThread") return read_youtube_thread(object, acts, arena);
  if (kind == "youtube#comment") return read_youtube_comment(object, acts, arena);
  if (kind == "youtube#video") return read_youtube_video(object, acts, arena);
  if (kind == "youtube#searchResult") {
    const std::string_view found = object["id"]["kind"].string();
    if (found == "youtube#channel") return acts.not_an_act("channel");
    if (found == "youtube#playlist") return acts.not_an_act("playlist");
    return read_youtube_video(object, acts, arena);
  }
  if (object["error"].is_object()) return acts.not_an_act("error");
  if (kind.starts_with("youtube#")) return acts.not_an_act("other");
  acts.reject(misfit("kind", "kind", object["kind"]));
}

}  // namespace pantau
