// For any processor: vectors of one byte.
#include "classifiers/text/disguise_scan.h"
#include "classifiers/text/simple_stretch.h"

namespace pantau {
namespace {

struct Vector {
  using Bytes = std::int8_t;
  static constexpr std::size_t kBytes = sizeof(Bytes);

  static Bytes load(const char* from) { return static_cast<Bytes>(*from); }
  static void store(Bytes bytes, char* to) { *to = static_cast<char>(bytes); }
  static Bytes all(int byte) { return static_cast<Bytes>(byte); }
  static Bytes is(Bytes a, Bytes b) { return a == b ? -1 : 0; }
  static Bytes below(Bytes a, Bytes b) { return a < b ? -1 : 0; }
  static Bytes sum(Bytes a, Bytes b) { return static_cast<Bytes>(a + b); }
  static Bytes any(Bytes a, Bytes b) { return static_cast<Bytes>(a | b); }
  static Bytes both(Bytes a, Bytes b) { return static_cast<Bytes>(a & b); }
  static Bytes without(Bytes a, Bytes b) { return static_cast<Bytes>(a & ~b); }
  static std::uint32_t mask(Bytes a) { return a & 1; }
};

std::size_t fold_simple_stretch(const char* from, std::size_t size, bool after_blank, char* to) {
  return size == 0 ? 0 : fold_simple<Vector>(from, size, after_blank, to);
}

}  // namespace

const TextKernel plain_text_kernel = {"plain", fold_simple_stretch, scan<Vector>};

}  // namespace pantau
