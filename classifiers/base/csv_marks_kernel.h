// How marks are found: the same steps for each kind of vector.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace pantau {

// A kernel looks through `blocks` times 64 bytes and writes the marks' positions; it may write
// kMarksAtOnce positions more than it finds. Returns how many it found.
using CsvMarksKernel = std::size_t (*)(const char* text, std::size_t blocks, char delimiter,
                                       std::uint16_t* positions);

std::size_t csv_marks_plain(const char* text, std::size_t blocks, char delimiter,
                            std::uint16_t* positions);
std::size_t csv_marks_avx2(const char* text, std::size_t blocks, char delimiter,
                           std::uint16_t* positions);

inline constexpr std::size_t kMarksBlockBytes = 64;
inline constexpr std::size_t kMarksAtOnce = 8;

// Ops::marks(block) is a bit for each of 64 bytes.
template <class Ops>
std::size_t find_csv_marks(const char* text, std::size_t blocks, char delimiter,
                           std::uint16_t* positions) {
  const Ops ops(delimiter);
  std::size_t count = 0;
  for (std::size_t block = 0; block < blocks; block++) {
    std::uint64_t marks = ops.marks(text + block * kMarksBlockBytes);
    const auto found = static_cast<std::size_t>(std::popcount(marks));
    // Mostly there are fewer than eight: always writing so many costs less than asking.
    for (std::size_t written = 0; written < found; written += kMarksAtOnce) {
      for (std::size_t i = 0; i < kMarksAtOnce; i++) {
        const auto bit = static_cast<std::size_t>(std::countr_zero(marks));
        positions[count + written + i] = static_cast<std::uint16_t>(block * kMarksBlockBytes + bit);
        marks &= marks - 1;
      }
    }
    count += found;
  }
  return count;
}

}  // namespace pantau
