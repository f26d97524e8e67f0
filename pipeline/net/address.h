// Which addresses of the network may be reached.
//
// Whoever answers for a platform's name, or can put a redirect into an answer, chooses where the
// next connection goes. So it is the address itself that is looked at, at the moment of
// connecting: not the name, which may mean something else a second later.
#pragma once

#include <sys/socket.h>

#include <optional>
#include <string>
#include <string_view>

namespace pantau {

// Whether `address` is one of the public internet: none that is private, shared (RFC 6598),
// loopback, link-local, multicast, reserved, for documentation, or that wraps one of these in
// IPv6 (mapped, 6to4, Teredo, NAT64).
bool is_public_address(const sockaddr& address);

// The address in "127.0.0.1:8080" or "[::1]:8080"; nothing for any other text.
std::optional<sockaddr_storage> parse_endpoint(std::string_view text);

// "192.0.2.7:443", "[2001:db8::1]:443"; "" for what is neither IPv4 nor IPv6.
std::string endpoint_text(const sockaddr& address);

inline const sockaddr& as_sockaddr(const sockaddr_storage& storage) {
  return reinterpret_cast<const sockaddr&>(storage);
}

}  // namespace pantau
