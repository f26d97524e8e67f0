#include "pipeline/ingest/source.h"

#include <fmt/format.h>

namespace pantau {

std::string_view Answer::header(std::string_view name) const {
  for (const Header& header : headers) {
    if (header.name == name) return header.value;
  }
  return {};
}

Verdict judge_status(const Answer& answer) {
  const int status = answer.status;
  const std::string reason = fmt::format("HTTP status {}", status);
  if (status == 429) return Verdict::wait(reason);
  if (status == 503 && !answer.header("retry-after").empty()) return Verdict::wait(reason);
  // An answer without content (204) is as broken as half a one: there should have been some.
  if (status >= 500 || status < 300 || status == 408 || status == 425)
    return Verdict::retry(reason);
  return Verdict::stop(reason);
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  constexpr std::string_view kAsTheyAre =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string encoded;
  for (const char c : text) {
    if (kAsTheyAre.find(c) != std::string_view::npos) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kHex[byte >> 4];
    encoded += kHex[byte & 0xF];
  }
  return encoded;
}

}  // namespace pantau
