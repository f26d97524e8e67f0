// Memory for what is built once and given back whole.
//
// It comes from a resource that whoever builds may choose, in large pieces: for hundreds of
// megabytes it matters how the system hands them out.
#pragma once

#include <cstddef>
#include <memory_resource>
#include <span>
#include <type_traits>
#include <vector>

namespace pantau {

// An array whose elements have no value yet.
template <class T>
class UninitializedArray {
  static_assert(std::is_trivially_destructible_v<T>);

 public:
  UninitializedArray(std::size_t size, std::pmr::memory_resource* memory)
      : memory_(memory),
        elements_(size == 0 ? nullptr
                            : static_cast<T*>(memory->allocate(size * sizeof(T), alignof(T)))),
        size_(size) {}
  ~UninitializedArray() {
    if (size_ != 0) memory_->deallocate(elements_, size_ * sizeof(T), alignof(T));
  }
  UninitializedArray(const UninitializedArray&) = delete;
  UninitializedArray& operator=(const UninitializedArray&) = delete;

  std::span<T> span() { return {elements_, size_}; }
  std::span<const T> span() const { return {elements_, size_}; }

 private:
  std::pmr::memory_resource* memory_;
  T* elements_;
  std::size_t size_;
};

// Hands out memory bit by bit. For one thread.
class BuildMemory {
 public:
  explicit BuildMemory(std::pmr::memory_resource* memory) : memory_(memory) {}
  ~BuildMemory() {
    for (const std::span<std::byte> block : blocks_) {
      memory_->deallocate(block.data(), block.size(), kAlignment);
    }
  }
  BuildMemory(const BuildMemory&) = delete;
  BuildMemory& operator=(const BuildMemory&) = delete;

  // Room for `size` elements, of which keep() says how many stay; one call at a time.
  template <class T>
  std::span<T> room_for(std::size_t size) {
    static_assert(alignof(T) <= kAlignment);
    const std::size_t bytes = size * sizeof(T);
    if (bytes > free_.size()) grow(bytes);
    return {reinterpret_cast<T*>(free_.data()), size};
  }

  // Keeps the first `size` of room_for()'s elements.
  template <class T>
  std::span<T> keep(std::span<T> room, std::size_t size) {
    const std::size_t bytes = (size * sizeof(T) + kAlignment - 1) / kAlignment * kAlignment;
    free_ = free_.subspan(bytes < free_.size() ? bytes : free_.size());
    return room.first(size);
  }

  template <class T>
  std::span<T> allocate(std::size_t size) {
    return keep(room_for<T>(size), size);
  }

 private:
  static constexpr std::size_t kAlignment = 16;
  static constexpr std::size_t kBlockBytes = std::size_t{32} << 20;

  void grow(std::size_t bytes) {
    const std::size_t size = bytes < kBlockBytes / 2 ? kBlockBytes : bytes;
    free_ = {static_cast<std::byte*>(memory_->allocate(size, kAlignment)), size};
    blocks_.push_back(free_);
  }

  std::pmr::memory_resource* memory_;
  std::span<std::byte> free_;
  std::vector<std::span<std::byte>> blocks_;
};

}  // namespace pantau
