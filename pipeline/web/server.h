// The HTTP server: sockets, TLS, HTTP/1.1, limits. What a request means is the handler's.
//
// Everything a client can make long has an end: each has a name below. A client that breaks
// one is answered if it can still be, and cut off.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "classifiers/base/result.h"
#include "pipeline/web/http.h"

namespace pantau {

struct ServerLimits {
  std::uint32_t header_bytes_max = 16 << 10;
  // A request's body; its length must be told in advance. Which paths may send more is the
  // handler's owner's to say.
  std::uint64_t body_bytes_max = 64 << 10;
  std::function<std::uint64_t(std::string_view path)> body_bytes_max_of;
  // Of all bodies that are being read or answered: what a flood of uploads may hold.
  std::uint64_t bodies_bytes_max = 256 << 20;
  std::size_t connections_max = 2000;
  std::size_t requests_per_connection_max = 1000;
  std::size_t requests_waiting_max = 512;  // for a handler; beyond, 503
  // From the first byte to the last, so that dripping bytes gains nothing.
  std::chrono::milliseconds header_time_max{10'000};
  std::chrono::milliseconds body_time_max{60'000};
  std::chrono::milliseconds write_time_max{60'000};
  std::chrono::milliseconds handshake_time_max{10'000};
  std::chrono::milliseconds idle_time_max{30'000};  // between requests
  std::chrono::milliseconds stop_time_max{10'000};  // for requests under way at a stop
};

struct TlsFiles {
  std::string certificate;  // PEM, with its chain
  std::string key;          // PEM
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any that is free
  std::optional<TlsFiles> tls;
  unsigned handler_threads = 4;
  ServerLimits limits;
};

class Server {
 public:
  // Binds the port. `handle` is called from several threads; what it throws is a 500.
  // Fault::Config for an address, port or certificate that cannot be used.
  static Result<std::unique_ptr<Server>> open(ServerOptions options, WebHandler handle);
  virtual ~Server() = default;

  virtual std::uint16_t port() const = 0;
  // Serves until `stop` is set, then answers what it has begun to and returns.
  virtual void run(const std::atomic<bool>& stop) = 0;
};

}  // namespace pantau
