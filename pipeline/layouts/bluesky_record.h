// A record of a Bluesky repository (a post, like, repost or follow), as both the stream of
// events and a repository's own listing hold it.
//
// An act's id is the address of its record, at://DID/COLLECTION/RKEY. That holds for likes and
// follows too, because a deletion names no more than that. For the same reason the deletion of a
// post says kind Post also if it had been a comment or a share: only the id tells which act it was.
//
// createdAt is written by the user's program and may be any date or nonsense; a nonsensical one is
// left out, and the time of the server or of the observation stands.
#pragma once

#include <string_view>

#include "classifiers/base/arena.h"
#include "classifiers/model/record.h"
#include "pipeline/layouts/join.h"
#include "pipeline/layouts/json_line.h"

namespace pantau {

inline constexpr std::string_view kBlueskyPost = "app.bsky.feed.post";
inline constexpr std::string_view kBlueskyRepost = "app.bsky.feed.repost";
inline constexpr std::string_view kBlueskyLike = "app.bsky.feed.like";
inline constexpr std::string_view kBlueskyFollow = "app.bsky.graph.follow";

// Whether a collection holds one of these four.
bool is_bluesky_act(std::string_view collection);

// The fields of a repository's record that matter.
struct BlueskyFields {
  // An object that is looked at for its "uri" alone, or a string.
  struct Reference {
    JsonField whole;
    JsonField uri;
  };

  JsonField text;
  JsonField created_at;
  Reference subject;
  JsonField reply;
  Reference reply_parent;
  JsonField embed;
  JsonField embed_type;
  Reference embed_record;        // of app.bsky.embed.record
  Reference embed_media_record;  // of app.bsky.embed.recordWithMedia

  void take(std::string_view key, JsonValue& value);
};

// Where a repository keeps a record.
struct BlueskyAddress {
  std::string_view did;
  std::string_view collection;
  std::string_view rkey;
};

// Of "at://DID/COLLECTION/RKEY"; empty parts if it is no such address.
BlueskyAddress bluesky_address_of(std::string_view uri);

// Fills what the address alone tells: platform, kind, id and actor.
void read_bluesky_address(const BlueskyAddress& address, Record& record, Arena& arena);

// Fills the rest, but for the time of the observation. Returns "" or why the record is rejected.
std::string_view read_bluesky_record(const BlueskyFields& fields, const BlueskyAddress& address,
                                     Record& record, Arena& arena);

// Whose record at://AUTHORITY/… is: a DID, or in old ones a handle.
Account bluesky_owner_of(std::string_view uri);

}  // namespace pantau
