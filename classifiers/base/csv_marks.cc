#include "classifiers/base/csv_marks.h"

#include <algorithm>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace pantau {
namespace {

bool is_mark(char c, char delimiter) {
  return c == delimiter || c == '"' || c == '\n' || c == '\r';
}

#if defined(__SSE2__)
class Ops {
 public:
  explicit Ops(char delimiter) : delimiter_(_mm_set1_epi8(delimiter)) {}

  std::uint64_t marks(const char* block) const {
    return std::uint64_t{quarter(block + 48)} << 48 | std::uint64_t{quarter(block + 32)} << 32 |
           std::uint64_t{quarter(block + 16)} << 16 | quarter(block);
  }

 private:
  std::uint32_t quarter(const char* at) const {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i delimiters = _mm_cmpeq_epi8(bytes, delimiter_);
    const __m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i line_feeds = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'));
    const __m128i carriage_returns = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r'));
    const __m128i marks =
        _mm_or_si128(_mm_or_si128(delimiters, quotes), _mm_or_si128(line_feeds, carriage_returns));
    return static_cast<std::uint32_t>(_mm_movemask_epi8(marks));
  }

  __m128i delimiter_;
};
#else
class Ops {
 public:
  explicit Ops(char delimiter) : delimiter_(delimiter) {}

  std::uint64_t marks(const char* block) const {
    std::uint64_t marks = 0;
    for (unsigned int i = 0; i < kMarksBlockBytes; i++) {
      marks |= std::uint64_t{is_mark(block[i], delimiter_)} << i;
    }
    return marks;
  }

 private:
  char delimiter_;
};
#endif

}  // namespace

std::size_t csv_marks_plain(const char* text, std::size_t blocks, char delimiter,
                            std::uint16_t* positions) {
  return find_csv_marks<Ops>(text, blocks, delimiter, positions);
}

std::vector<CsvMarksKernel> csv_marks_kernels() {
  std::vector<CsvMarksKernel> kernels;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2")) kernels.push_back(csv_marks_avx2);
#endif
  kernels.push_back(csv_marks_plain);
  return kernels;
}

CsvMarks::CsvMarks(std::string_view text, char delimiter)
    : text_(text), delimiter_(delimiter), kernel_([] {
        static const CsvMarksKernel best = csv_marks_kernels().front();
        return best;
      }()) {}

// Looks through the next windows until one has marks; false at the text's end.
bool CsvMarks::fill() {
  next_ = count_ = 0;
  while (count_ == 0 && scanned_ < text_.size()) {
    window_ = scanned_;
    const std::size_t blocks =
        std::min((text_.size() - window_) / kMarksBlockBytes, kBlocksInWindow);
    count_ = kernel_(text_.data() + window_, blocks, delimiter_, positions_.data());
    scanned_ = window_ + blocks * kMarksBlockBytes;
    if (blocks == kBlocksInWindow) continue;
    for (; scanned_ < text_.size(); scanned_++) {
      if (!is_mark(text_[scanned_], delimiter_)) continue;
      positions_[count_++] = static_cast<std::uint16_t>(scanned_ - window_);
    }
  }
  return count_ != 0;
}

}  // namespace pantau
