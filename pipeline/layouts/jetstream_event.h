// An event of Bluesky's Jetstream, as its WebSocket sends it and as files of such lines keep it.
//
// Both envelopes: the first, {"did", "time_us", "kind": "commit", "commit": {…}},
// and the second, {"$type": "message", "payload": {"$type": "…#commit", …}}, with
// the commit's fields in it or under "commit".
#pragma once

#include <optional>
#include <string_view>

#include "classifiers/base/arena.h"
#include "classifiers/base/time.h"
#include "classifiers/model/record.h"
#include "pipeline/layouts/json_line.h"
#include "pipeline/layouts/layout.h"

namespace pantau {

struct JetstreamEvent {
  Record record;                // of an act or a deletion
  std::string_view kind;        // "commit", "identity", "account" …
  std::string_view did;         // whose event it is
  std::string_view handle;      // of an identity: the new one, if it says so
  bool is_inactive = false;     // of an account
  std::string_view status;      // likewise: "deleted", "deactivated" …
  bool is_update = false;       // of a commit: of a record that was there before
  std::string_view revision;    // likewise
  std::string_view seq;         // of the second envelope, as it is written
  std::optional<Instant> time;  // by the server that sent it
};

class JetstreamEvents {
 public:
  // What the line is as a record; `event` comes empty.
  Reading read(std::string_view line, JetstreamEvent& event, Arena& arena);

 private:
  JsonLine json_;
};

// When the author's own server made this revision: the same in every stream, unlike the time of
// the server that sent it. Nothing if it is no revision.
std::optional<Instant> time_of_revision(std::string_view revision);

}  // namespace pantau
