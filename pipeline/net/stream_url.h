// The parts of a stream's address.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace pantau {

struct StreamUrl {
  bool is_tls = true;  // wss, not ws
  std::string host;    // without the brackets of an IPv6 address
  std::uint16_t port = 443;
  std::string authority;  // as the Host header has it
  std::string target;     // path and query
};

// Of "wss://host[:port][/path][?query]" or ws://…; nothing for any other text, and for one with a
// user name or a control character in it.
std::optional<StreamUrl> parse_stream_url(const std::string& text);

}  // namespace pantau
