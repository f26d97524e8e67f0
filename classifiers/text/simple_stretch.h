// Stretches of a text that fold byte by byte: printable ASCII without two blanks in a row. Nearly
// all of most texts is like this.
#pragma once

#include <cstddef>

namespace pantau {

// Writes the first `size` bytes at `from` to `to`, in small letters, as far as they are simple, and
// returns how many are. `after_blank`: a blank stands before them. Whole vectors are written, so
// up to 15 bytes behind the last one are overwritten.
std::size_t fold_simple_stretch(const char* from, std::size_t size, bool after_blank, char* to);

}  // namespace pantau
