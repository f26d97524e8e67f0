// Twitter's streams of API 1.1, as archives keep them: a tweet a line, with deletions and what the
// stream said of itself in between, often with "\r\n" and empty lines to keep it alive.
#include <array>

#include "pipeline/layouts/item_layout.h"
#include "pipeline/layouts/layouts.h"
#include "pipeline/layouts/twitter_status.h"

namespace pantau {
namespace {

// What a stream says beside tweets, by the one field of the line.
constexpr std::array<std::string_view, 13> kControls = {
    "limit",     "friends",     "friends_str", "status_withheld", "user_withheld",
    "scrub_geo", "warning",     "disconnect",  "control",         "direct_message",
    "event",     "user_update", "error"};

Misfit read_deletion(JsonNode deleted, Record& record, Arena& arena) {
  const JsonNode status = deleted["status"];
  record.platform = "x";
  record.kind = Kind::Post;  // or a comment, or a share: it does not say
  const JsonNode id = status["id_str"].is_absent() ? status["id"] : status["id_str"];
  if (const Misfit m = need_id(id, "delete.status.id_str", record.id); !m.fits()) return m;
  const JsonNode user =
      status["user_id_str"].is_absent() ? status["user_id"] : status["user_id_str"];
  const Misfit acted = need_id(user, "delete.status.user_id_str", record.actor.id, "missing:actor");
  if (!acted.fits()) return acted;
  return need_time(deleted["timestamp_ms"], "delete.timestamp_ms", record, arena);
}

class TwitterV1Layout final : public ItemLayout {
 public:
  std::string_view name() const override { return "twitter-v1"; }

 protected:
  bool knows(JsonNode item) const override {
    return is_twitter_status(item) || item["delete"]["status"].is_object();
  }

  void read_item(JsonNode item, JsonNode, Acts& acts, Arena& arena) const override {
    if (item["delete"].is_object()) {
      Record record;
      const Misfit misfit = read_deletion(item["delete"], record, arena);
      return misfit.fits() ? acts.add_deletion(record) : acts.reject(misfit);
    }
    if (!item["id_str"].is_absent() || !item["id"].is_absent()) {
      return read_twitter_status(item, acts, arena);
    }
    for (const std::string_view control : kControls) {
      if (!item[control].is_absent()) return acts.not_an_act(control);
    }
    read_twitter_status(item, acts, arena);
  }
};

}  // namespace

const Layout& twitter_v1_layout() {
  static const TwitterV1Layout layout;
  return layout;
}

}  // namespace pantau
