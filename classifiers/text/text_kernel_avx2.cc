// Compiled for AVX2; called only where the processor has it.
#if defined(__x86_64__)

#include <immintrin.h>

#include "classifiers/text/disguise_scan.h"
#include "classifiers/text/simple_stretch.h"

namespace pantau {
namespace {

struct Vector {
  using Bytes = __m256i;
  static constexpr std::size_t kBytes = sizeof(Bytes);

  static Bytes load(const char* from) {
    return _mm256_loadu_si256(reinterpret_cast<const Bytes*>(from));
  }
  static void store(Bytes bytes, char* to) {
    _mm256_storeu_si256(reinterpret_cast<Bytes*>(to), bytes);
  }
  static Bytes all(int byte) {
    Bytes bytes = _mm256_set1_epi8(static_cast<char>(byte));
    asm("" : "+x"(bytes));  // else gcc makes it anew in each round of a loop
    return bytes;
  }
  static Bytes is(Bytes a, Bytes b) { return _mm256_cmpeq_epi8(a, b); }
  static Bytes below(Bytes a, Bytes b) { return _mm256_cmpgt_epi8(b, a); }
  static Bytes sum(Bytes a, Bytes b) { return _mm256_add_epi8(a, b); }
  static Bytes any(Bytes a, Bytes b) { return _mm256_or_si256(a, b); }
  static Bytes both(Bytes a, Bytes b) { return _mm256_and_si256(a, b); }
  static Bytes without(Bytes a, Bytes b) { return _mm256_andnot_si256(b, a); }
  static std::uint32_t mask(Bytes a) { return static_cast<std::uint32_t>(_mm256_movemask_epi8(a)); }
};

std::size_t fold_simple_stretch(const char* from, std::size_t size, bool after_blank, char* to) {
  if (size < Vector::kBytes) {
    return sse2_text_kernel.fold_simple_stretch(from, size, after_blank, to);
  }
  return fold_simple<Vector>(from, size, after_blank, to);
}

}  // namespace

const TextKernel avx2_text_kernel = {"avx2", fold_simple_stretch, scan<Vector>};

}  // namespace pantau

#endif
