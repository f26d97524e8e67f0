#pragma once

#include <cstdint>

namespace pantau {

// A range of bytes, [start, end).
struct ByteRange {
  std::uint32_t start = 0;
  std::uint32_t end = 0;

  bool empty() const { return start == end; }

  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

}  // namespace pantau
