// What YouTube's Data API answers with, as records: for its recorded pages and for a live source.
//
// An account is a channel, known by its id; the name that a comment shows is a handle where it
// begins with '@', as all have since 2023. Comments without their author's channel, which is what
// is left of a deleted account, are nobody's.
#pragma once

#include "pipeline/layouts/item_fields.h"

namespace pantau {

// A comment thread: the comment on top and the replies that are in it.
void read_youtube_thread(JsonNode thread, Acts& acts, Arena& arena);

// A comment of comments.list, mostly a reply, which does not say whose comment it answers.
void read_youtube_comment(JsonNode comment, Acts& acts, Arena& arena);

// A video of videos.list, or what search.list found.
void read_youtube_video(JsonNode video, Acts& acts, Arena& arena);

// Any of them, by its "kind". What it cannot place is rejected.
void read_youtube_object(JsonNode object, Acts& acts, Arena& arena);

}  // namespace pantau
