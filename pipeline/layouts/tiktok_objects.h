// TikTok's videos and comments as its own pages know them, in whatever envelope they reach us.
#pragma once

#include "pipeline/layouts/item_fields.h"

namespace pantau {

// {id, desc, createTime, author: {id, uniqueId} or a handle}
void read_tiktok_video(JsonNode video, Acts& acts, Arena& arena);

// {cid, aweme_id, text, create_time, reply_id, user: {uid, unique_id}}
void read_tiktok_comment(JsonNode comment, Acts& acts, Arena& arena);

// "https://www.tiktok.com/@HANDLE/video/ID"; "" if one is not known.
std::string_view tiktok_address(std::string_view handle, std::string_view id, Arena& arena);

}  // namespace pantau
