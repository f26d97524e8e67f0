// Members of JSON objects, one line each.
#pragma once

#include <cstdint>
#include <string_view>

#include "pipeline/output/json_writer.h"

namespace pantau {

inline void write_text(JsonWriter& json, std::string_view key, std::string_view text) {
  json.key(key);
  json.string(text);
}

inline void write_number(JsonWriter& json, std::string_view key, std::uint64_t number) {
  json.key(key);
  json.number(number);
}

template <class Texts>
void write_texts(JsonWriter& json, std::string_view key, const Texts& texts) {
  json.key(key);
  json.begin_array();
  for (const auto& text : texts) json.string(text);
  json.end_array();
}

}  // namespace pantau
