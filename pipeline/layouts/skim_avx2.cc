// Compiled for AVX2; called only where the processor has it.
#include <immintrin.h>

#include "pipeline/layouts/skim_trie.h"

namespace pantau {
namespace {

class Ops {
 public:
  static bool literal_is(const char* at, const SkimNode& node) {
    const __m256i there = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
    const __m256i wanted = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(node.literal));
    const auto same =
        static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(there, wanted)));
    return (same & node.literal_mask) == node.literal_mask;
  }

  const char* string_end(const char* at, const char* end) {
    const __m256i quote = _mm256_set1_epi8('"');
    const __m256i backslash = _mm256_set1_epi8('\\');
    const __m256i control = _mm256_set1_epi8(0x1F);
    for (; at < end; at += 32) {
      const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
      seen_ = _mm256_or_si256(seen_, bytes);
      const __m256i stops = _mm256_or_si256(
          _mm256_or_si256(_mm256_cmpeq_epi8(bytes, quote), _mm256_cmpeq_epi8(bytes, backslash)),
          _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, control), bytes));
      const auto found = static_cast<std::uint32_t>(_mm256_movemask_epi8(stops));
      if (found != 0) return at + __builtin_ctz(found);
    }
    return at;
  }

  bool beyond_ascii() const { return _mm256_movemask_epi8(seen_) != 0; }

 private:
  __m256i seen_ = _mm256_setzero_si256();
};

}  // namespace

bool skim_avx2(const SkimNode* nodes, SkimWalk* walk, const char* end) {
  return follow<Ops>(nodes, walk, end);
}

}  // namespace pantau
