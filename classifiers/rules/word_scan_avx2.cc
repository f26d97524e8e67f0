// Compiled for AVX2 and BMI2; called only where the processor has them.
#include <immintrin.h>

#include "classifiers/rules/word_scan_body.h"

namespace pantau {
namespace {

// Eight words at once.
class EightWords {
 public:
  EightWords(const WordProbes& probes, FeatureFilter::Bits filter)
      : probes_(probes),
        filter_(reinterpret_cast<const int*>(filter.words)),
        shift_(_mm_cvtsi32_si128(static_cast<int>(filter.shift))) {}

  // A bit for each of the next words that the filter may have something of.
  unsigned group(const std::uint64_t* first, const std::uint64_t* last, std::uint32_t* keys) {
    using Factors = KeyFactors;
    const Halves firsts = halves(first);
    const Halves lasts = halves(last);
    const __m256i key =
        mixed(_mm256_add_epi32(sum(firsts, Factors::kWordFirstLow, Factors::kWordFirstHigh),
                               sum(lasts, Factors::kWordLastLow, Factors::kWordLastHigh)));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(keys), key);
    __m256i missing = missing_of(key);
    if (probes_.pairs) {
      const Halves pair{one_before(key, key_before_), key};
      add(pair, Factors::kPairFirst, Factors::kPairSecond, missing);
    }
    if (probes_.joints) {
      const Halves joint{one_before(lasts.high, last_high_before_), firsts.low};
      add(joint, Factors::kJointFirst, Factors::kJointSecond, missing);
    }
    for (const std::uint32_t length : probes_.prefixes) {
      add(masked(firsts, prefix_mask(length)), Factors::kPrefixLow, Factors::kPrefixHigh, missing);
    }
    for (const std::uint32_t length : probes_.suffixes) {
      add(masked(lasts, suffix_mask(length)), Factors::kSuffixLow, Factors::kSuffixHigh, missing);
    }
    key_before_ = key;
    last_high_before_ = lasts.high;
    return static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(missing)) ^ 0xFF);
  }

 private:
  // Of eight numbers of 64 bits.
  struct Halves {
    __m256i low;
    __m256i high;
  };

  static __m256i all(std::uint32_t value) { return _mm256_set1_epi32(static_cast<int>(value)); }

  static Halves halves(const std::uint64_t* numbers) {
    const auto load = [numbers](int i) {
      return _mm256_castsi256_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(numbers + i)));
    };
    const __m256 a = load(0);
    const __m256 b = load(4);
    const auto in_order = [](__m256 numbers_of_both) {
      return _mm256_permute4x64_epi64(_mm256_castps_si256(numbers_of_both), 0xD8);
    };
    return {in_order(_mm256_shuffle_ps(a, b, 0x88)), in_order(_mm256_shuffle_ps(a, b, 0xDD))};
  }

  static Halves masked(Halves numbers, std::uint64_t mask) {
    return {_mm256_and_si256(numbers.low, all(static_cast<std::uint32_t>(mask))),
            _mm256_and_si256(numbers.high, all(static_cast<std::uint32_t>(mask >> 32)))};
  }

  // Of each word, what the word before it has.
  static __m256i one_before(__m256i numbers, __m256i numbers_before) {
    const __m256i with_last = _mm256_blend_epi32(numbers, numbers_before, 0x80);
    return _mm256_permutevar8x32_epi32(with_last, _mm256_setr_epi32(7, 0, 1, 2, 3, 4, 5, 6));
  }

  static __m256i sum(Halves numbers, std::uint32_t low_factor, std::uint32_t high_factor) {
    return _mm256_add_epi32(_mm256_mullo_epi32(numbers.low, all(low_factor)),
                            _mm256_mullo_epi32(numbers.high, all(high_factor)));
  }

  static __m256i mixed(__m256i sums) {
    return _mm256_mullo_epi32(_mm256_xor_si256(sums, _mm256_srli_epi32(sums, 16)),
                              all(KeyFactors::kMix));
  }

  // All bits, or in the highest none: whether a key is not in the filter.
  __m256i missing_of(__m256i keys) const {
    const auto bit = [keys](int at) {
      return _mm256_sllv_epi32(all(1), _mm256_and_si256(_mm256_srli_epi32(keys, at), all(31)));
    };
    const __m256i wanted =
        _mm256_or_si256(bit(FeatureFilter::kFirstBit), bit(FeatureFilter::kSecondBit));
    const __m256i there = _mm256_i32gather_epi32(filter_, _mm256_srl_epi32(keys, shift_), 4);
    const __m256i lacking = _mm256_andnot_si256(there, wanted);
    return _mm256_xor_si256(_mm256_cmpeq_epi32(lacking, _mm256_setzero_si256()), all(~0U));
  }

  void add(Halves numbers, std::uint32_t low_factor, std::uint32_t high_factor,
           __m256i& missing) const {
    const __m256i more = missing_of(mixed(sum(numbers, low_factor, high_factor)));
    missing = _mm256_and_si256(missing, more);
  }

  const WordProbes& probes_;
  const int* filter_;
  __m128i shift_;
  __m256i key_before_ = _mm256_setzero_si256();
  __m256i last_high_before_ = _mm256_setzero_si256();
};

struct Ops {
  using Lookup = EightWords;

  // Bytes are compared as signed, so the first of a range is moved to the smallest of them.
  static std::uint64_t word_bits_32(const char* bytes) {
    const auto all = [](int value) { return _mm256_set1_epi8(static_cast<char>(value)); };
    const __m256i b = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes));
    const __m256i from_a = _mm256_add_epi8(_mm256_or_si256(b, all(0x20)), all(0x80 - 'a'));
    const __m256i from_0 = _mm256_add_epi8(b, all(0x80 - '0'));
    const __m256i is_letter = _mm256_cmpgt_epi8(all(-0x80 + 26), from_a);
    const __m256i is_digit = _mm256_cmpgt_epi8(all(-0x80 + 10), from_0);
    const __m256i is_underscore = _mm256_cmpeq_epi8(b, all('_'));
    const __m256i is_word = _mm256_or_si256(_mm256_or_si256(is_letter, is_digit), is_underscore);
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(is_word));
  }

  static std::uint64_t word_bits(const char* bytes) {
    return word_bits_32(bytes) | word_bits_32(bytes + 32) << 32;
  }
};

}  // namespace

void scan_words_avx2(std::string_view text, const WordProbes& probes, const FeatureFilter& filter,
                     TextWords& words) {
  WordScan<Ops>::scan(text, probes, filter, words);
}

}  // namespace pantau
