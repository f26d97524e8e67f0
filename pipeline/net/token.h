// A platform's token: a secret, so it comes from the environment or a file, and from nowhere else.
#pragma once

#include <string>

#include "classifiers/base/result.h"

namespace pantau {

inline constexpr std::size_t kTokenBytesMax = 8192;

// The variable's value. Fault::Config, without the value, if it is not set or no token.
Result<std::string> token_from_environment(const std::string& variable);

// The file's first line. Refused if others than its owner and group may read it.
Result<std::string> token_from_file(const std::string& path);

}  // namespace pantau
