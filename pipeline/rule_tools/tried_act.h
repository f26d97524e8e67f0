// An act that somebody makes up to try rules on.
#pragma once

#include <optional>
#include <string>

#include "classifiers/base/result.h"
#include "classifiers/engine.h"

namespace pantau {

struct TriedAct {
  std::string text;
  std::string kind = "post";
  std::string platform = "x";
  std::string actor;  // handle
  std::string target_id;
  std::string target;                 // handle
  std::string at;                     // empty: the first day of the first contest's campaign
  std::optional<std::string> region;  // of whoever acts, if not on the roster; nothing: the first
                                      // contest's
};

// A longer text is cut by folding anyway.
inline constexpr std::size_t kTriedTextBytesMax = kFoldedTextBytesMax;

struct Tried {
  Record record;  // points into the act
  Explanation explanation;
};

// Fault::Config says what of the act makes no sense. Not for an engine without contests.
Result<Tried> try_act(const Engine& engine, const TriedAct& act);

}  // namespace pantau
