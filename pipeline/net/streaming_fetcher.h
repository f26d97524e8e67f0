// A fetcher that knows streams as well.
#pragma once

#include <memory>

#include "pipeline/net/fetcher.h"
#include "pipeline/net/stream_mailbox.h"

namespace pantau {

// Hands requests without a stream on to `plain`. A stream is read by a thread of its own; it is
// asked for again and again, as if for pages, and stays open in between: each time it answers with
// what has come since. `plain` must wake up when woken from any thread.
std::unique_ptr<Fetcher> make_streaming_fetcher(std::unique_ptr<Fetcher> plain,
                                                const StreamLimits& limits);

}  // namespace pantau
