// Zeeschuimer's NDJSON: what a browser was shown, an object a line in an envelope that says from
// where. The envelope's addresses hold the session of whoever collected (tokens, device numbers),
// and the browser's name tells of his machine: nothing of these is kept, see hidden_members().
#include <array>

#include "pipeline/layouts/item_layout.h"
#include "pipeline/layouts/layouts.h"
#include "pipeline/layouts/platform_object.h"

namespace pantau {
namespace {

class ZeeschuimerLayout final : public ItemLayout {
 public:
  std::string_view name() const override { return "zeeschuimer"; }

  std::span<const std::string_view> hidden_members() const override {
    static constexpr std::array<std::string_view, 3> kHidden = {"source_url", "source_platform_url",
                                                                "user_agent"};
    return kHidden;
  }

 protected:
  bool knows(JsonNode item) const override {
    return item["source_platform"].is_string() &&
           (!item["timestamp_collected"].is_absent() || !item["nav_index"].is_absent());
  }

  void read_item(JsonNode item, JsonNode, Acts& acts, Arena& arena) const override {
    const JsonNode platform = item["source_platform"];
    if (!platform.is_string()) {
      return acts.reject(misfit("missing:platform", "source_platform", platform));
    }
    if (!item["data"].is_object()) return acts.reject(misfit("json", "data", item["data"]));
    const std::size_t before = acts.entries().size();
    read_platform_object(platform.string(), item["data"], acts, arena);
    const std::string_view collected = from_unix_time(item["timestamp_collected"].text(), arena);
    acts.observed_at(collected, before);
  }
};

}  // namespace

const Layout& zeeschuimer_layout() {
  static const ZeeschuimerLayout layout;
  return layout;
}

}  // namespace pantau
