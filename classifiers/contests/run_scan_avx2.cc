// Compiled for AVX2, BMI and POPCNT; called only where the processor has them.
#include <immintrin.h>

#include "classifiers/contests/run_scan.h"

namespace pantau {
namespace {

constexpr std::uint32_t kBlockBytes = 64;
static_assert(kRunPaddingBytes >= kBlockBytes, "a text's last block is read in full");

// What stands in blocks of a text.
class BlockReader {
 public:
  // A bit for each ASCII letter, digit and '_'.
  std::uint64_t words_in(const char* block) {
    return std::uint64_t{words_in_half(block)} |
           std::uint64_t{words_in_half(block + kBlockBytes / 2)} << 32;
  }

  bool has_sign() const { return _mm256_movemask_epi8(signs_) != 0; }
  bool beyond_ascii() const { return _mm256_movemask_epi8(bytes_) != 0; }

 private:
  std::uint32_t words_in_half(const char* half) {
    const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(half));
    // Signed: what is above the letters overflows and is small, and so is all beyond ASCII.
    const __m256i letters = _mm256_cmpgt_epi8(_mm256_add_epi8(bytes, _mm256_set1_epi8(0x7F - 'z')),
                                              _mm256_set1_epi8(0x7F - 'z' + 'a' - 1));
    const __m256i digits = _mm256_cmpgt_epi8(_mm256_add_epi8(bytes, _mm256_set1_epi8(0x7F - '9')),
                                             _mm256_set1_epi8(0x7F - '9' + '0' - 1));
    const __m256i lines = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('_'));
    signs_ =
        _mm256_or_si256(signs_, _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('#')),
                                                _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('@'))));
    bytes_ = _mm256_or_si256(bytes_, bytes);
    return static_cast<std::uint32_t>(
        _mm256_movemask_epi8(_mm256_or_si256(_mm256_or_si256(letters, digits), lines)));
  }

  __m256i signs_ = _mm256_setzero_si256();
  __m256i bytes_ = _mm256_setzero_si256();
};

// Writes a dozen positions in any case: more runs in a block are rare, and a loop that ends when
// the runs do ends as no processor can foresee.
std::uint32_t* write_positions(std::uint64_t bits, std::uint32_t at, std::uint32_t* into) {
  constexpr int kAtOnce = 12;
  std::uint32_t* const end = into + _mm_popcnt_u64(bits);
  const auto write = [&](std::uint32_t* position) {
    *position = at + static_cast<std::uint32_t>(_tzcnt_u64(bits));
    bits = _blsr_u64(bits);
  };
#pragma GCC unroll 12
  for (int i = 0; i < kAtOnce; i++) write(into + i);
  for (into += kAtOnce; into < end; into++) write(into);
  return end;
}

__m128i load_two(const void* first, const void* second) {
  return _mm_castps_si128(
      _mm_loadh_pi(_mm_castsi128_ps(_mm_loadl_epi64(static_cast<const __m128i*>(first))),
                   static_cast<const __m64*>(second)));
}

// run_key() of four runs.
__m256i keys_of(const char* text, const std::uint32_t* starts) {
  const __m256i bytes = _mm256_set_m128i(load_two(text + starts[2], text + starts[3]),
                                         load_two(text + starts[0], text + starts[1]));
  const __m256i letters = _mm256_cmpgt_epi8(_mm256_add_epi8(bytes, _mm256_set1_epi8(0x7F - 'z')),
                                            _mm256_set1_epi8(0x7F - 'z' + 'a' - 1));
  const __m256i others = _mm256_andnot_si256(letters, _mm256_set1_epi64x(~0xFFLL));
  const __m256i up_to_other =
      _mm256_andnot_si256(others, _mm256_sub_epi64(others, _mm256_set1_epi64x(1)));
  return _mm256_and_si256(bytes, up_to_other);
}

// key_hash() of four keys, each in 64 bits.
__m256i hashes_of(__m256i keys) {
  const __m256i low = _mm256_mul_epu32(keys, _mm256_set1_epi64x(kHashFactorLow));
  const __m256i high =
      _mm256_mul_epu32(_mm256_srli_epi64(keys, 32), _mm256_set1_epi64x(kHashFactorHigh));
  return _mm256_srli_epi64(_mm256_add_epi64(low, high), 32);
}

// Whether the filter has four hashes, each in the lowest bit of 64.
__m256i passing(__m256i hashes, const std::uint64_t* filter, __m256i mask) {
  alignas(__m256i) std::uint64_t places[4];
  _mm256_store_si256(reinterpret_cast<__m256i*>(places),
                     _mm256_srli_epi64(_mm256_and_si256(hashes, mask), 6));
  const __m256i words = _mm256_set_m128i(load_two(filter + places[2], filter + places[3]),
                                         load_two(filter + places[0], filter + places[1]));
  const __m256i first = _mm256_srlv_epi64(words, _mm256_and_si256(hashes, _mm256_set1_epi64x(63)));
  const __m256i second = _mm256_srlv_epi64(words, _mm256_srli_epi64(hashes, 32 - 6));
  return _mm256_and_si256(first, second);
}

// Keeps what passes the filter; the next three starts may be read, too.
std::uint32_t keep_passing(const char* text, std::uint32_t count, const KeyFilterBits& filter,
                           std::uint32_t* starts) {
  const __m256i mask = _mm256_set1_epi64x(filter.mask);
  const __m256i one = _mm256_set1_epi64x(1);
  std::uint32_t kept = 0;
  for (std::uint32_t i = 0; i < count; i += 4) {
    const __m256i pass = passing(hashes_of(keys_of(text, starts + i)), filter.words, mask);
    if (_mm256_testz_si256(pass, one) != 0) continue;
    const int lanes = _mm256_movemask_pd(_mm256_castsi256_pd(_mm256_slli_epi64(pass, 63)));
    for (std::uint32_t lane = 0; lane < 4 && i + lane < count; lane++) {
      if ((lanes >> lane & 1) != 0) starts[kept++] = starts[i + lane];
    }
  }
  return kept;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

void scan_runs_avx2(const char* text, std::uint32_t size, std::uint32_t from,
                    const KeyFilterBits& filter, RunScan& scan) {
  const std::uint32_t end = size - from < kRunWindowBytes ? size : from + kRunWindowBytes;
  BlockReader reader;
  std::uint32_t* starts = scan.starts;
  std::uint64_t before = from > 0 && is_word(text[from - 1]) ? 1 : 0;
  for (std::uint32_t at = from; at < end; at += kBlockBytes) {
    const std::uint64_t words = reader.words_in(text + at);
    starts = write_positions(words & ~(words << 1 | before), at, starts);
    before = words >> (kBlockBytes - 1);
  }
  // What is behind the last one need not begin a run, but must be in the text.
  for (int i = 0; i < 3; i++) starts[i] = from;
  scan.count =
      keep_passing(text, static_cast<std::uint32_t>(starts - scan.starts), filter, scan.starts);
  scan.has_sign = reader.has_sign();
  scan.beyond_ascii = reader.beyond_ascii();
}

}  // namespace pantau
