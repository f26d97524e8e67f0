// How long a platform wants us to wait, as its answer says it. Pure.
#pragma once

#include <chrono>
#include <optional>

#include "pipeline/ingest/source.h"

namespace pantau {

using Duration = std::chrono::microseconds;

// From the answer's headers: Retry-After (seconds, or a date), else RateLimit-Reset,
// X-RateLimit-Reset or X-Rate-Limit-Reset (seconds to go, seconds or milliseconds since 1970, or
// RFC 3339). Points in time are by the server's clock, so they are compared with its Date and not
// with our clock. Never negative; nothing if there is no such header, or none that can be read.
std::optional<Duration> wait_asked_for(const Answer& answer);

// Whether the answer says that its budget is spent: the next request would be refused.
bool budget_is_spent(const Answer& answer);

// The server's clock when it answered, if it says.
std::optional<Instant> server_time(const Answer& answer);

}  // namespace pantau
