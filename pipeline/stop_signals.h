// Ctrl-C and SIGTERM end a command in order; the second one kills.
#pragma once

#include <atomic>

namespace pantau {

// From now on the signals are heeded: the first sets what is returned.
const std::atomic<bool>* heed_stop_signals();

}  // namespace pantau
