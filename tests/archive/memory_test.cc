// How much memory reading takes, counted where all of it comes from.
#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "tests/archive/archive_fixture.h"

namespace {

std::atomic<std::size_t> live_bytes = 0;
std::atomic<std::size_t> peak_bytes = 0;

void* counted(std::size_t size) {
  void* const memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  const std::size_t live = live_bytes += malloc_usable_size(memory);
  if (live > peak_bytes) peak_bytes = live;  // one thread allocates in these tests
  return memory;
}

void uncounted(void* memory) {
  if (memory != nullptr) live_bytes -= malloc_usable_size(memory);
  std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) {
  return counted(size);
}
void* operator new[](std::size_t size) {
  return counted(size);
}
void operator delete(void* memory) noexcept {
  uncounted(memory);
}
void operator delete[](void* memory) noexcept {
  uncounted(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  uncounted(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  uncounted(memory);
}

namespace pantau {
namespace {

class Memory : public ArchiveTest {
 protected:
  static std::size_t peak_of_reading(const InputFile& file, Framing framing) {
    ChunkerOptions options;
    auto chunker = Chunker::open(file, options);
    EXPECT_TRUE(chunker && (*chunker)->start(framing));
    const std::size_t before = live_bytes;
    peak_bytes = before;
    while (true) {
      auto chunk = (*chunker)->next();
      EXPECT_TRUE(chunk);
      if (!chunk || !*chunk) break;
    }
    return peak_bytes - before;
  }
};

TEST_F(Memory, IsAFewChunksForAnyFile) {
  std::string text;
  while (text.size() < (20u << 20)) text += std::string(400, 'x') + "\n";
  EXPECT_LT(peak_of_reading(write("many.ndjson", text), Framing::Lines), 2u << 20);
  EXPECT_LT(peak_of_reading(write("many.gz", gzipped(text)), Framing::Lines), 2u << 20);
}

// While the room for a line is doubled there is the old one and the new one.
TEST_F(Memory, OfAHugeLineIsBoundedByTheLimit) {
  const std::string text = "a\n" + std::string(60u << 20, 'x') + "\nb\n";
  const InputFile file = write("huge.ndjson", text);
  EXPECT_LT(peak_of_reading(file, Framing::Lines), 26u << 20);
  EXPECT_LT(peak_of_reading(file, Framing::Csv), 26u << 20);
}

TEST_F(Memory, OfAnUnclosedQuoteIsBoundedByTheLimit) {
  std::string text = "a,b\n1,\"x\n";
  while (text.size() < (40u << 20)) text += std::string(400, 'x') + "\n";
  EXPECT_LT(peak_of_reading(write("open.csv", text), Framing::Csv), 26u << 20);
}

}  // namespace
}  // namespace pantau
