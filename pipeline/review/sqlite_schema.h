// The file of a queue: how it is made, recognised, and refused.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "classifiers/base/result.h"
#include "pipeline/review/sqlite.h"

namespace pantau {

// The number in the file's PRAGMA user_version. A version that changes the tables
// raises it and brings older files up to date in open_queue_database().
inline constexpr std::int64_t kQueueSchemaVersion = 4;

// In the file's header, where file(1) and other programs look: "PNTU".
inline constexpr std::int64_t kQueueApplicationId = 0x504E5455;

// Opens the queue's file at `path`, or makes it, with the folders on the way. The
// connection is set to survive a power cut with everything that was committed.
// Fault::Storage if that cannot be, or if the file is something else.
Result<std::unique_ptr<Database>> open_queue_database(const std::string& path,
                                                      std::chrono::milliseconds busy_timeout);

}  // namespace pantau
