#include "classifiers/rules/word_scan.h"

#include <algorithm>
#include <array>

#include "classifiers/base/check.h"
#include "classifiers/rules/syntax.h"
#include "classifiers/rules/word_scan_body.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace pantau {
namespace {

// One word after the other.
class PlainLookup {
 public:
  PlainLookup(const WordProbes& probes, FeatureFilter::Bits filter)
      : probes_(probes), filter_(filter) {}

  // A bit for each of the next words that the filter may have something of.
  unsigned group(const std::uint64_t* first, const std::uint64_t* last, std::uint32_t* keys) {
    unsigned found = 0;
    for (unsigned i = 0; i < TextWords::kGroup; i++) {
      const WordBytes bytes{first[i], last[i]};
      keys[i] = word_key(bytes);
      if (may_have(bytes, keys[i])) found |= 1U << i;
      bytes_before_ = bytes;
      key_before_ = keys[i];
    }
    return found;
  }

 private:
  bool may_have(WordBytes bytes, std::uint32_t key) const {
    bool found = filter_.may_have(key);
    if (probes_.pairs) found |= filter_.may_have(pair_key(key_before_, key));
    if (probes_.joints) found |= filter_.may_have(joint_key(bytes_before_, bytes));
    for (const std::uint32_t length : probes_.prefixes) {
      found |= filter_.may_have(prefix_key(bytes, length));
    }
    for (const std::uint32_t length : probes_.suffixes) {
      found |= filter_.may_have(suffix_key(bytes, length));
    }
    return found;
  }

  const WordProbes& probes_;
  FeatureFilter::Bits filter_;
  WordBytes bytes_before_;
  std::uint32_t key_before_ = 0;
};

#ifdef __SSE2__

struct Ops {
  // Bytes are compared as signed, so the first of a range is moved to the smallest of them.
  static std::uint64_t word_bits_16(const char* bytes) {
    const auto all = [](int value) { return _mm_set1_epi8(static_cast<char>(value)); };
    const __m128i b = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
    const __m128i from_a = _mm_add_epi8(_mm_or_si128(b, all(0x20)), all(0x80 - 'a'));
    const __m128i from_0 = _mm_add_epi8(b, all(0x80 - '0'));
    const __m128i is_letter = _mm_cmplt_epi8(from_a, all(-0x80 + 26));
    const __m128i is_digit = _mm_cmplt_epi8(from_0, all(-0x80 + 10));
    const __m128i is_underscore = _mm_cmpeq_epi8(b, all('_'));
    const __m128i is_word = _mm_or_si128(_mm_or_si128(is_letter, is_digit), is_underscore);
    return static_cast<std::uint32_t>(_mm_movemask_epi8(is_word));
  }

  static std::uint64_t word_bits(const char* bytes) {
    return word_bits_16(bytes) | word_bits_16(bytes + 16) << 16 | word_bits_16(bytes + 32) << 32 |
           word_bits_16(bytes + 48) << 48;
  }

  using Lookup = PlainLookup;
};

#else

struct Ops {
  static std::uint64_t word_bits(const char* bytes) {
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < 64; i++) {
      bits |= std::uint64_t{is_syntax_word(static_cast<unsigned char>(bytes[i]))} << i;
    }
    return bits;
  }

  using Lookup = PlainLookup;
};

#endif

void scan_plain(std::string_view text, const WordProbes& probes, const FeatureFilter& filter,
                TextWords& words) {
  WordScan<Ops>::scan(text, probes, filter, words);
}

std::vector<WordScanner> find_scanners() {
  std::vector<WordScanner> scanners = {scan_plain};
#ifdef PANTAU_WORD_SCAN_AVX2
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) {
    scanners.push_back(scan_words_avx2);
  }
#endif
  return scanners;
}

}  // namespace

std::span<const WordScanner> word_scanners() {
  static const std::vector<WordScanner> scanners = find_scanners();
  return scanners;
}

void WordProbes::Lengths::add(std::uint32_t length) {
  if (std::find(begin(), end(), length) != end()) return;
  CHECK(count < bytes.size(), "there are few different lengths");
  bytes[count++] = length;
}

void TextWords::make_room(std::size_t text_bytes) {
  const std::size_t words = text_bytes / 2 + 1 + kGroup;
  if (keys_.size() >= words) return;
  edges_.resize(2 * words);
  first_.resize(words);
  last_.resize(words);
  keys_.resize(words);
  hits_.resize(words);
}

std::size_t TextWords::first_behind(std::uint32_t at) const {
  std::size_t first = 0;
  std::size_t last = size_;
  while (first < last) {
    const std::size_t middle = (first + last) / 2;
    if (end(middle) > at) {
      last = middle;
    } else {
      first = middle + 1;
    }
  }
  return first;
}

}  // namespace pantau
