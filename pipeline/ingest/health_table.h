// How the sources of a sweep do, as a table for people.
#pragma once

#include <span>
#include <string>

#include "pipeline/review/ingest_store.h"

namespace pantau {

std::string health_table(std::span<const StoredSource> sources);

}  // namespace pantau
