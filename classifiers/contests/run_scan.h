// What the kernels that scan a text for runs (runs.h) share: plain data and nothing of the
// standard library, so that a kernel compiled for a newer processor leaves no function behind
// that an older one could be made to run.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pantau {

// So many bytes of a text are scanned in one go.
inline constexpr std::uint32_t kRunWindowBytes = 1024;

// So many bytes behind a text may be read, and are zero.
inline constexpr std::size_t kRunPaddingBytes = 64;

// How a key becomes a place in a table; 32 bits.
inline constexpr std::uint32_t kHashFactorLow = 0x9E3779B1;
inline constexpr std::uint32_t kHashFactorHigh = 0x85EBCA77;

// Two bits for each hash, in one word: that at the hash's lowest six bits, and that at its
// highest six. The word is at the hash's lowest bits but six, as far as the filter goes.
struct KeyFilterBits {
  const std::uint64_t* words;
  std::uint32_t mask;  // of a hash: what the filter goes by
};

// What stands in a window of a text.
struct RunScan {
  std::uint32_t count;
  std::uint32_t starts[kRunWindowBytes / 2 + 64];  // of runs; kernels write beyond the last one
  bool has_sign;                                   // a '#' or '@'
  bool beyond_ascii;
};

// Fills `scan` with the runs that begin in the window at `from` of the text, which has `size`
// bytes, and whose key passes the filter.
using RunKernel = void (*)(const char* text, std::uint32_t size, std::uint32_t from,
                           const KeyFilterBits& filter, RunScan& scan);

void scan_runs_plain(const char* text, std::uint32_t size, std::uint32_t from,
                     const KeyFilterBits& filter, RunScan& scan);
void scan_runs_avx2(const char* text, std::uint32_t size, std::uint32_t from,
                    const KeyFilterBits& filter, RunScan& scan);

}  // namespace pantau
