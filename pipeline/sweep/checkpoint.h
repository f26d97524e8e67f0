// Where a sweep stands, as text for the review queue to keep beside its items, so that
// both are always of the same moment.
#pragma once

#include <cstdint>
#include <optional>

#include "pipeline/output/summary.h"
#include "pipeline/review/review_queue.h"
#include "pipeline/sweep/feed.h"

namespace pantau {

struct SweepPosition {
  FeedPosition input;
  std::uint64_t flags_bytes = 0;  // length of the --flags file at this point
  std::uint64_t rejects_bytes = 0;

  friend bool operator==(const SweepPosition&, const SweepPosition&) = default;
};

// Position and counts; not who was seen: that a person without a flag acted is nothing that
// may be kept.
Checkpoint make_checkpoint(const SweepPosition& position, const SweepSummary& summary);

// Fills `position` and the counts of `summary`; false if the texts are not of this program.
bool read_checkpoint(const Checkpoint& checkpoint, SweepPosition& position, SweepSummary& summary);

}  // namespace pantau
