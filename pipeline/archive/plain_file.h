// A regular file that is not compressed: any thread may read any part of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "classifiers/base/result.h"
#include "pipeline/archive/buffer_pool.h"

namespace pantau {

// An open file's descriptor, shared by all that still has to be read from it.
class PlainFile {
 public:
  // `fd` becomes its own, and is closed in the end if `owns`.
  PlainFile(std::string name, int fd, bool owns) : name_(std::move(name)), fd_(fd), owns_(owns) {}
  PlainFile(const PlainFile&) = delete;
  PlainFile& operator=(const PlainFile&) = delete;
  ~PlainFile();

  int fd() const { return fd_; }
  const std::string& name() const { return name_; }

  // 0 if it cannot be told.
  std::uint64_t bytes() const;

  // Fills `into` from the byte at `offset` on. Fault::Source if it cannot, or if the file ends
  // before.
  Status read_at(std::uint64_t offset, std::span<char> into) const;

  // Says that these bytes will be wanted soon.
  void announce(std::uint64_t offset, std::uint64_t bytes) const;

 private:
  std::string name_;
  int fd_;
  bool owns_;
};

// A part of a file that is still to be read, into a buffer of `pool`.
struct UnreadPart {
  std::shared_ptr<const PlainFile> file;  // null: there is none
  std::size_t bytes = 0;
  std::shared_ptr<BufferPool> pool;
};

}  // namespace pantau
