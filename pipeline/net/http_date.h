// Dates as HTTP writes them.
#pragma once

#include <optional>
#include <string>

#include "classifiers/base/time.h"

namespace pantau {

// "Wed, 27 Nov 2024 06:00:00 GMT", and the older forms. Nothing for what is no date.
std::optional<Instant> parse_http_date(const std::string& text);

}  // namespace pantau
