// Compiled for AVX2; called only where the processor has it.
#include "classifiers/base/csv_marks_kernel.h"

#if defined(__AVX2__)
#include <immintrin.h>

#include <array>

namespace pantau {
namespace {

// No two marks have the same low four bits. So these say which mark a byte could be, and one
// comparison whether it is.
class Ops {
 public:
  explicit Ops(char delimiter) {
    // Where no mark belongs, a byte that stands elsewhere.
    alignas(32) std::array<char, 32> marks;
    marks.fill('"');
    for (const char mark : {delimiter, '\n', '\r'}) {
      const auto place = static_cast<std::size_t>(mark & 15);
      marks[place] = marks[place + 16] = mark;
    }
    marks_ = _mm256_load_si256(reinterpret_cast<const __m256i*>(marks.data()));
  }

  std::uint64_t marks(const char* block) const {
    return std::uint64_t{half(block + 32)} << 32 | half(block);
  }

 private:
  std::uint32_t half(const char* at) const {
    const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
    const __m256i possible = _mm256_shuffle_epi8(marks_, bytes);
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, possible)));
  }

  __m256i marks_;
};

static_assert(('"' & 15) == 2 && ('\n' & 15) == 10 && ('\r' & 15) == 13);
static_assert((',' & 15) == 12 && (';' & 15) == 11 && ('\t' & 15) == 9);

}  // namespace

std::size_t csv_marks_avx2(const char* text, std::size_t blocks, char delimiter,
                           std::uint16_t* positions) {
  return find_csv_marks<Ops>(text, blocks, delimiter, positions);
}

}  // namespace pantau
#endif
