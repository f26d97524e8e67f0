// Hashes of keys to what they may mean, for tables of millions that lie in a mapped file.
//
// Most accounts that a sweep sees are on no list. A Bloom filter whose keys each lie in one
// 64-bit word answers them with one memory access. What passes is looked up in lines as long as
// what memory brings at once: a byte of hash and four of what it means, twelve times. A key
// stands in its line or, should that be full, in the next; so a look-up waits for the filter's
// word, the line, and what that points to, and all three can be asked for beforehand.
//
// Hashes only nominate; whoever looks up decides.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "classifiers/accounts/account_key.h"

namespace pantau {

// What a key means: a number of the list's own that is neither 0 nor has the top bit. With the
// top bit, the position in the lists of how many numbers follow there.
inline constexpr std::uint32_t kRefMax = 0x7FFFFFFF;
inline constexpr std::uint32_t kRefIsList = 0x80000000;

struct AccountLine {
  static constexpr std::uint32_t kSlots = 12;

  std::array<std::uint8_t, kSlots> tags = {};
  std::uint8_t used = 0;        // slots
  std::uint8_t overflowed = 0;  // a key went by and stands in a later line
  std::array<std::uint8_t, 2> reserved = {};
  std::array<std::uint32_t, kSlots> refs = {};

  // A bit for each used slot with this tag.
  std::uint32_t with_tag(std::uint8_t tag) const {
    // A forged line may say that it has more slots.
    const std::uint32_t slots = (1U << (used < kSlots ? used : kSlots)) - 1;
#if defined(__SSE2__)
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(this));
    const __m128i equal = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(static_cast<char>(tag)));
    return static_cast<std::uint32_t>(_mm_movemask_epi8(equal)) & slots;
#else
    std::uint32_t found = 0;
    for (std::uint32_t slot = 0; slot < kSlots; slot++) found |= (tags[slot] == tag) << slot;
    return found & slots;
#endif
  }
};
static_assert(sizeof(AccountLine) == 64);

// Filter and lines, somewhere in memory; at most 2^32 each. Either both are empty, and there is
// nothing to look up, or neither.
struct AccountTableView {
  std::span<const std::uint64_t> filter;
  std::span<const AccountLine> lines;

  bool empty() const { return lines.empty(); }

  const std::uint64_t& word_of(AccountHash hash) const { return filter[hash.below(filter.size())]; }
  const AccountLine& line_of(AccountHash hash) const { return lines[hash.below(lines.size())]; }

  // A no is certain; one stranger in two hundred gets a yes.
  bool passes_filter(AccountHash hash) const {
    const std::uint64_t bits = hash.filter_bits();
    return (word_of(hash) & bits) == bits;
  }

  // Calls `candidate(ref)` for what the hash may mean, lists as such, until it says true.
  template <class Candidate>
  bool any_ref(AccountHash hash, Candidate&& candidate) const {
    std::uint64_t at = hash.below(lines.size());
    // Bounded, because in a forged table every line may have overflowed.
    for (std::uint64_t step = 0; step < lines.size(); step++) {
      const AccountLine& line = lines[at];
      for (std::uint32_t found = line.with_tag(hash.tag()); found != 0; found &= found - 1) {
        if (candidate(line.refs[static_cast<std::size_t>(std::countr_zero(found))])) return true;
      }
      if (line.overflowed == 0) return false;
      at = at + 1 == lines.size() ? 0 : at + 1;
    }
    return false;
  }
};

}  // namespace pantau
