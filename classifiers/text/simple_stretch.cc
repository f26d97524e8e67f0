#include "classifiers/text/simple_stretch.h"

#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace pantau {

#if defined(__SSE2__)
namespace {

constexpr std::size_t kVector = sizeof(__m128i);

// The last bytes of a text, fewer than a vector, and zeros behind them.
__m128i load_rest(const char* from, std::size_t size) {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  if (size >= 8) {
    std::memcpy(&low, from, 8);
    std::memcpy(&high, from + size - 8, 8);  // overlaps
    high = size == 8 ? 0 : high >> (8 * (kVector - size));
  } else if (size >= 4) {
    std::uint32_t first;
    std::uint32_t last;
    std::memcpy(&first, from, 4);
    std::memcpy(&last, from + size - 4, 4);
    low = first | std::uint64_t{last} << (8 * (size - 4));
  } else {
    for (std::size_t i = 0; i < size; i++) {
      low |= std::uint64_t{static_cast<unsigned char>(from[i])} << (8 * i);
    }
  }
  return _mm_set_epi64x(static_cast<std::int64_t>(high), static_cast<std::int64_t>(low));
}

unsigned mask_of(__m128i flags) {
  return static_cast<unsigned>(_mm_movemask_epi8(flags));
}

}  // namespace

std::size_t fold_simple_stretch(const char* from, std::size_t size, bool after_blank, char* to) {
  unsigned blank_before = after_blank ? 1 : 0;
  for (std::size_t done = 0;; done += kVector) {
    const std::size_t rest = size - done;
    const __m128i bytes = rest >= kVector
                              ? _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + done))
                              : load_rest(from + done, rest);
    // Signed comparisons: what is beyond ASCII is below everything.
    const __m128i odd = _mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)),
                                     _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F)));
    const __m128i from_a = _mm_add_epi8(bytes, _mm_set1_epi8(static_cast<char>(0x80 - 'A')));
    const __m128i capital = _mm_cmplt_epi8(from_a, _mm_set1_epi8(static_cast<char>(0x80 + 26)));
    const __m128i small = _mm_or_si128(bytes, _mm_and_si128(capital, _mm_set1_epi8(0x20)));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to + done), small);
    const unsigned blanks = mask_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')));
    const unsigned ends = mask_of(odd) | (blanks & (blanks << 1 | blank_before));
    if (ends != 0) return done + static_cast<std::size_t>(std::countr_zero(ends));
    blank_before = blanks >> (kVector - 1);
    if (rest == kVector) return size;
  }
}

#else

std::size_t fold_simple_stretch(const char* from, std::size_t size, bool after_blank, char* to) {
  for (std::size_t i = 0; i < size; i++) {
    const char c = from[i];
    if (c < 0x20 || c >= 0x7F) return i;
    if (c == ' ' && after_blank) return i;
    after_blank = c == ' ';
    to[i] = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  }
  return size;
}

#endif

}  // namespace pantau
