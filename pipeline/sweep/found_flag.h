// A flag on its way to the review queue. Sweeps and live ingest make it here, so both say the same
// of the same act.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "pipeline/review/review_queue.h"
#include "pipeline/sweep/finding.h"

namespace pantau {

// With what a summary counts.
struct FoundFlag {
  ReviewItem item;
  std::size_t line_at = 0;  // where the line's number stands in the flag's JSON
  Level level = Level::Info;
};

// `wants_item`: also what only the review queue needs of a flag.
FoundFlag found_flag(const FlagContext& context, const Flag& flag, const Record& record,
                     const SourceLine& source, bool wants_item);

// Appends what the deletion of `record` may mean for the queue, if a subject acted: deletions of
// strangers' acts leave no trace either. A deleted post may have been a comment or a share (see
// Reading); the queue knows which of the keys it has. An empty reason: that of ItemDeletion.
void append_deletion(const EngineLists& lists, const Record& record, std::string_view reason,
                     std::vector<ItemDeletion>& deletions);

}  // namespace pantau
