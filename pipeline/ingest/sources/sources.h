// The platforms by themselves, for all.cc; everybody else uses source.h.
#pragma once

#include "pipeline/ingest/source.h"

namespace pantau {

const Platform& bluesky_platform();

}  // namespace pantau
