// A tweet as Twitter's API 1.1 wrote it, which its archives have, and X's own pages to this day.
#pragma once

#include "pipeline/layouts/item_fields.h"

namespace pantau {

// The tweet, and those that it retweets or quotes, if they are in it. A retweet is a share without
// words, since its text is another's; a quote is a share with the words that were added, unless it
// is also a reply, which makes it a comment.
void read_twitter_status(JsonNode tweet, Acts& acts, Arena& arena);

bool is_twitter_status(JsonNode object);

// "https://x.com/HANDLE/status/ID"; "" if one is not known.
std::string_view twitter_address(std::string_view handle, std::string_view id, Arena& arena);

// "RT @ayu_99: …": "ayu_99". "" if a text does not begin so.
std::string_view retweeted_handle(std::string_view text);

}  // namespace pantau
