// `pantau rules test`: one text, and what each rule makes of it.
#pragma once

#include <string>

#include "classifiers/base/result.h"
#include "pipeline/command_line.h"

namespace pantau {

// Prints the explanation. Exit status 0, flagged or not.
Result<int> test_rules(const CommandLine& line);

}  // namespace pantau
