#include "pipeline/archive/buffer_pool.h"

#include "pipeline/archive/chunk.h"

namespace pantau {
namespace {

// make_unique zeroes everything, so nobody who reads the padding reads what
// was never written.
std::unique_ptr<Buffer> make_buffer(std::size_t capacity) {
  auto buffer = std::make_unique<Buffer>();
  buffer->bytes = std::make_unique<char[]>(capacity + kChunkPaddingBytes);
  buffer->capacity = capacity;
  return buffer;
}

}  // namespace

std::shared_ptr<BufferPool> BufferPool::make(std::size_t buffer_bytes) {
  return std::shared_ptr<BufferPool>(new BufferPool(buffer_bytes));
}

std::shared_ptr<Buffer> BufferPool::take(std::size_t bytes) {
  if (bytes > buffer_bytes_) return make_buffer(bytes);
  std::unique_ptr<Buffer> buffer;
  {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) {
      made_++;
    } else {
      buffer = std::move(free_.back());
      free_.pop_back();
    }
  }
  if (!buffer) buffer = make_buffer(buffer_bytes_);
  return {buffer.release(), [pool = shared_from_this()](Buffer* used) {
            pool->give_back(std::unique_ptr<Buffer>(used));
          }};
}

std::size_t BufferPool::buffers_made() const {
  const std::lock_guard lock(mutex_);
  return made_;
}

void BufferPool::give_back(std::unique_ptr<Buffer> buffer) {
  const std::lock_guard lock(mutex_);
  if (free_.size() < kFreeBuffersMax) free_.push_back(std::move(buffer));
}

}  // namespace pantau
