// WebSockets, as clients read them.
#pragma once

#include <string>

#include "pipeline/net/stream_mailbox.h"

namespace pantau {

// Connects to `url` and puts every message into the mailbox, until the connection ends, which is
// told to the mailbox, or the mailbox is abandoned. Blocks: for a thread of its own. Of `request`
// headers, bearer, reach and the stream's hello count. Certificates are always verified, and the
// address is looked at before it is connected to, as in HTTP; redirects are not followed.
void read_web_socket(const HttpRequest& request, const std::string& url, const StreamLimits& limits,
                     StreamMailbox& mailbox);

}  // namespace pantau
