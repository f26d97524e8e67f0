// Compiled for AVX-512 (F, BW, VL); called only where the processor has it.
#include <immintrin.h>

#include "pipeline/layouts/skim_trie.h"

namespace pantau {
namespace {

class Ops {
 public:
  static bool literal_is(const char* at, const SkimNode& node) {
    const __m256i there = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
    const __m256i wanted = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(node.literal));
    return _mm256_mask_cmpneq_epi8_mask(node.literal_mask, there, wanted) == 0;
  }

  const char* string_end(const char* at, const char* end) {
    const __m512i quote = _mm512_set1_epi8('"');
    const __m512i backslash = _mm512_set1_epi8('\\');
    const __m512i blank = _mm512_set1_epi8(0x20);
    for (; at < end; at += 64) {
      const __m512i bytes = _mm512_loadu_si512(at);
      seen_ = _mm512_or_si512(seen_, bytes);
      const std::uint64_t found = _mm512_cmpeq_epi8_mask(bytes, quote) |
                                  _mm512_cmpeq_epi8_mask(bytes, backslash) |
                                  _mm512_cmplt_epu8_mask(bytes, blank);
      if (found != 0) return at + __builtin_ctzll(found);
    }
    return at;
  }

  bool beyond_ascii() const { return _mm512_movepi8_mask(seen_) != 0; }

 private:
  __m512i seen_ = _mm512_setzero_si512();
};

}  // namespace

bool skim_avx512(const SkimNode* nodes, SkimWalk* walk, const char* end) {
  return follow<Ops>(nodes, walk, end);
}

}  // namespace pantau
