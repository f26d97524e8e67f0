// Mastodon: statuses, notifications, contexts and results of a search as its API gives them, in
// arrays, pages, or one a line.
#include "pipeline/layouts/item_layout.h"
#include "pipeline/layouts/layouts.h"
#include "pipeline/layouts/mastodon_status.h"

namespace pantau {
namespace {

class MastodonLayout final : public ItemLayout {
 public:
  std::string_view name() const override { return "mastodon"; }

 protected:
  bool knows(JsonNode item) const override {
    const bool is_page = item["ancestors"].is_array() && item["descendants"].is_array();
    const JsonNode account = item["account"];  // of a status that may be cut off behind it
    const bool has_account = account["acct"].is_string() && account["username"].is_string();
    return is_page || has_account || is_mastodon_status(item["statuses"].first());
  }

  void read_item(JsonNode item, JsonNode, Acts& acts, Arena& arena) const override {
    read_mastodon_object(item, acts, arena);
  }
};

}  // namespace

const Layout& mastodon_layout() {
  static const MastodonLayout layout;
  return layout;
}

}  // namespace pantau
