// What a rule's author asks of an archive, or of a pack: `pantau rules backtest`, `diff` and
// `explain`. Each returns the exit status; nothing is stored.
#pragma once

#include <atomic>

#include "classifiers/base/result.h"
#include "pipeline/command_line.h"

namespace pantau {

// `stop`: when it becomes true, the command says what it has found until then.
Result<int> backtest_rules(const CommandLine& line, const std::atomic<bool>* stop);

// Exit status 1 if the packs' findings differ.
Result<int> diff_rules(const CommandLine& line, const std::atomic<bool>* stop);

Result<int> explain_rule(const CommandLine& line);

}  // namespace pantau
