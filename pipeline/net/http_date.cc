#include "pipeline/net/http_date.h"

#include <curl/curl.h>

namespace pantau {

std::optional<Instant> parse_http_date(const std::string& text) {
  const std::time_t seconds = curl_getdate(text.c_str(), nullptr);
  if (seconds == -1) return std::nullopt;
  return Instant(std::chrono::seconds(seconds));
}

}  // namespace pantau
