// Memory in large pages, for what needs hundreds of megabytes for a second: asking the system
// for them in pages of 4 KB takes longer than filling them.
#pragma once

#include <cstddef>
#include <memory_resource>

namespace pantau {

// Thread-safe. Small requests are served from the heap.
class HugePages : public std::pmr::memory_resource {
 private:
  void* do_allocate(std::size_t bytes, std::size_t alignment) override;
  void do_deallocate(void* start, std::size_t bytes, std::size_t alignment) override;
  bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
    return this == &other;
  }
};

}  // namespace pantau
