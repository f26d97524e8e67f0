// A request and its answer, as everything but the server sees them: no sockets, no library.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pantau {

struct WebField {
  std::string name;  // in small letters
  std::string value;
};

struct WebRequest {
  std::string method;  // "GET", "POST" …, as it was sent
  std::string path;    // decoded: no query, no percent signs
  std::vector<WebField> query;
  std::vector<WebField> fields;
  std::string body;
  std::string peer;  // the address that the connection came from
  bool tls = false;

  // The field's value. Nothing if it is missing, or there more than once: what two readers
  // could read in two ways is not read.
  std::optional<std::string_view> field(std::string_view name) const;
  // A parameter of the query; the first of its name.
  std::optional<std::string_view> parameter(std::string_view name) const;
  // A cookie's value; nothing if it is missing, or there more than once.
  std::optional<std::string_view> cookie(std::string_view name) const;
};

struct WebResponse {
  unsigned status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<WebField> fields;  // beyond those of every answer (security_fields)
};

using WebHandler = std::function<WebResponse(const WebRequest&)>;

inline constexpr std::size_t kQueryParametersMax = 64;

// "/a%20b?c=d" → path and query. False if it is no target of a server: not absolute, a broken
// escape, a NUL, or a path that steps up ("..").
bool read_target(std::string_view target, WebRequest& request);

// Of every answer, whoever made it and whatever it says: CSP, sniffing, framing,
// caching, and over TLS that it stays TLS).
std::vector<WebField> security_fields(bool tls);

// {"error":{"code","message","id"}}: `id` is what a person reads out to whoever has the log.
WebResponse error_response(unsigned status, std::string_view code, std::string_view message,
                           std::string_view id);

// 16 hexadecimal digits, not to be guessed.
std::string new_correlation_id();

}  // namespace pantau
