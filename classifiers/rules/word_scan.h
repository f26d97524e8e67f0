// Cuts a text into words and looks each of them up, as fast as the processor can.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "classifiers/rules/feature_keys.h"
#include "classifiers/rules/feature_table.h"

namespace pantau {

// What is looked up of each word, besides the word itself.
struct WordProbes {
  // So many bytes of it, at most so many times.
  struct Lengths {
    std::array<std::uint32_t, 4> bytes = {};
    std::size_t count = 0;

    void add(std::uint32_t length);
    const std::uint32_t* begin() const { return bytes.data(); }
    const std::uint32_t* end() const { return bytes.data() + count; }
  };
  bool pairs = false;   // the word before it and the word
  bool joints = false;  // their end and begin
  Lengths prefixes;
  Lengths suffixes;
};

// The words of a text: the longest runs of letters and digits of ASCII and '_'. Reused from text
// to text.
class TextWords {
 public:
  static constexpr std::size_t kGroup = 8;  // so many are looked up together

  std::size_t size() const { return size_; }
  std::uint32_t start(std::size_t word) const { return edges_[2 * word]; }
  std::uint32_t end(std::size_t word) const { return edges_[2 * word + 1]; }
  std::uint32_t key(std::size_t word) const { return keys_[word]; }
  WordBytes bytes(std::size_t word) const { return {first_[word], last_[word]}; }

  // Those of which the filter may have something; some others may be among them.
  std::span<const std::uint32_t> hits() const { return {hits_.data(), hit_count_}; }

  // The first that ends behind `at`; size() if there is none.
  std::size_t first_behind(std::uint32_t at) const;

 private:
  template <class Ops>
  friend class WordScan;

  void make_room(std::size_t text_bytes);

  // All these have room for kGroup more than is in them.
  std::vector<std::uint32_t> edges_;  // starts and ends in turn
  std::vector<std::uint64_t> first_;  // of WordBytes
  std::vector<std::uint64_t> last_;
  std::vector<std::uint32_t> keys_;
  std::vector<std::uint32_t> hits_;
  std::size_t size_ = 0;
  std::size_t hit_count_ = 0;
};

using WordScanner = void (*)(std::string_view text, const WordProbes& probes,
                             const FeatureFilter& filter, TextWords& words);

#if defined(__x86_64__) || defined(__i386__)
#define PANTAU_WORD_SCAN_AVX2
void scan_words_avx2(std::string_view text, const WordProbes& probes, const FeatureFilter& filter,
                     TextWords& words);
#endif

// The scanners that this processor has, the fastest last. They all find the same.
std::span<const WordScanner> word_scanners();

}  // namespace pantau
