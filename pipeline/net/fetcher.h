// Many HTTP requests at a time on one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "classifiers/base/result.h"
#include "pipeline/net/http.h"

namespace pantau {

// What became of a request: an answer, whatever its status, or a fault.
struct Fetched {
  std::uint64_t ticket = 0;
  std::optional<HttpAnswer> answer;
  HttpFault fault = HttpFault::Internal;  // without an answer
  std::string detail;                     // the same for people: no secrets, nothing of a body
};

// For one thread, but for wake().
class Fetcher {
 public:
  virtual ~Fetcher() = default;

  // Begins a request; `ticket` says later which one is done.
  virtual void start(std::uint64_t ticket, HttpRequest request) = 0;

  // Works on what was started until something is done, wake() is called, or `longest` is over.
  virtual std::vector<Fetched> wait(std::chrono::milliseconds longest) = 0;

  // Ends the wait() that is running, or the next one. From any thread.
  virtual void wake() = 0;
};

// The real one: libcurl. HTTP/2 where the server has it, connections kept and shared, proxies of
// the environment and .netrc not looked at. Certificates are always verified: nothing switches
// that off. Fault::Source if the library cannot be set up.
Result<std::unique_ptr<Fetcher>> make_curl_fetcher(const HttpLimits& limits);

}  // namespace pantau
