// What goes over HTTP, and what can go wrong with it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/net/address.h"

namespace pantau {

struct Header {
  std::string name;  // in small letters
  std::string value;

  friend bool operator==(const Header&, const Header&) = default;
};

// Every limit of one request. The defaults are for pages of some hundred records.
struct HttpLimits {
  std::size_t body_bytes_max = std::size_t{32} << 20;     // decoded: a bomb is cut while it unfolds
  std::size_t header_bytes_max = std::size_t{256} << 10;  // of all answers, redirects included
  long redirects_max = 5;
  std::chrono::milliseconds connect_time_max{10'000};
  std::chrono::milliseconds total_time_max{120'000};
  long slow_bytes_per_second = 100;  // slower than this for so long: a drip, given up
  std::chrono::seconds slow_time_max{15};
};

// Where a request may go. Without a test server that is any public address, by HTTPS. With one
// it is that address alone, and plain HTTP is allowed: so a test or a mirror in the house can be
// named, but nothing else in the house can be reached through it.
struct HttpReach {
  std::string test_server;  // "127.0.0.1:8080" or "[::1]:8080"; empty: none
  std::string ca_file;      // certificates to trust in place of the system's; empty: the system's
  bool plain = false;       // HTTP without TLS as well: for answers that prove themselves
};

// For a request whose answer is a stream: a connection that stays open and delivers messages.
struct StreamWish {
  std::string subscription;  // what is asked for, wherever it begins: a connection that is open
                             // for the same one goes on, whatever the URL says
  std::string hello;         // the first message to the server; empty: none
  std::vector<std::string> mirrors;      // other URLs of it, taken in turn with each connection
  std::chrono::seconds silence_max{60};  // without a message for so long, it is given up

  friend bool operator==(const StreamWish&, const StreamWish&) = default;
};

// The status of an answer that holds messages of a stream. Each stands in its body between these
// two bytes (RFC 7464); none at all says that the stream was silent for silence_max.
inline constexpr int kStreamStatus = 101;
inline constexpr char kMessageBegin = '\x1e';
inline constexpr char kMessageEnd = '\n';

// A GET request, or a POST of `body` if that has a type. Secrets have places of their own, so that
// all the rest may be logged.
struct HttpRequest {
  std::string url;
  std::vector<Header> headers;
  std::string bearer;         // a token, sent to the URL's own host only
  std::string key_parameter;  // added to the query as key=…
  std::string body;
  std::string body_type;  // "application/timestamp-query"; empty: GET
  HttpReach reach;
  std::optional<StreamWish> stream;
};

// Why there is no answer. Each has a name for logs, health and tests.
enum class HttpFault : std::uint8_t {
  BadUrl,         // no URL, or one with a user name, or of a protocol that is not allowed
  Unresolved,     // the host's name has no address
  Refused,        // an address that must not be reached: private, local, multicast …
  Unreachable,    // no connection
  Tls,            // no trustworthy connection: certificate, name, protocol
  Redirects,      // too many, or to what is not allowed
  HeadersTooBig,  //
  BodyTooBig,     // after decoding
  Truncated,      // the connection ended before the answer did
  TooSlow,        // a drip, or the time was up
  Garbled,        // not HTTP, or not decodable
  Internal,       // the library's own fault
};

std::string_view name_of(HttpFault fault);  // "refused address", "body too big" …

struct HttpAnswer {
  int status = 0;
  std::vector<Header> headers;  // of the last answer
  std::string body;             // decoded, kHttpPaddingBytes allocated behind it
};

// So many bytes behind a body may be read: what parsers with vector loads ask for.
inline constexpr std::size_t kHttpPaddingBytes = 64;

}  // namespace pantau
