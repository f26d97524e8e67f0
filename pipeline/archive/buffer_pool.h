// The memory of chunks, used again and again.
//
// A chunk is filled by one thread and freed by another, thousands of times a
// second. malloc would hand such big blocks back to the system each time, and
// the page faults would cost more than the reading.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace pantau {

struct Buffer {
  std::unique_ptr<char[]> bytes;  // capacity + kChunkPaddingBytes, zeroed once
  std::size_t capacity = 0;
};

// Thread-safe. Buffers may outlive everybody else's hold on the pool.
class BufferPool : public std::enable_shared_from_this<BufferPool> {
 public:
  static std::shared_ptr<BufferPool> make(std::size_t buffer_bytes);

  std::size_t buffer_bytes() const { return buffer_bytes_; }

  // A buffer of buffer_bytes(), or a bigger one if `bytes` needs it. It comes
  // back by itself with the last shared_ptr; bigger ones are freed then.
  std::shared_ptr<Buffer> take(std::size_t bytes);

  std::size_t buffers_made() const;  // of the standard size, for tests

 private:
  explicit BufferPool(std::size_t buffer_bytes) : buffer_bytes_(buffer_bytes) {}
  void give_back(std::unique_ptr<Buffer> buffer);

  const std::size_t buffer_bytes_;
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<Buffer>> free_;
  std::size_t made_ = 0;
};

// More free buffers than this are given back to the system.
inline constexpr std::size_t kFreeBuffersMax = 64;

}  // namespace pantau
