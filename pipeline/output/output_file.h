// A file that a sweep writes and may go on writing after a crash: --flags, --rejects.
//
// The file and the review queue must agree after a power cut. So before the queue
// commits a position, the sweep calls sync() and commits size() along with it; a
// resumed sweep cuts the file back to that length, because what stands behind
// belongs to records that it will read again.
//
// "-" is standard output. It, a pipe and a device have no length to come back to:
// they are never cut and never synced.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "classifiers/base/result.h"

namespace pantau {

// Appends go through a buffer of 1 MiB. Errors are of Fault::Storage and name the
// file. After an error the object is done for, and every later call returns that
// error again: after a failed fsync nobody knows what reached the disk, and a second
// one that succeeds would lie (the kernel forgets the pages that it could not write).
//
// Not thread-safe. Never dies of SIGPIPE: a reader that went away is an error.
// The destructor closes and writes nothing; what append() took since the last
// flush(), sync() or close() is then gone.
class OutputFile {
 public:
  // A fresh file at `path`, readable by its owner only (a flag shows people's acts);
  // one that is there already loses its content, keeps its permissions, and must not
  // be open in another OutputFile, of whichever process.
  static Result<OutputFile> create(const std::string& path);

  // Goes on behind the first `committed` bytes of the file at `path` and cuts off
  // the rest. An error if the file is shorter or missing: then it is not the file
  // that was committed. With `committed` 0 a missing file is created.
  static Result<OutputFile> resume(const std::string& path, std::uint64_t committed);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&& other) noexcept;
  ~OutputFile();

  Status append(std::string_view bytes);

  // Hands what is buffered to the system: readers see it, a power cut may lose it.
  Status flush();

  // flush(), and waits until a regular file's bytes are on the disk.
  Status sync();

  // flush() and close. Nothing may be appended any more.
  Status close();

  // The file's length in bytes, with what is still buffered.
  std::uint64_t size() const { return size_; }
  const std::string& path() const { return path_; }

 private:
  OutputFile(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}
  static Result<OutputFile> open(const std::string& path, int flags);
  Status cut(std::uint64_t length);
  Status write_out(std::string_view bytes);
  Status broken(std::string_view doing, int error_number);

  std::string path_;
  int fd_ = -1;
  bool regular_ = false;
  std::uint64_t size_ = 0;
  std::string buffer_;
  std::optional<Error> failed_;
};

}  // namespace pantau
