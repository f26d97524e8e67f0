// Version 4 of the queue's file: the learned ranking, and the order of items and piles by it.
#pragma once

namespace pantau {

// In this order.
extern const char* const schema_of_version_4;
extern const char* const triggers_of_version_4;

}  // namespace pantau
