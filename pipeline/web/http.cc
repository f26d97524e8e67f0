#include "pipeline/web/http.h"

#include <sodium.h>

#include <algorithm>

#include "pipeline/output/json_writer.h"

namespace pantau {
namespace {

// Nothing but what this server itself sends is run, shown or asked; nobody frames the page.
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'";

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> decode(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); i++) {
    char c = text[i];
    if (c == '%') {
      if (text.size() - i < 3) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_blank) {
      c = ' ';
    }
    if (c == '\0') return std::nullopt;
    out += c;
  }
  return out;
}

bool steps_up(std::string_view path) {
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    if (part == ".." || part == ".") return true;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return false;
}

bool read_query(std::string_view query, std::vector<WebField>& out) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    if (out.size() == kQueryParametersMax) return false;
    const std::size_t sign = std::min(pair.find('='), pair.size());
    auto name = decode(pair.substr(0, sign), true);
    auto value = decode(pair.substr(std::min(sign + 1, pair.size())), true);
    if (!name || !value) return false;
    out.push_back({*std::move(name), *std::move(value)});
  }
  return true;
}

}  // namespace

std::optional<std::string_view> WebRequest::field(std::string_view name) const {
  const auto found = std::ranges::find(fields, name, &WebField::name);
  if (found == fields.end()) return std::nullopt;
  if (std::find_if(found + 1, fields.end(),
                   [&](const WebField& other) { return other.name == name; }) != fields.end()) {
    return std::nullopt;
  }
  return found->value;
}

std::optional<std::string_view> WebRequest::parameter(std::string_view name) const {
  const auto found = std::ranges::find(query, name, &WebField::name);
  if (found == query.end()) return std::nullopt;
  return found->value;
}

std::optional<std::string_view> WebRequest::cookie(std::string_view name) const {
  auto cookies = field("cookie");
  if (!cookies) return std::nullopt;
  std::optional<std::string_view> value;
  while (!cookies->empty()) {
    const std::size_t end = std::min(cookies->find(';'), cookies->size());
    std::string_view pair = cookies->substr(0, end);
    cookies->remove_prefix(std::min(end + 1, cookies->size()));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.size() <= name.size() || !pair.starts_with(name) || pair[name.size()] != '=') continue;
    if (value) return std::nullopt;
    value = pair.substr(name.size() + 1);
  }
  return value;
}

bool read_target(std::string_view target, WebRequest& request) {
  if (!target.starts_with('/')) return false;
  const std::size_t sign = std::min(target.find('?'), target.size());
  auto path = decode(target.substr(0, sign), false);
  if (!path || steps_up(*path) || path->find('\\') != std::string::npos) return false;
  request.path = *std::move(path);
  return read_query(target.substr(std::min(sign + 1, target.size())), request.query);
}

std::vector<WebField> security_fields(bool tls) {
  std::vector<WebField> fields = {
      {"content-security-policy", std::string(kContentSecurityPolicy)},
      {"x-content-type-options", "nosniff"},
      {"cache-control", "no-store"},
      {"referrer-policy", "no-referrer"},
      {"cross-origin-opener-policy", "same-origin"},
      {"cross-origin-resource-policy", "same-origin"},
      {"x-frame-options", "DENY"},
      {"permissions-policy", "camera=(), geolocation=(), microphone=()"},
  };
  if (tls) fields.push_back({"strict-transport-security", "max-age=31536000"});
  return fields;
}

WebResponse error_response(unsigned status, std::string_view code, std::string_view message,
                           std::string_view id) {
  WebResponse response;
  response.status = status;
  JsonWriter json(response.body);
  json.begin_object();
  json.key("error");
  json.begin_object();
  json.key("code");
  json.string(code);
  json.key("message");
  json.string(message);
  json.key("id");
  json.string(id);
  json.end_object();
  json.end_object();
  return response;
}

std::string new_correlation_id() {
  unsigned char bytes[8];
  randombytes_buf(bytes, sizeof bytes);
  std::string text(2 * sizeof bytes + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes, sizeof bytes);
  text.pop_back();
  return text;
}

}  // namespace pantau
