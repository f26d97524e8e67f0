// For all of x86-64.
#if defined(__x86_64__)

#include <emmintrin.h>

#include "classifiers/text/disguise_scan.h"
#include "classifiers/text/simple_stretch.h"

namespace pantau {
namespace {

struct Vector {
  using Bytes = __m128i;
  static constexpr std::size_t kBytes = sizeof(Bytes);

  static Bytes load(const char* from) {
    return _mm_loadu_si128(reinterpret_cast<const Bytes*>(from));
  }
  static void store(Bytes bytes, char* to) {
    _mm_storeu_si128(reinterpret_cast<Bytes*>(to), bytes);
  }
  static Bytes all(int byte) { return _mm_set1_epi8(static_cast<char>(byte)); }
  static Bytes is(Bytes a, Bytes b) { return _mm_cmpeq_epi8(a, b); }
  static Bytes below(Bytes a, Bytes b) { return _mm_cmplt_epi8(a, b); }
  static Bytes sum(Bytes a, Bytes b) { return _mm_add_epi8(a, b); }
  static Bytes any(Bytes a, Bytes b) { return _mm_or_si128(a, b); }
  static Bytes both(Bytes a, Bytes b) { return _mm_and_si128(a, b); }
  static Bytes without(Bytes a, Bytes b) { return _mm_andnot_si128(b, a); }
  static std::uint32_t mask(Bytes a) { return static_cast<std::uint32_t>(_mm_movemask_epi8(a)); }
};

// Fewer bytes than a vector has, and zeros behind them.
__m128i load_some(const char* from, std::size_t size) {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  if (size > 8) {
    __builtin_memcpy(&low, from, 8);
    __builtin_memcpy(&high, from + size - 8, 8);  // overlaps
    high >>= 8 * (Vector::kBytes - size);
  } else if (size >= 4) {
    std::uint32_t first;
    std::uint32_t last;
    __builtin_memcpy(&first, from, 4);
    __builtin_memcpy(&last, from + size - 4, 4);
    low = first | std::uint64_t{last} << 8 * (size - 4);
  } else {
    for (std::size_t i = 0; i < size; i++) {
      low |= std::uint64_t{static_cast<unsigned char>(from[i])} << 8 * i;
    }
  }
  return _mm_set_epi64x(static_cast<std::int64_t>(high), static_cast<std::int64_t>(low));
}

std::size_t fold_simple_stretch(const char* from, std::size_t size, bool after_blank, char* to) {
  if (size >= Vector::kBytes) return fold_simple<Vector>(from, size, after_blank, to);
  if (size == 0 || (after_blank && *from == ' ')) return 0;
  const SimpleBytes<Vector> of;
  const __m128i bytes = load_some(from, size);
  Vector::store(in_small_letters<Vector>(bytes, of), to);
  return simple_bytes<Vector>(bytes, of);  // a zero is not simple
}

}  // namespace

const TextKernel sse2_text_kernel = {"sse2", fold_simple_stretch, scan<Vector>};

}  // namespace pantau

#endif
