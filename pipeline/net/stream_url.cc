#include "pipeline/net/stream_url.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <memory>

namespace pantau {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

bool is_printable(char c) {
  return c > ' ' && c < 0x7F;
}

}  // namespace

// By the parser that HTTP requests go through as well.
std::optional<StreamUrl> parse_stream_url(const std::string& text) {
  if (!std::ranges::all_of(text, is_printable)) return std::nullopt;
  const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  constexpr unsigned kFlags = CURLU_NON_SUPPORT_SCHEME | CURLU_DISALLOW_USER;
  if (url == nullptr || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), kFlags) != CURLUE_OK) {
    return std::nullopt;
  }
  const std::string scheme = part_of(url.get(), CURLUPART_SCHEME);
  if (scheme != "ws" && scheme != "wss") return std::nullopt;
  StreamUrl parts;
  parts.is_tls = scheme == "wss";
  parts.port = parts.is_tls ? 443 : 80;
  parts.host = parts.authority = part_of(url.get(), CURLUPART_HOST);
  if (parts.host.starts_with('[')) parts.host = parts.host.substr(1, parts.host.size() - 2);
  if (parts.host.empty()) return std::nullopt;
  if (const std::string port = part_of(url.get(), CURLUPART_PORT); !port.empty()) {
    const char* const end = port.data() + port.size();
    const auto read = std::from_chars(port.data(), end, parts.port);
    if (read.ec != std::errc() || read.ptr != end || parts.port == 0) return std::nullopt;
    parts.authority += ':' + port;
  }
  parts.target = part_of(url.get(), CURLUPART_PATH);
  if (const std::string query = part_of(url.get(), CURLUPART_QUERY); !query.empty()) {
    parts.target += '?' + query;
  }
  return parts;
}

}  // namespace pantau
