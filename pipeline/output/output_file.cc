#include "pipeline/output/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "classifiers/base/check.h"
#include "pipeline/output/write_fd.h"

namespace pantau {
namespace {

constexpr std::size_t kBufferBytes = 1 << 20;

tl::unexpected<Error> failed(std::string_view path, std::string_view doing, int error_number) {
  return fail(Fault::Storage, fmt::format("{}: {}: {}", path, doing, std::strerror(error_number)));
}

// Makes a new file's name durable; the file's own sync does not.
int sync_folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return errno;
  const int error_number = ::fsync(fd) == 0 || errno == EINVAL ? 0 : errno;
  ::close(fd);
  return error_number;
}

}  // namespace

// Opens without cutting anything: first it must be sure that the file is ours alone.
Result<OutputFile> OutputFile::open(const std::string& path, int flags) {
  if (path == "-") {
    OutputFile standard_output("standard output", STDOUT_FILENO);
    return standard_output;
  }
  bool is_new = false;
  int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT && (flags & O_CREAT) != 0) {
    fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_CREAT, 0600);
    is_new = true;
  }
  if (fd < 0) return failed(path, "cannot open for writing", errno);
  OutputFile file(path, fd);
  struct stat status {};
  if (::fstat(fd, &status) != 0) return failed(path, "cannot look at the file", errno);
  file.regular_ = S_ISREG(status.st_mode);
  if (!file.regular_) return file;
  // A file system without locks is no reason to write nothing.
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    return fail(Fault::Storage,
                fmt::format("{}: is being written already, by another process or as another "
                            "output of this one",
                            path));
  }
  file.size_ = static_cast<std::uint64_t>(status.st_size);
  if (is_new) {
    const int error_number = sync_folder_of(path);
    if (error_number != 0) return failed(path, "cannot sync the folder", error_number);
  }
  return file;
}

Result<OutputFile> OutputFile::create(const std::string& path) {
  TRY(OutputFile file, open(path, O_CREAT));
  if (file.regular_) TRY_STATUS(file.cut(0));
  return file;
}

Result<OutputFile> OutputFile::resume(const std::string& path, std::uint64_t committed) {
  TRY(OutputFile file, open(path, committed == 0 ? O_CREAT : 0));
  if (!file.regular_) {
    file.size_ = committed;
    return file;
  }
  if (file.size_ < committed) {
    return fail(Fault::Storage,
                fmt::format("{}: has {} bytes, but {} were written to it before the sweep stopped; "
                            "it is not the file that the sweep can go on with",
                            path, file.size_, committed));
  }
  TRY_STATUS(file.cut(committed));
  return file;
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      fd_(std::exchange(other.fd_, -1)),
      regular_(other.regular_),
      size_(other.size_),
      buffer_(std::move(other.buffer_)),
      failed_(std::move(other.failed_)) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(fd_, other.fd_);
  std::swap(regular_, other.regular_);
  std::swap(size_, other.size_);
  std::swap(buffer_, other.buffer_);
  std::swap(failed_, other.failed_);
  return *this;
}

OutputFile::~OutputFile() {
  if (fd_ > STDERR_FILENO) ::close(fd_);
}

Status OutputFile::broken(std::string_view doing, int error_number) {
  const auto failure = failed(path_, doing, error_number);
  failed_ = failure.value();
  return failure;
}

Status OutputFile::cut(std::uint64_t length) {
  if (::ftruncate(fd_, static_cast<off_t>(length)) != 0) return broken("cannot cut", errno);
  if (::lseek(fd_, static_cast<off_t>(length), SEEK_SET) < 0) return broken("cannot seek", errno);
  size_ = length;
  return std::monostate{};
}

Status OutputFile::write_out(std::string_view bytes) {
  const int error_number = write_all(fd_, bytes);
  if (error_number != 0) return broken("cannot write", error_number);
  return std::monostate{};
}

Status OutputFile::append(std::string_view bytes) {
  if (failed_) return tl::unexpected<Error>(*failed_);
  CHECK(fd_ >= 0, "nothing is appended to a closed file");
  size_ += bytes.size();
  if (buffer_.size() + bytes.size() > kBufferBytes) TRY_STATUS(flush());
  if (bytes.size() > kBufferBytes) return write_out(bytes);
  if (buffer_.empty()) buffer_.reserve(kBufferBytes);
  buffer_ += bytes;
  return std::monostate{};
}

Status OutputFile::flush() {
  if (failed_) return tl::unexpected<Error>(*failed_);
  TRY_STATUS(write_out(buffer_));
  buffer_.clear();
  return std::monostate{};
}

Status OutputFile::sync() {
  TRY_STATUS(flush());
  if (regular_ && ::fdatasync(fd_) != 0) return broken("cannot sync", errno);
  return std::monostate{};
}

Status OutputFile::close() {
  TRY_STATUS(flush());
  // Standard output stays open: whoever opens a file next would get its number.
  const int fd = std::exchange(fd_, -1);
  if (fd > STDERR_FILENO && ::close(fd) != 0) return broken("cannot close", errno);
  return std::monostate{};
}

}  // namespace pantau
