#include "pipeline/lists/huge_pages.h"

#include <sys/mman.h>

#include <new>

namespace pantau {
namespace {

constexpr std::size_t kHugePageBytes = std::size_t{2} << 20;

}  // namespace

void* HugePages::do_allocate(std::size_t bytes, std::size_t alignment) {
  if (bytes < kHugePageBytes) return ::operator new(bytes, std::align_val_t(alignment));
  // The kernel aligns mappings of this size to huge pages by itself.
  void* const start =
      ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED) throw std::bad_alloc();
  // Where the system has no huge pages, small ones do.
  ::madvise(start, bytes, MADV_HUGEPAGE);
  return start;
}

void HugePages::do_deallocate(void* start, std::size_t bytes, std::size_t alignment) {
  if (bytes < kHugePageBytes) return ::operator delete(start, std::align_val_t(alignment));
  ::munmap(start, bytes);
}

}  // namespace pantau
