// A line that should be one JSON object, walked once and checked in full.
//
// simdjson's On-Demand parser reads what it is asked for and believes the rest.
// A record stands for somebody's act, so here nothing is believed: every value
// is checked, also those of unknown fields, and what comes behind the object.
// Numbers are kept as they are written, because an id has more digits than a
// double, and an unknown field may hold any number at all.
//
// Lone surrogates (\ud83d without its other half, as left by programs that cut a
// text in the middle) read as U+FFFD: one broken letter is no reason to lose an act.
#pragma once

#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "classifiers/base/arena.h"

namespace pantau {

// How deep objects and arrays may be nested; the line's own object is the first.
inline constexpr int kJsonDepthMax = 64;

enum class JsonType : std::uint8_t { Absent, Null, String, Number, Boolean, Object, Array };

// A value as it was found: a string unescaped, a number as written, true or
// false as such; nothing of an object or array.
struct JsonField {
  JsonType type = JsonType::Absent;
  std::string_view text;

  bool is_absent() const {
    return type == JsonType::Absent || type == JsonType::Null ||
           (type == JsonType::String && text.empty());
  }
  bool is_string() const { return type == JsonType::String; }
  std::string_view string() const { return is_string() ? text : std::string_view(); }
};

class JsonLine;

// A field's value while it is walked over. What is not taken is checked all the same.
class JsonValue {
 public:
  // Fills `field`, unless it was filled before: of duplicate keys the first counts.
  void take(JsonField& field);

  // The same, and if the value is an object, its fields go to `on_field(key,
  // JsonValue&)`.
  template <class OnField>
  void take_object(JsonField& field, OnField&& on_field);

 private:
  friend class JsonLine;
  JsonValue(JsonLine& line, simdjson::ondemand::value value, int depth)
      : line_(line), value_(value), depth_(depth) {}

  JsonLine& line_;
  simdjson::ondemand::value value_;
  int depth_;
  bool taken_ = false;
};

// Belongs to one thread; made once for many lines.
class JsonLine {
 public:
  // Walks over `line`, behind which kChunkPaddingBytes may be read. Returns ""
  // or why the line is no record: "utf8", "depth", "json". Strings without
  // escapes are views of the line, others are in the arena.
  template <class OnField>
  std::string_view read(std::string_view line, Arena& arena, OnField&& on_field);

 private:
  friend class JsonValue;

  bool begin(std::string_view line, simdjson::ondemand::document& document);
  static bool is_at_end(simdjson::ondemand::document& document);
  void end(std::string_view line);
  static std::string_view reason_for(std::string_view line);

  template <class OnField>
  bool walk(simdjson::ondemand::object object, int depth, OnField&& on_field);
  bool token_of(simdjson::ondemand::value& value, std::string_view& token) const;
  bool take_key(const char* key, std::string_view& text);
  bool take_value(simdjson::ondemand::value& value, int depth, JsonField& field);
  bool check_value(simdjson::ondemand::value& value, int depth);
  bool check_array(simdjson::ondemand::array array, int depth);
  bool unescape(std::string_view escaped, std::string_view& text);

  simdjson::ondemand::parser parser_;
  Arena* arena_ = nullptr;
  const char* line_end_ = nullptr;
  bool is_broken_ = false;
};

template <class OnField>
std::string_view JsonLine::read(std::string_view line, Arena& arena, OnField&& on_field) {
  arena_ = &arena;
  line_end_ = line.data() + line.size();
  is_broken_ = false;
  simdjson::ondemand::document document;
  simdjson::ondemand::object object;
  const bool is_good = begin(line, document) &&
                       document.get_object().get(object) == simdjson::SUCCESS &&
                       walk(object, 1, on_field) && is_at_end(document);
  end(line);
  return is_good ? "" : reason_for(line);
}

template <class OnField>
bool JsonLine::walk(simdjson::ondemand::object object, int depth, OnField&& on_field) {
  for (auto found : object) {
    simdjson::ondemand::field field;
    if (std::move(found).get(field) != simdjson::SUCCESS) return false;
    std::string_view key;
    if (!take_key(field.key().raw(), key)) return false;
    JsonValue value(*this, field.value(), depth + 1);
    on_field(key, value);
    if (is_broken_) return false;
    if (!value.taken_ && !check_value(value.value_, depth + 1)) return false;
  }
  return true;
}

template <class OnField>
void JsonValue::take_object(JsonField& field, OnField&& on_field) {
  if (field.type != JsonType::Absent) return;
  std::string_view token;
  if (!line_.token_of(value_, token) || token.front() != '{') return take(field);
  taken_ = true;
  field.type = JsonType::Object;
  simdjson::ondemand::object object;
  line_.is_broken_ = depth_ > kJsonDepthMax ||
                     value_.get_object().get(object) != simdjson::SUCCESS ||
                     !line_.walk(object, depth_, on_field);
}

}  // namespace pantau
