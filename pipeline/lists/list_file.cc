#include "pipeline/lists/list_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <simdjson.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace pantau {
namespace {

// An open file that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return fd_; }

 private:
  int fd_;
};

tl::unexpected<Error> cannot_read(const std::string& path, const char* reason) {
  return fail(Fault::Config, fmt::format("{}: error: cannot be read: {}", path, reason));
}

Result<struct stat> look_at(const std::string& path, const Descriptor& file) {
  struct stat facts;
  if (file.get() < 0 || ::fstat(file.get(), &facts) != 0) {
    return cannot_read(path, std::strerror(errno));
  }
  if (S_ISDIR(facts.st_mode)) return cannot_read(path, "it is a folder");
  return facts;
}

}  // namespace

Result<std::string> read_list_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  TRY([[maybe_unused]] const struct stat facts, look_at(path, file));
  std::string text;
  constexpr std::size_t kStepBytes = 1 << 16;
  for (;;) {
    const std::size_t before = text.size();
    if (before > kListFileBytesMax) return cannot_read(path, "it is too large for a list");
    text.resize(before + kStepBytes);
    const ssize_t got = ::read(file.get(), text.data() + before, kStepBytes);
    if (got < 0 && errno != EINTR) return cannot_read(path, std::strerror(errno));
    text.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return text;
  }
}

Result<MappedFile> MappedFile::open(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  TRY(const struct stat facts, look_at(path, file));
  MappedFile mapped;
  const auto size = static_cast<std::size_t>(facts.st_size);
  if (size == 0) {  // nothing to map; a pipe, too, says that it has no size
    if (!S_ISREG(facts.st_mode)) return cannot_read(path, "it is no file");
    return mapped;
  }
  void* const start = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (start == MAP_FAILED) return cannot_read(path, std::strerror(errno));
  mapped.bytes_ = {static_cast<const char*>(start), size};
  mapped.owner_ = std::shared_ptr<const void>(
      start, [size](const void* at) { ::munmap(const_cast<void*>(at), size); });
  return mapped;
}

void MappedFile::forget(std::size_t at, std::size_t size) const {
  ::madvise(const_cast<char*>(bytes_.data()) + at, std::min(size, bytes_.size() - at),
            MADV_DONTNEED);
}

std::size_t first_line_not_utf8(std::string_view text) {
  if (simdjson::validate_utf8(text.data(), text.size())) return 0;
  for (std::size_t line = 1;; line++) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (!simdjson::validate_utf8(text.data(), end)) return line;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace pantau
