// YouTube: pages of commentThreads, comments, search and videos as its Data API gives them, one a
// file, one a line, or their items alone.
#include <array>

#include "pipeline/layouts/item_layout.h"
#include "pipeline/layouts/layouts.h"
#include "pipeline/layouts/youtube_objects.h"

namespace pantau {
namespace {

class YoutubeLayout final : public ItemLayout {
 public:
  std::string_view name() const override { return "youtube"; }

  DocumentArrays arrays() const override {
    static constexpr std::array<std::string_view, 1> kArrays = {"items[]"};
    return kArrays;
  }

 protected:
  bool knows(JsonNode item) const override {
    return item["kind"].string().starts_with("youtube#") ||
           item["error"]["errors"].first()["domain"].string().starts_with("youtube.");
  }

  void read_item(JsonNode item, JsonNode, Acts& acts, Arena& arena) const override {
    read_youtube_object(item, acts, arena);
  }
};

}  // namespace

const Layout& youtube_layout() {
  static const YoutubeLayout layout;
  return layout;
}

}  // namespace pantau
