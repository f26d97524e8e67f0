// Where the bytes stand that mean something in CSV: delimiters, quotes, line ends.
//
// Between them lies nine tenths of a file, so they are found 64 bytes at a time and
// what decides about cells goes from mark to mark.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "classifiers/base/csv_marks_kernel.h"

namespace pantau {

// The kernels that this processor can run, the best first. Their marks are the same.
std::vector<CsvMarksKernel> csv_marks_kernels();

class CsvMarks {
 public:
  CsvMarks(std::string_view text, char delimiter);
  CsvMarks(std::string_view text, char delimiter, CsvMarksKernel kernel)
      : text_(text), delimiter_(delimiter), kernel_(kernel) {}

  // The position of the next mark; the text's size behind the last one.
  std::size_t next() {
    if (next_ == count_ && !fill()) return text_.size();
    return window_ + positions_[next_++];
  }

  // The next marks, as many of them as are known already, and what their positions count from.
  std::span<const std::uint16_t> known() const { return {&positions_[next_], count_ - next_}; }
  std::size_t window() const { return window_; }

  // Goes past some of the known marks.
  void skip(std::size_t marks) { next_ += marks; }

  // Goes on with the first mark at `position` or behind it.
  void seek(std::size_t position) {
    scanned_ = position;
    next_ = count_ = 0;
  }

 private:
  static constexpr std::size_t kBlocksInWindow = 128;

  bool fill();

  std::string_view text_;
  char delimiter_;
  CsvMarksKernel kernel_;
  std::size_t scanned_ = 0;  // up to here the text was looked through
  std::size_t window_ = 0;   // what positions_ count from
  std::size_t next_ = 0;
  std::size_t count_ = 0;
  std::array<std::uint16_t, kBlocksInWindow * kMarksBlockBytes + kMarksAtOnce> positions_;
};

}  // namespace pantau
