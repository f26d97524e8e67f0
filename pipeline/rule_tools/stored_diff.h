// Two versions of a pack over acts that the queue has kept: what people have decided, or are to
// decide, that the newer version would say otherwise.
//
// What neither version's forerunners flagged was never kept, so "new" is known only among what is
// there; over all that people wrote, `pantau rules diff` tells it.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "classifiers/base/result.h"
#include "classifiers/engine.h"
#include "pipeline/rule_tools/pack_comparison.h"

namespace pantau {

struct StoredFlag {
  std::string_view key;
  std::string_view json;  // as the sweep told it
};

struct StoredDiffOptions {
  std::size_t listed_max = 100;  // differences of each change; the others are only counted
  std::chrono::milliseconds time_max{10'000};
};

// Of `lists`, contests and campaign; the acts' own subjects are the roster, with the regions that
// they had then, so that a roster which changed since changes nothing here. Without `before`, all
// that `after` finds is new. Of the result, `run.records` are the flags that were compared,
// `run.rejected` those that could not be read, and `run.was_stopped` says that the time was over;
// a difference's `act.line` is its flag's position in `flags`.
Result<PackDiff> diff_over_stored(EngineLists lists, std::optional<RulePack> before, RulePack after,
                                  std::span<const StoredFlag> flags,
                                  const StoredDiffOptions& options);

}  // namespace pantau
