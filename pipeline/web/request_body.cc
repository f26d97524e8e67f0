#include "pipeline/web/request_body.h"

#include <fmt/format.h>

#include <charconv>

#include "pipeline/archive/chunk.h"

namespace pantau {

std::optional<std::int64_t> read_whole_number(std::string_view text) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [behind, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || behind != end) return std::nullopt;
  return value;
}

bool RequestBody::read(std::string json) {
  const std::size_t size = json.size();
  bytes_ = std::move(json);
  bytes_.append(kChunkPaddingBytes, '\0');
  return tree_.read(std::string_view(bytes_).substr(0, size), arena_).empty() && root().is_object();
}

std::optional<std::int64_t> RequestBody::number(std::string_view key) const {
  return read_whole_number(root()[key].text());
}

Answer<std::string> RequestBody::needed_text(std::string_view key) const {
  std::string value = text(key);
  if (value.empty()) return refuse(Refused::Invalid, fmt::format("\"{}\" is missing.", key));
  return value;
}

Answer<std::int64_t> RequestBody::needed_number(std::string_view key) const {
  const auto value = number(key);
  if (!value) return refuse(Refused::Invalid, fmt::format("\"{}\" is no whole number.", key));
  return *value;
}

Answer<std::vector<std::string>> RequestBody::texts(std::string_view key) const {
  const JsonNode list = root()[key];
  std::vector<std::string> values;
  if (list.is_absent()) return values;
  if (!list.is_array()) return refuse(Refused::Invalid, fmt::format("\"{}\" is no list.", key));
  for (const JsonNode element : list) {
    if (!element.is_string() || values.size() == kBodyListMax) {
      return refuse(Refused::Invalid, fmt::format("\"{}\" is no list of texts.", key));
    }
    values.emplace_back(element.string());
  }
  return values;
}

Answer<std::vector<std::int64_t>> RequestBody::numbers(std::string_view key) const {
  const JsonNode list = root()[key];
  std::vector<std::int64_t> values;
  if (list.is_absent()) return values;
  if (!list.is_array()) return refuse(Refused::Invalid, fmt::format("\"{}\" is no list.", key));
  for (const JsonNode element : list) {
    const auto value = read_whole_number(element.text());
    if (!value || values.size() == kBodyListMax) {
      return refuse(Refused::Invalid, fmt::format("\"{}\" is no list of numbers.", key));
    }
    values.push_back(*value);
  }
  return values;
}

}  // namespace pantau
