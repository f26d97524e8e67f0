// The commands of CONTRACT.md §10, one function each. Each returns the exit status.
#pragma once

#include "classifiers/base/result.h"
#include "pipeline/command_line.h"

namespace pantau {

// `sweep` and `match`. Ends early, in order, on SIGINT and SIGTERM; the second one kills.
Result<int> sweep(const CommandLine& line);

// `ingest`: the same about signals.
Result<int> ingest(const CommandLine& line);

// `serve`: the same about signals.
Result<int> serve(const CommandLine& line);

// `export`: tells the bag's path on standard output.
Result<int> export_case(const CommandLine& line);

// `rank train`, `rank show`, `rank on`, `rank off`: what there is to know on standard output.
Result<int> train_rank(const CommandLine& line);
Result<int> show_rank(const CommandLine& line);
Result<int> switch_rank_on(const CommandLine& line);
Result<int> switch_rank_off(const CommandLine& line);

Result<int> check_rules(const CommandLine& line);
Result<int> build_roster(const CommandLine& line);

// `verify`: says what is wrong, file by file, on standard output.
Result<int> verify(const CommandLine& line);

}  // namespace pantau
