// What TikTok's Research API answers with: videos, which have their author's handle if it was asked
// for; comments, which never say whose they are; and accounts. Ids are numbers above 2^53.
#include <array>

#include "pipeline/layouts/item_layout.h"
#include "pipeline/layouts/layouts.h"
#include "pipeline/layouts/tiktok_objects.h"

namespace pantau {
namespace {

constexpr std::array<std::string_view, 6> kArrays = {
    "data.videos[]",          "data.comments[]",       "data.user_liked_videos[]",
    "data.reposted_videos[]", "data.user_followers[]", "data.user_following[]"};

bool is_comment(JsonNode item) {
  return !item["video_id"].is_absent() && !item["text"].is_absent();
}

bool is_video(JsonNode item) {
  return !item["video_description"].is_absent() || !item["video_id"].is_absent() ||
         (!item["region_code"].is_absent() && !item["create_time"].is_absent());
}

Misfit read_video(JsonNode video, Record& record, Arena& arena) {
  record.platform = "tiktok";
  // It is "id" in the answers and was "video_id" in the first documentation.
  const JsonNode id = video["id"].is_absent() ? video["video_id"] : video["id"];
  if (const Misfit m = need_id(id, "data.videos[].id", record.id); !m.fits()) return m;
  record.actor.handle = video["username"].string();
  if (!record.actor.known()) {
    return misfit("missing:actor", "data.videos[].username", video["username"]);
  }
  record.text = video["video_description"].string();
  record.url = tiktok_address(record.actor.handle, record.id, arena);
  return need_time(video["create_time"], "data.videos[].create_time", record, arena);
}

class TiktokResearchLayout final : public ItemLayout {
 public:
  std::string_view name() const override { return "tiktok-research"; }
  DocumentArrays arrays() const override { return kArrays; }

 protected:
  bool knows(JsonNode item) const override {
    const JsonNode data = item["data"];
    const bool is_page = item["error"]["log_id"].is_string() || data["videos"].is_array() ||
                         data["comments"].is_array();
    return is_page || (is_comment(item) && !item["parent_comment_id"].is_absent()) ||
           (is_video(item) && !item["region_code"].is_absent());
  }

  void read_item(JsonNode item, JsonNode, Acts& acts, Arena& arena) const override {
    if (is_comment(item)) {
      return acts.reject({"missing:actor", "data.comments[]", "without an author, as ever"});
    }
    if (is_video(item)) {
      Record record;
      const Misfit misfit = read_video(item, record, arena);
      return acts.add(misfit, record);
    }
    const JsonNode user = item["data"].is_object() ? item["data"] : item;
    if (!user["display_name"].is_absent()) return acts.not_an_act("account");
    const std::string_view code = item["error"]["code"].string();
    if (!code.empty()) return acts.not_an_act(code == "ok" ? "empty" : "error");
    acts.reject(misfit("missing:id", "data.videos[].id", item["id"]));
  }
};

}  // namespace

const Layout& tiktok_research_layout() {
  static const TiktokResearchLayout layout;
  return layout;
}

}  // namespace pantau
