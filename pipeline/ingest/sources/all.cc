// The platforms that can be asked. The list is deliberate: it can be found with grep and has no
// order of initialisation.
#include <array>

#include "pipeline/ingest/sources/sources.h"

namespace pantau {

std::span<const Platform* const> all_platforms() {
  static const std::array<const Platform*, 3> platforms = {
      &bluesky_platform(),
      &mastodon_platform(),
      &youtube_platform(),
  };
  return platforms;
}

}  // namespace pantau
