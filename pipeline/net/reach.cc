#include "pipeline/net/reach.h"

namespace pantau {

std::optional<Reach> Reach::make(const HttpReach& wanted) {
  Reach reach;
  reach.plain_ = wanted.plain;
  if (wanted.test_server.empty()) return reach;
  const std::optional<sockaddr_storage> address = parse_endpoint(wanted.test_server);
  if (!address) return std::nullopt;
  reach.test_endpoint_ = endpoint_text(as_sockaddr(*address));
  return reach;
}

bool Reach::allows(const sockaddr& address) const {
  if (test_endpoint_.empty()) return is_public_address(address);
  return endpoint_text(address) == test_endpoint_;
}

}  // namespace pantau
