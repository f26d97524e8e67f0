// From the list that somebody gave to the image that a sweep asks, for lists of millions.
//
// The list is cut into pieces that are read at the same time (roster_piece.h). In the list's
// order, one at a time, their rows get the list's numbers and are written; that is why a piece
// needs no more memory than it fits the cache. At last the tables are filled, part by part.
//
// Where a row begins can only be guessed in the middle of a file, because a quoted cell may hold
// line ends; so a piece counts only if the one before it ended where it began, and else is read
// again from there. The image is the same, byte for byte, however the work was shared out.
#pragma once

#include <cstddef>
#include <functional>
#include <memory_resource>
#include <string_view>

#include "classifiers/accounts/build_workers.h"
#include "classifiers/base/mistakes.h"

namespace pantau {

struct RosterBuilding {
  BuildWorkers workers;
  std::pmr::memory_resource* memory = std::pmr::get_default_resource();  // thread-safe
  std::size_t piece_bytes = std::size_t{2} << 20;

  // Whether some lines are text at all. Asked for the list's pieces, by all workers, because it
  // is quick while they are in the cache.
  std::function<bool(std::string_view lines)> is_text = [](std::string_view) { return true; };
};

enum class RosterBuilt {
  Yes,
  HasMistakes,  // they are told
  IsNoText,     // is_text() said no; mistakes may be told or not
};

// Gives the list's image to `sink`, from front to back, one call at a time. Unless the outcome is
// Yes, what the sink got is worth nothing.
RosterBuilt build_roster(std::string_view csv, const RosterBuilding& building,
                         const std::function<void(std::string_view bytes)>& sink,
                         Mistakes& mistakes);

}  // namespace pantau
