// Runs: a text cut into words by its bytes alone.
//
// A run is as many ASCII letters, digits and '_' as stand together. Most words are one run; a
// word with letters beyond ASCII is several, or none. Names are cut just as texts are, so the
// runs of a name stand in a row in each text that has the name: runs nominate, fast, and
// whoever asks for them compares characters.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "classifiers/contests/run_scan.h"

namespace pantau {

struct NamedRunKernel {
  std::string_view name;
  RunKernel kernel;
};

// The kernels that this processor can run, the best first.
std::vector<NamedRunKernel> run_kernels();

// The start of the first run behind the one that `at` is in; the text's end if there is none.
std::size_t next_run(std::string_view text, std::size_t at);

// Eight bytes of `text` from `at` on, the first one lowest; zeros behind its end.
inline std::uint64_t eight_bytes(std::string_view text, std::size_t at) {
  std::uint64_t bytes = 0;
  const std::size_t left = text.size() - at;
  std::memcpy(&bytes, text.data() + at, left < sizeof(bytes) ? left : sizeof(bytes));
  return std::endian::native == std::endian::little ? bytes : __builtin_bswap64(bytes);
}

// The key of the run that begins with `bytes`: its first byte and the letters behind it, eight
// bytes at most. So `nomor2` has the key of `nomor`.
inline std::uint64_t run_key(std::uint64_t bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kHighBits = 0x80 * kOnes;
  const std::uint64_t low_bits = bytes & ~kHighBits;
  // A byte's high bit is set if it is at least 'a', or above 'z'; no byte carries into the next.
  const std::uint64_t from_a = low_bits + (0x80 - 'a') * kOnes;
  const std::uint64_t above_z = low_bits + (0x7F - 'z') * kOnes;
  const std::uint64_t others = ~(from_a & ~above_z & ~bytes) & kHighBits & ~std::uint64_t{0xFF};
  // All bits below the first other byte; all there are if there is none.
  const std::uint64_t first_bits = others >> 7;
  return bytes & (first_bits - 1) & ~first_bits;
}

}  // namespace pantau
