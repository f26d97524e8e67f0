// The consumer's side of a chunk: its rows, one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "pipeline/archive/chunk.h"

namespace pantau {

std::uint64_t count_line_feeds(std::string_view bytes);

struct Row {
  std::string_view bytes;    // without its line end; in Lines framing a '\r' before it stays
  std::uint64_t line = 0;    // number of its (first physical) line in the file, from 1
  std::uint64_t offset = 0;  // of its first byte in the file, decompressed
};

// Goes through a chunk's rows and leaves out the blank ones. The rows are the
// same whatever the size of the chunks, because the chunker cuts only where this
// would have ended a row. Costs nothing to make; the chunk must outlive it.
class RowIterator {
 public:
  explicit RowIterator(const Chunk& chunk)
      : chunk_(chunk), next_(chunk.too_long ? chunk.bytes.size() : 0), line_(chunk.line) {}

  // The next row that is not blank, or false at the end. `without_end` bytes of what comes next
  // are known to hold no line end.
  bool next(Row& row, std::size_t without_end = 0);

  // Where the search for the next row begins.
  const char* at() const { return chunk_.bytes.data() + next_; }
  bool done() const { return next_ >= chunk_.bytes.size(); }

 private:
  bool next_line(Row& row, std::size_t without_end);
  bool next_csv_row(Row& row);
  bool next_item(Row& row);

  const Chunk& chunk_;
  std::size_t next_;
  std::uint64_t line_;
  std::size_t item_ = 0;  // of a document's
};

}  // namespace pantau
