#include <algorithm>
#include <array>

#include "pipeline/layouts/layouts.h"

namespace pantau {

std::span<const Layout* const> all_layouts() {
  // One a line, so that a line can be added.
  // clang-format off
  static const std::array layouts = {
      &pantau_layout(),
      &jetstream_layout(),
      &tweet_harvest_layout(),
      &mastodon_layout(),
      &youtube_layout(),
      &telegram_layout(),
      &tiktok_research_layout(),
      &twitter_v1_layout(),
      &x_v2_layout(),
      &zeeschuimer_layout(),
      &fourcat_layout(),
      &crowdtangle_layout(),
  };
  // clang-format on
  return layouts;
}

const Layout* find_layout(std::string_view name) {
  const auto layouts = all_layouts();
  const auto found = std::ranges::find(layouts, name, [](const Layout* l) { return l->name(); });
  return found == layouts.end() ? nullptr : *found;
}

const Layout& recognise_layout(std::string_view head) {
  for (const Layout* const layout : all_layouts()) {
    if (layout->recognises(head)) return *layout;
  }
  return pantau_layout();
}

}  // namespace pantau
