// Where the lines of a chunk begin to count.
#pragma once

#include <cstdint>

#include "pipeline/sweep/worker.h"

namespace pantau {

// A chunk that was read by its worker does not know how many lines are before it. So its outcome
// counts lines without those of such chunks, and this adds them, once they are known.
//
// Takes every outcome of a feed, in order. If a chunk could not be read, it leaves out what is
// behind it in its file.
class LineNumbers {
 public:
  void number(ChunkOutcome& outcome);

 private:
  void leave_out(ChunkOutcome& outcome) const;

  std::uint32_t file_ = 0;
  std::uint64_t lines_ = 0;  // of the chunks of this file that their workers have read
  bool has_failed_ = false;
};

}  // namespace pantau
