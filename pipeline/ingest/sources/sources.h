// The platforms by themselves, for all.cc; everybody else uses source.h.
#pragma once

#include "pipeline/ingest/source.h"

namespace pantau {

const Platform& bluesky_platform();
const Platform& mastodon_platform();
const Platform& youtube_platform();

}  // namespace pantau
