// Writing to a file descriptor to the end, without dying of SIGPIPE.
#pragma once

#include <string_view>

namespace pantau {

// Writes all of `bytes` to `fd`, whatever interrupts it. Returns 0, or the errno of
// the write that failed; EPIPE if `fd` is a pipe that nobody reads any more.
// The process's disposition of SIGPIPE stays as it is. Thread-safe.
int write_all(int fd, std::string_view bytes);

}  // namespace pantau
