// Where a disguise may be: a look at all of a text, in blocks, that spares most texts all else. It
// may point at nothing, but misses nothing. See text_kernels.h.
#pragma once

#include "classifiers/text/text_kernels.h"

namespace pantau {

inline constexpr std::size_t kBlockBytes = 64;
inline constexpr std::size_t kScanBlocks = 16;  // are scanned at once
inline constexpr std::size_t kSeparatorBytesMax = 12;

struct DisguisePlaces {
  // Bit i of word b: in the token that byte from + b * kBlockBytes + i stands in, or the byte
  // before it if that one is in no token.
  std::uint64_t tokens[kScanBlocks];
  std::size_t blocks = 0;  // so many words
  bool any = false;
  bool spread = false;  // letters may be spread by separators, somewhere
};

// A bit for each byte of a block.
struct BlockMarks {
  std::uint64_t words = 0;    // letters and digits
  std::uint64_t odd = 0;      // digits and ! @ |
  std::uint64_t at_once = 0;  // $, and letters that are to be reduced
};

// What must be known of the block before.
struct ScanState {
  std::uint64_t words = 0;
  std::uint64_t odd = 0;
  std::uint64_t alone = 0;  // the byte behind a letter or digit that stands alone
};

// The vectors that bytes are compared to.
template <class Vector>
struct DisguiseBytes {
  using Bytes = typename Vector::Bytes;

  Bytes before_a = Vector::all(-128 - 'a');
  Bytes letters = Vector::all(-128 + 26);
  Bytes before_0 = Vector::all(-128 - '0');
  Bytes digits = Vector::all(-128 + 10);
  Bytes exclamation = Vector::all('!');
  Bytes at = Vector::all('@');
  Bytes bar = Vector::all('|');
  Bytes dollar = Vector::all('$');
  Bytes i = Vector::all('i');
  Bytes u = Vector::all('u');
  Bytes o = Vector::all('o');
};

// Two more bytes may be read than the block has.
template <class Vector>
inline __attribute__((always_inline)) BlockMarks marks_of(const char* block,
                                                          const DisguiseBytes<Vector>& wanted) {
  using V = Vector;
  BlockMarks marks;
  for (std::size_t at = 0; at < kBlockBytes; at += V::kBytes) {
    const auto bytes = V::load(block + at);
    const auto next = V::load(block + at + 1);
    const auto second_next = V::load(block + at + 2);
    const auto letters = V::below(V::sum(bytes, wanted.before_a), wanted.letters);
    const auto digits = V::below(V::sum(bytes, wanted.before_0), wanted.digits);
    const auto signs = V::any(V::any(V::is(bytes, wanted.exclamation), V::is(bytes, wanted.at)),
                              V::is(bytes, wanted.bar));
    const auto rarely_doubled =
        V::any(V::any(V::is(bytes, wanted.i), V::is(bytes, wanted.u)), V::is(bytes, wanted.o));
    const auto goes_on = V::below(V::sum(second_next, wanted.before_a), wanted.letters);
    const auto doubled = V::both(letters, V::is(bytes, next));
    const auto not_meant = V::any(rarely_doubled, V::is(next, second_next));
    const auto reducible = V::any(V::both(doubled, not_meant), V::without(doubled, goes_on));
    marks.words |= std::uint64_t{V::mask(V::any(letters, digits))} << at;
    marks.odd |= std::uint64_t{V::mask(V::any(digits, signs))} << at;
    marks.at_once |= std::uint64_t{V::mask(V::any(reducible, V::is(bytes, wanted.dollar)))} << at;
  }
  return marks;
}

// The marks of a block, moved up by some bytes; those of the end of the block before move in.
inline __attribute__((always_inline)) std::uint64_t moved(std::uint64_t marks, std::uint64_t before,
                                                          unsigned bytes) {
  return (marks << bytes) + (before >> (kBlockBytes - bytes));
}

// Digits and signs that may be letters, at a byte behind them.
template <class Vector>
inline __attribute__((always_inline)) std::uint64_t readable(const BlockMarks& marks,
                                                             const ScanState& before) {
  const std::uint64_t digits = marks.odd & marks.words;
  const std::uint64_t signs = marks.odd & ~marks.words;
  const std::uint64_t odd_1 = moved(marks.odd, before.odd, 1);
  const std::uint64_t words_1 = moved(marks.words, before.words, 1);
  const std::uint64_t signs_1 = odd_1 & ~words_1;
  const std::uint64_t words_2 = moved(marks.words, before.words, 2);
  const std::uint64_t odd_2 = moved(marks.odd, before.odd, 2);
  const std::uint64_t digits_2 = words_2 & odd_2;
  const std::uint64_t letters_3 =
      moved(marks.words, before.words, 3) & ~moved(marks.odd, before.odd, 3);
  return (odd_1 & words_1 & marks.words & ~digits) |  // 0b
         (odd_1 & words_1 & ~marks.words &
          ((words_2 & ~odd_2) |              // b0
           (digits_2 & letters_3))) |        // b00
         (digits_2 & signs_1 & signs) |      // 0!!, and perhaps a letter behind
         (words_2 & signs_1 & marks.words);  // b!b
}

// Whether of the bytes marked in `alone` one stands as far behind another as this one behind a
// third, which may be marked in `before`.
template <class Vector>
__attribute__((noinline, cold)) bool may_be_spread(std::uint64_t alone, std::uint64_t before) {
  for (unsigned stride = 2; stride <= kSeparatorBytesMax + 1; stride++) {
    if ((alone & moved(alone, before, stride) & moved(alone, before, 2 * stride)) != 0) return true;
  }
  return false;
}

// The same for every kernel.
template <class Vector>
inline __attribute__((always_inline)) bool scan(const char* text, std::size_t size,
                                                std::size_t from, ScanState& state,
                                                DisguisePlaces& places) {
  const DisguiseBytes<Vector> wanted;
  ScanState before = state;
  std::uint64_t any = 0;
  std::size_t block = 0;
  for (; block < kScanBlocks && from <= size; block++, from += kBlockBytes) {
    const BlockMarks marks = from < size ? marks_of(text + from, wanted) : BlockMarks();
    std::uint64_t tokens = marks.at_once;
    if ((marks.odd | before.odd) != 0) tokens |= readable<Vector>(marks, before);
    const std::uint64_t alone =
        moved(marks.words, before.words, 1) & ~marks.words & ~moved(marks.words, before.words, 2);
    if (alone != 0 && ((alone & (alone - 1)) != 0 || before.alone != 0)) {
      places.spread = places.spread || may_be_spread<Vector>(alone, before.alone);
    }
    places.tokens[block] = tokens;
    any |= tokens;
    before = {marks.words, marks.odd, alone};
  }
  state = before;
  places.blocks = block;
  places.any = any != 0;
  return places.any || places.spread;
}

}  // namespace pantau
