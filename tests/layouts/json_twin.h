// The slow twin of JsonLine: simdjson's strict parser, which builds the whole
// document. Both must say the same of any bytes.
#pragma once

#include <simdjson.h>

#include <optional>
#include <string>
#include <string_view>

#include "pipeline/archive/chunk.h"
#include "pipeline/layouts/json_line.h"

namespace pantau {

// What of a line both can tell: whether it is an object, and its first field.
struct JsonSeen {
  std::string reason;  // "" if it is an object
  std::string key;
  JsonField field;
  std::string text;  // of `field`, kept
};

inline JsonSeen seen_by_json_line(JsonLine& json, std::string_view line) {
  std::string padded(line);
  padded.append(kChunkPaddingBytes, '"');
  JsonSeen seen;
  Arena arena;
  bool is_first = true;
  const auto on_field = [&](std::string_view key, JsonValue& value) {
    if (!is_first) return;
    is_first = false;
    seen.key = key;
    value.take(seen.field);
    seen.text = seen.field.text;
  };
  seen.reason = json.read(std::string_view(padded).substr(0, line.size()), arena, on_field);
  return seen;
}

inline bool first_field_differs(const JsonSeen& seen, simdjson::dom::element document) {
  const simdjson::dom::object object = document.get_object().value_unsafe();
  if (object.begin() == object.end()) return seen.field.type != JsonType::Absent;
  const simdjson::dom::key_value_pair first = *object.begin();
  if (seen.key != first.key) return true;
  switch (first.value.type()) {
    case simdjson::dom::element_type::STRING:
      return seen.field.type != JsonType::String ||
             seen.text != first.value.get_string().value_unsafe();
    case simdjson::dom::element_type::INT64:
      return seen.field.type != JsonType::Number ||
             std::to_string(first.value.get_int64().value_unsafe()) !=
                 (seen.text == "-0" ? "0" : seen.text);
    case simdjson::dom::element_type::UINT64:
      return seen.field.type != JsonType::Number ||
             std::to_string(first.value.get_uint64().value_unsafe()) != seen.text;
    case simdjson::dom::element_type::DOUBLE:
      return seen.field.type != JsonType::Number;
    case simdjson::dom::element_type::BOOL:
      return seen.field.type != JsonType::Boolean ||
             (seen.text == "true") != first.value.get_bool().value_unsafe();
    case simdjson::dom::element_type::NULL_VALUE:
      return seen.field.type != JsonType::Null;
    case simdjson::dom::element_type::OBJECT:
      return seen.field.type != JsonType::Object;
    case simdjson::dom::element_type::ARRAY:
      return seen.field.type != JsonType::Array;
  }
  return true;
}

// "" if they agree, else what they disagree about. The strict parser gives up on
// numbers that fit no double or integer and on lone surrogates, where we do not;
// then nothing can be said.
inline std::string disagreement(JsonLine& json, simdjson::dom::parser& strict,
                                std::string_view line) {
  const JsonSeen seen = seen_by_json_line(json, line);
  const bool is_utf8 = simdjson::validate_utf8(line.data(), line.size());
  if ((seen.reason == "utf8") == is_utf8) return "utf8 or not";
  simdjson::dom::element document;
  const simdjson::error_code error = strict.parse(simdjson::padded_string(line)).get(document);
  if (error == simdjson::NUMBER_ERROR || error == simdjson::STRING_ERROR) return "";
  const bool is_object = error == simdjson::SUCCESS && document.is_object();
  if (!seen.reason.empty()) {
    return is_object && seen.reason != "depth" ? "rejected an object as " + seen.reason : "";
  }
  if (!is_object) return "accepted what is no object";
  return first_field_differs(seen, document) ? "the first field" : "";
}

}  // namespace pantau
