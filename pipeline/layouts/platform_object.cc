#include "pipeline/layouts/platform_object.h"

#include "pipeline/layouts/instagram_object.h"
#include "pipeline/layouts/tiktok_objects.h"
#include "pipeline/layouts/x_page_tweet.h"

namespace pantau {

void read_platform_object(std::string_view platform, JsonNode object, Acts& acts, Arena& arena) {
  if (platform == "instagram.com") return read_instagram_post(object, acts, arena);
  if (platform == "tiktok.com") return read_tiktok_video(object, acts, arena);
  if (platform == "tiktok-comments") return read_tiktok_comment(object, acts, arena);
  if (platform == "twitter.com" || platform == "x.com")
    return read_x_page_tweet(object, acts, arena);
  acts.not_an_act("other_platform");
}

std::string_view platform_of(JsonNode object) {
  if (!object["cid"].is_absent() && !object["aweme_id"].is_absent()) return "tiktok-comments";
  if (!object["createTime"].is_absent() && !object["desc"].is_absent()) return "tiktok.com";
  if (!object["rest_id"].is_absent() || object["tweet"]["rest_id"].is_string())
    return "twitter.com";
  const bool is_instagram = !object["taken_at"].is_absent() ||
                            !object["taken_at_timestamp"].is_absent() ||
                            !object["shortcode"].is_absent();
  return is_instagram ? "instagram.com" : "";
}

}  // namespace pantau
