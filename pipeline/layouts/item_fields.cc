#include "pipeline/layouts/item_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

namespace pantau {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool are_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

constexpr std::int64_t kYear9999 = 253'402'300'799;  // its last second

}  // namespace

std::string_view name_of(JsonType type) {
  switch (type) {
    case JsonType::Absent:
      return "missing";
    case JsonType::Null:
      return "null";
    case JsonType::String:
      return "a text";
    case JsonType::Number:
      return "a number";
    case JsonType::Boolean:
      return "true or false";
    case JsonType::Object:
      return "an object";
    case JsonType::Array:
      return "an array";
  }
  return "";
}

Misfit misfit(std::string_view reason, std::string_view where, JsonNode found) {
  const bool is_empty = found.is_string() && found.text().empty();
  return {reason, where, is_empty ? "empty" : name_of(found.type())};
}

void Acts::add(const Misfit& misfit, const Record& record) {
  if (misfit.fits()) {
    add(record);
  } else {
    reject(misfit);
  }
}

void Acts::reject(const Misfit& misfit) {
  entries_.push_back({Reading::unmapped(misfit.reason, misfit.where, misfit.found), {}});
}

std::string_view id_text(JsonNode node) {
  const std::string_view text = node.text();
  if (node.is_string()) return text;
  return node.type() == JsonType::Number && are_digits(text) ? text : std::string_view();
}

Misfit need_id(JsonNode node, std::string_view where, std::string_view& id,
               std::string_view missing) {
  if ((node.is_string() || node.type() == JsonType::Number) && is_damaged_id(node.text())) {
    return {"id_damaged", where, "rounded"};
  }
  id = id_text(node);
  return id.empty() ? misfit(missing, where, node) : Misfit();
}

Misfit need_time(JsonNode node, std::string_view where, Record& record, Arena& arena) {
  if (node.is_absent()) return misfit("missing:created_at", where, node);
  const std::string_view text = node.text();
  const bool is_count = are_digits(text);
  const std::string_view time = is_count ? from_unix_time(text, arena) : to_rfc3339(text, arena);
  if (set_time(record, time)) return {};
  return {"time", where, node.is_string() || is_count ? "no time" : name_of(node.type())};
}

std::string_view to_rfc3339(std::string_view text, Arena& arena) {
  constexpr std::size_t kSecondsEnd = 19;  // of "2024-11-27T08:00:00"
  const std::size_t sign = text.size() >= 5 ? text.size() - 5 : 0;
  const bool lacks_colon = sign >= kSecondsEnd && (text[sign] == '+' || text[sign] == '-') &&
                           are_digits(text.substr(sign + 1));
  if (!lacks_colon) return parse_rfc3339(text) ? text : std::string_view();
  const std::string_view whole =
      join({text.substr(0, sign + 3), ":", text.substr(sign + 3)}, arena);
  return parse_rfc3339(whole) ? whole : std::string_view();
}

std::string_view from_unix_time(std::string_view digits, Arena& arena) {
  constexpr std::size_t kMillisecondDigits = 13;
  std::int64_t count = 0;
  const char* const end = digits.data() + digits.size();
  const std::from_chars_result read = std::from_chars(digits.data(), end, count);
  if (read.ec != std::errc() || read.ptr != end || count < 0) return {};
  const bool in_milliseconds = digits.size() == kMillisecondDigits;
  if (count / (in_milliseconds ? 1000 : 1) > kYear9999) return {};
  const std::chrono::microseconds since =
      in_milliseconds ? std::chrono::microseconds(std::chrono::milliseconds(count))
                      : std::chrono::microseconds(std::chrono::seconds(count));
  return arena.keep(format_rfc3339(Instant(since)));
}

std::string_view from_twitter_time(std::string_view text, Arena& arena) {
  constexpr std::string_view kForm = "Www Mmm dd hh:mm:ss +zzzz yyyy";
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() != kForm.size() || text[3] != ' ' || text[7] != ' ' || text[25] != ' ') return {};
  const std::size_t month = kMonths.find(text.substr(4, 3));
  if (month == std::string_view::npos || month % 3 != 0) return {};
  const std::size_t number = month / 3 + 1;
  char* const out = arena.allocate(kForm.size());
  const auto written =
      fmt::format_to(out, "{}-{:02}-{}T{}{}:{}", text.substr(26, 4), number, text.substr(8, 2),
                     text.substr(11, 8), text.substr(20, 3), text.substr(23, 2));
  return {out, static_cast<std::size_t>(written - out)};
}

bool set_time(Record& record, std::string_view text) {
  const std::optional<Instant> time = parse_rfc3339(text);
  if (!time) return false;
  record.created_at = text;
  record.time = *time;
  return true;
}

std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  return url.substr(0, url.find('/'));
}

}  // namespace pantau
