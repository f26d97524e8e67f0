#include "pipeline/archive/plain_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace pantau {

PlainFile::~PlainFile() {
  if (owns_) ::close(fd_);
}

std::uint64_t PlainFile::bytes() const {
  struct stat status = {};
  if (::fstat(fd_, &status) != 0 || status.st_size < 0) return 0;
  return static_cast<std::uint64_t>(status.st_size);
}

Status PlainFile::read_at(std::uint64_t offset, std::span<char> into) const {
  while (!into.empty()) {
    const ssize_t count = ::pread(fd_, into.data(), into.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      const std::error_code reason(errno, std::generic_category());
      return fail(Fault::Source,
                  fmt::format("{}: cannot read: {} (at byte {})", name_, reason.message(), offset));
    }
    if (count == 0) {
      return fail(Fault::Source,
                  fmt::format("{}: it is shorter than it was (at byte {})", name_, offset));
    }
    offset += static_cast<std::uint64_t>(count);
    into = into.subspan(static_cast<std::size_t>(count));
  }
  return Status();
}

void PlainFile::announce(std::uint64_t offset, std::uint64_t bytes) const {
  ::posix_fadvise(fd_, static_cast<off_t>(offset), static_cast<off_t>(bytes), POSIX_FADV_WILLNEED);
}

}  // namespace pantau
