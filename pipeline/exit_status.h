// Exit statuses (CONTRACT.md §10).
#pragma once

#include "classifiers/base/result.h"

namespace pantau {

inline constexpr int kExitDone = 0;
inline constexpr int kExitUnsound = 1;    // what was checked, or compared, is not what it should be
inline constexpr int kExitUsage = 2;      // wrong usage, configuration or list; nothing was run
inline constexpr int kExitStorage = 3;    // the queue or an output could not be written
inline constexpr int kExitSource = 4;     // an input could not be read to its end
inline constexpr int kExitRejects = 5;    // more rejects than --rejects-max
inline constexpr int kExitInternal = 70;  // a fault of the program itself
inline constexpr int kExitInterrupted = 130;  // stopped by a signal; can be gone on with

inline int exit_status_of(Fault fault) {
  switch (fault) {
    case Fault::Config:
      return kExitUsage;
    case Fault::Source:
      return kExitSource;
    case Fault::Storage:
      return kExitStorage;
  }
  return kExitInternal;
}

}  // namespace pantau
