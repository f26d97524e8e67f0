// CHECK states what our own code guarantees. It is on in release builds: if one
// of our invariants is wrong, evidence may be wrong, and stopping is the lesser
// harm. Faults of the world (files, disks, people's lists) are never CHECKed;
// they are values, see result.h.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace pantau {

[[noreturn]] inline void check_failed(const char* condition, const char* why, const char* file,
                                      int line) {
  std::fprintf(stderr, "%s:%d: CHECK failed: %s (%s)\n", file, line, condition, why);
  std::abort();
}

}  // namespace pantau

#define CHECK(condition, why) \
  ((condition) ? static_cast<void>(0) : ::pantau::check_failed(#condition, why, __FILE__, __LINE__))
