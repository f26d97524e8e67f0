// The scan itself, compiled once for each kind of processor. Ops::word_bits(bytes) is a bit for
// each of 64 bytes: whether it is a word's.
#pragma once

#include <bit>

#include "classifiers/rules/word_scan.h"

namespace pantau {

template <class Ops>
class WordScan {
 public:
  static void scan(std::string_view text, const WordProbes& probes, const FeatureFilter& filter,
                   TextWords& words) {
    words.make_room(text.size());
    find_edges(text, words);
    find_hits(text, probes, filter.bits(), words);
  }

 private:
  static constexpr std::size_t kBlockBytes = 64;

  static void find_edges(std::string_view text, TextWords& words) {
    std::uint32_t* to = words.edges_.data();
    std::uint64_t is_inside = 0;  // whether the last byte was a word's
    std::size_t at = 0;
    for (; at + kBlockBytes <= text.size(); at += kBlockBytes) {
      to = put_edges(Ops::word_bits(text.data() + at), at, is_inside, to);
    }
    char last[kBlockBytes] = {};
    text.substr(at).copy(last, sizeof(last));
    to = put_edges(Ops::word_bits(last), at, is_inside, to);
    words.size_ = static_cast<std::size_t>(to - words.edges_.data()) / 2;
  }

  // In groups, so that the processor need not guess how many there are.
  static std::uint32_t* put_edges(std::uint64_t bits, std::size_t at, std::uint64_t& is_inside,
                                  std::uint32_t* to) {
    constexpr int kGroup = 8;
    const auto offset = static_cast<std::uint32_t>(at);
    std::uint64_t edges = bits ^ (bits << 1 | is_inside);
    is_inside = bits >> 63;
    const int count = std::popcount(edges);
    for (int done = 0; done < count; done += kGroup) {
      for (int i = 0; i < kGroup; i++) {
        to[done + i] = offset + static_cast<std::uint32_t>(std::countr_zero(edges));
        edges &= edges - 1;
      }
    }
    return to + count;
  }

  static void find_hits(std::string_view text, const WordProbes& probes, FeatureFilter::Bits filter,
                        TextWords& words) {
    find_bytes(text, words);
    typename Ops::Lookup lookup(probes, filter);
    std::uint32_t* hit = words.hits_.data();
    for (std::size_t i = 0; i < words.size_; i += TextWords::kGroup) {
      unsigned found =
          lookup.group(words.first_.data() + i, words.last_.data() + i, words.keys_.data() + i);
      for (; found != 0; found &= found - 1) {
        *hit++ =
            static_cast<std::uint32_t>(i) + static_cast<std::uint32_t>(std::countr_zero(found));
      }
    }
    // Behind the last word, the last group has found what was there before.
    while (hit != words.hits_.data() && hit[-1] >= words.size_) hit--;
    words.hit_count_ = static_cast<std::size_t>(hit - words.hits_.data());
  }

  static void find_bytes(std::string_view text, TextWords& words) {
    const std::uint32_t* const edges = words.edges_.data();
    const auto put = [&words](std::size_t i, WordBytes bytes) {
      words.first_[i] = bytes.first;
      words.last_[i] = bytes.last;
    };
    std::size_t far_from_end = words.size_;  // so many words can be read by eight bytes
    while (far_from_end > 0 && edges[2 * far_from_end - 2] + sizeof(std::uint64_t) > text.size()) {
      far_from_end--;
    }
    for (std::size_t i = 0; i < far_from_end; i++) {
      put(i, bytes_of_word(text.data() + edges[2 * i], edges[2 * i + 1] - edges[2 * i]));
    }
    for (std::size_t i = far_from_end; i < words.size_; i++) {
      put(i, bytes_of_last_word(text, edges[2 * i], edges[2 * i + 1] - edges[2 * i]));
    }
  }
};

}  // namespace pantau
