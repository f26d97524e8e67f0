// What looks at all bytes of a text, in vectors as wide as the processor has. The two templates are
// in simple_stretch.h and disguise_scan.h; a kernel is both of them for one kind of vector.
//
// `Vector`, which each kernel has of its own, has
//   kBytes, Bytes        how many bytes, and their type
//   load(from), store(bytes, to)
//   all(byte)            kBytes times the same
//   is(a, b)             all bits of a byte are set where the two are the same
//   below(a, b)          where a is below b, as signed bytes: what is beyond ASCII is below all
//   else sum(a, b)            without carry any(a, b), both(a, b), without(a, b)    or, and, and
//   not mask(a)              one bit of each byte, the first lowest
//
// Nothing of the standard library is in here or there, so that a kernel compiled for a newer
// processor leaves no function behind that an older one could be made to run.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pantau {

struct ScanState;
struct DisguisePlaces;

struct TextKernel {
  const char* name;

  // Writes the first `size` bytes at `from` to `to`, in small letters, as far as they are simple,
  // and returns how many are. Simple is printable ASCII, but no blank behind a blank; `after_blank`
  // says what stands before the first byte. What is behind the simple bytes is overwritten, up to
  // `size` bytes, or 16 if it is less.
  std::size_t (*fold_simple_stretch)(const char* from, std::size_t size, bool after_blank,
                                     char* to);

  // Scans kScanBlocks blocks of a view's text from byte `from` on, or up to the byte behind its
  // end. Returns whether it found anything.
  bool (*scan_for_disguises)(const char* text, std::size_t size, std::size_t from, ScanState& state,
                             DisguisePlaces& places);
};

// For any processor, for x86-64, and for those of them that have AVX2.
extern const TextKernel plain_text_kernel;
extern const TextKernel sse2_text_kernel;
extern const TextKernel avx2_text_kernel;

// The best that this processor can run.
const TextKernel& text_kernel();

}  // namespace pantau
