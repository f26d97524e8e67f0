// Folding of simple stretches; see text_kernels.h.
#pragma once

#include "classifiers/text/text_kernels.h"

namespace pantau {

// The vectors that bytes are compared to.
template <class Vector>
struct SimpleBytes {
  typename Vector::Bytes first = Vector::all(' ');
  typename Vector::Bytes before_a = Vector::all(-128 - 'A');
  typename Vector::Bytes letters = Vector::all(-128 + 26);
  typename Vector::Bytes small = Vector::all('a' - 'A');
  typename Vector::Bytes del = Vector::all(0x7F);
};

template <class Vector>
inline __attribute__((always_inline)) auto no_printable_ascii(typename Vector::Bytes bytes,
                                                              const SimpleBytes<Vector>& of) {
  return Vector::any(Vector::below(bytes, of.first), Vector::is(bytes, of.del));
}

template <class Vector>
inline __attribute__((always_inline)) auto in_small_letters(typename Vector::Bytes bytes,
                                                            const SimpleBytes<Vector>& of) {
  const auto capital = Vector::below(Vector::sum(bytes, of.before_a), of.letters);
  return Vector::any(bytes, Vector::both(capital, of.small));
}

// How many bytes of a vector are simple, if no blank stands before it.
template <class Vector>
inline __attribute__((always_inline)) std::size_t simple_bytes(typename Vector::Bytes bytes,
                                                               const SimpleBytes<Vector>& of) {
  const std::uint64_t blanks = Vector::mask(Vector::is(bytes, of.first));
  const std::uint64_t ends =
      Vector::mask(no_printable_ascii<Vector>(bytes, of)) | (blanks & blanks << 1);
  return ends == 0 ? Vector::kBytes : static_cast<std::size_t>(__builtin_ctzll(ends));
}

// There are at least kBytes bytes.
template <class Vector>
inline __attribute__((always_inline)) std::size_t fold_simple(const char* from, std::size_t size,
                                                              bool after_blank, char* to) {
  if (after_blank && *from == ' ') return 0;
  const SimpleBytes<Vector> of;
  std::size_t done = 0;
  for (; size - done > Vector::kBytes; done += Vector::kBytes) {
    const auto bytes = Vector::load(from + done);
    Vector::store(in_small_letters<Vector>(bytes, of), to + done);
    const auto blanks = Vector::is(bytes, of.first);
    const auto next_blanks = Vector::is(Vector::load(from + done + 1), of.first);
    const auto ends =
        Vector::any(no_printable_ascii<Vector>(bytes, of), Vector::both(blanks, next_blanks));
    if (Vector::mask(ends) != 0) return done + simple_bytes<Vector>(bytes, of);
  }
  // The last bytes, with some before them that were simple.
  done = size - Vector::kBytes;
  const auto bytes = Vector::load(from + done);
  Vector::store(in_small_letters<Vector>(bytes, of), to + done);
  return done + simple_bytes<Vector>(bytes, of);
}

}  // namespace pantau
