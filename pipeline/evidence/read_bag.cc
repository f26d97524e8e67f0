// Reading a folder that somebody hands over.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "pipeline/evidence/verify.h"

namespace pantau {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kReadBytes = std::size_t{1} << 16;

tl::unexpected<Error> failed(const std::string& path) {
  const int error_number = errno;
  return fail(Fault::Source, fmt::format("{}: {}", path, std::strerror(error_number)));
}

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

class BagReader {
 public:
  BagReader(const VerifyLimits& limits, std::vector<Finding>& wrong)
      : limits_(limits), wrong_(wrong) {}

  Status folder(const std::string& path, const std::string& inside, int depth) {
    if (depth > limits_.depth_max) {
      return fail(Fault::Source,
                  fmt::format("{}: more than {} folders in each other", path, limits_.depth_max));
    }
    std::error_code error;
    for (fs::directory_iterator entry(path, error), end; entry != end; entry.increment(error)) {
      if (error) break;
      const std::string name = entry->path().filename().string();
      if (++entries_ > limits_.files_max) {
        return fail(Fault::Source, fmt::format("{}: more than {} files", path, limits_.files_max));
      }
      const std::string below = inside.empty() ? name : fmt::format("{}/{}", inside, name);
      const fs::file_type type = entry->symlink_status(error).type();
      if (type == fs::file_type::directory) {
        TRY_STATUS(folder(entry->path().string(), below, depth + 1));
      } else if (type == fs::file_type::regular) {
        TRY_STATUS(file(entry->path().string(), below));
      } else {
        wrong_.push_back({below, "is no plain file, and is not followed"});
      }
    }
    if (error) return fail(Fault::Source, fmt::format("{}: {}", path, error.message()));
    return Status();
  }

  BagFiles files;

 private:
  // It may have become something else since it was listed, so it is asked again once it is open.
  Status file(const std::string& path, const std::string& inside) {
    const FileDescriptor fd(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat about {};
    if (fd.get() < 0 || ::fstat(fd.get(), &about) != 0) return failed(path);
    if (!S_ISREG(about.st_mode)) {
      wrong_.push_back({inside, "is no plain file, and is not followed"});
      return Status();
    }
    std::string& content = files[inside];
    while (true) {
      const std::size_t before = content.size();
      content.resize(before + kReadBytes);
      const ssize_t count = ::read(fd.get(), content.data() + before, kReadBytes);
      if (count < 0 && errno == EINTR) {
        content.resize(before);
        continue;
      }
      if (count < 0) return failed(path);
      content.resize(before + static_cast<std::size_t>(count));
      bytes_ += static_cast<std::size_t>(count);
      if (bytes_ > limits_.bytes_max) {
        return fail(Fault::Source,
                    fmt::format("{}: the bag has more than {} bytes", path, limits_.bytes_max));
      }
      if (count == 0) return Status();
    }
  }

  const VerifyLimits& limits_;
  std::vector<Finding>& wrong_;
  std::size_t entries_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace

Result<BagFiles> read_bag(const std::string& folder, const VerifyLimits& limits,
                          std::vector<Finding>& wrong) {
  struct stat about {};
  if (::stat(folder.c_str(), &about) != 0) return failed(folder);
  if (!S_ISDIR(about.st_mode)) return fail(Fault::Source, folder + " is no folder");
  BagReader reader(limits, wrong);
  TRY_STATUS(reader.folder(folder, "", 1));
  return std::move(reader.files);
}

}  // namespace pantau
