// A line that should be one JSON object, walked once and checked in full.
//
// A record stands for somebody's act, so nothing of its line is believed
// unseen: every value is checked, also those of unknown fields, and what comes
// behind the object. Numbers are kept as they are written, because an id has
// more digits than a double, and an unknown field may hold any number at all.
//
// Written by hand because of that. simdjson's On-Demand parser leaves unchecked
// what it is not asked for, and in 3.0.1 it may run on into the bytes behind a
// line whose brackets do not match. With all the checks around it that this took
// it was a quarter slower than this reader, and longer. Of simdjson the check of
// UTF-8 is left, and its strict parser, to which the tests hold this one.
//
// Lone surrogates (\ud83d without its other half, as left by programs that cut a
// text in the middle) read as U+FFFD: one broken letter is no reason to lose an act.
#pragma once

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
class JsonTree;

// A field's value while it is walked over. What is not taken is checked all the same.
class JsonValue {
 public:
  // Fills `field`, unless it was filled before: of duplicate keys the first counts.
  void take(JsonField& field);

  // The same, and if the value is an object, its fields go to `on_field(key,
  // JsonValue&)`.
  template <class OnField>
  void take_object(JsonField& field, OnField&& on_field);

  // The same for an array, whose elements go to `on_element(JsonValue&)`.
  template <class OnElement>
  void take_array(JsonField& field, OnElement&& on_element);

  // The value as it is written; only between taking it and going on.
  std::string_view written() const;

 private:
  friend class JsonLine;
  JsonValue(JsonLine& line, int depth) : line_(line), depth_(depth) {}
  char begin();

  JsonLine& line_;
  int depth_;  // that the value has if it is an object or an array
  bool is_taken_ = false;
  const char* begin_ = nullptr;  // once it is taken
};

// Reads lines, one after the other.
class JsonLine {
 public:
  // Walks over `line`, behind which kChunkPaddingBytes may be read. Returns ""
  // or why the line is no object: "utf8", "depth", "json". Strings without
  // escapes are views of the line, others are in the arena.
  template <class OnField>
  std::string_view read(std::string_view line, Arena& arena, OnField&& on_field);

  // Walks over a document that may be any value, which goes to `on_value(JsonValue&)`, under the
  // same conditions.
  template <class OnValue>
  std::string_view read_value(std::string_view document, Arena& arena, OnValue&& on_value);

  // Unescapes what stands between a string's quotes, the second of which is there. False if an
  // escape is none.
  bool unescape(std::string_view inside, Arena& arena, std::string_view& text);

  static bool is_utf8(std::string_view line);

 private:
  friend class JsonValue;
  friend class JsonTree;

  static std::string_view reason_for(std::string_view line);

  // Each goes on behind what it names; false if that is not there or not right.
  template <class OnField>
  bool walk_object(int depth, OnField&& on_field);
  template <class OnElement>
  bool walk_array(int depth, OnElement&& on_element);
  bool take_value(int depth, JsonField& field);
  bool check_value(int depth);
  bool take_string(std::string_view& text);
  bool take_escaped_string(const char* begin, std::string_view& text);
  bool check_string();
  bool take_number(std::string_view& text);
  bool take_word(std::string_view word);

  void skip_space() {
    while (at_ < end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\n' || *at_ == '\r')) at_++;
  }
  // The next byte that is no white space; '\0', which nothing begins with, at the end.
  char next_token() {
    skip_space();
    return at_ < end_ ? *at_ : '\0';
  }
  bool take_byte(char expected) {
    if (next_token() != expected) return false;
    at_++;
    return true;
  }

  const char* at_ = nullptr;
  const char* end_ = nullptr;
  Arena* arena_ = nullptr;
  bool is_broken_ = false;  // told by a JsonValue, which has nobody else to tell
};

template <class OnField>
std::string_view JsonLine::read(std::string_view line, Arena& arena, OnField&& on_field) {
  at_ = line.data();
  end_ = at_ + line.size();
  arena_ = &arena;
  is_broken_ = false;
  const bool is_object =
      next_token() == '{' && walk_object(1, on_field) && next_token() == '\0' && at_ == end_;
  if (is_object && is_utf8(line)) return "";
  return reason_for(line);
}

template <class OnValue>
std::string_view JsonLine::read_value(std::string_view document, Arena& arena, OnValue&& on_value) {
  at_ = document.data();
  end_ = at_ + document.size();
  arena_ = &arena;
  is_broken_ = false;
  JsonValue value(*this, 1);
  on_value(value);
  const bool is_value =
      !is_broken_ && (value.is_taken_ || check_value(1)) && next_token() == '\0' && at_ == end_;
  if (is_value && is_utf8(document)) return "";
  return reason_for(document);
}

template <class OnField>
bool JsonLine::walk_object(int depth, OnField&& on_field) {
  if (depth > kJsonDepthMax) return false;
  at_++;  // the brace
  if (take_byte('}')) return true;
  do {
    std::string_view key;
    if (next_token() != '"' || !take_string(key) || !take_byte(':')) return false;
    JsonValue value(*this, depth + 1);
    on_field(key, value);
    if (is_broken_) return false;
    if (!value.is_taken_ && !check_value(depth + 1)) return false;
  } while (take_byte(','));
  return take_byte('}');
}

template <class OnElement>
bool JsonLine::walk_array(int depth, OnElement&& on_element) {
  if (depth > kJsonDepthMax) return false;
  at_++;  // the bracket
  if (take_byte(']')) return true;
  do {
    JsonValue value(*this, depth + 1);
    on_element(value);
    if (is_broken_) return false;
    if (!value.is_taken_ && !check_value(depth + 1)) return false;
  } while (take_byte(','));
  return take_byte(']');
}

// The value's first byte, which is where the line stands then.
inline char JsonValue::begin() {
  const char first = line_.next_token();
  begin_ = line_.at_;
  return first;
}

inline std::string_view JsonValue::written() const {
  return {begin_, static_cast<std::size_t>(line_.at_ - begin_)};
}

template <class OnField>
void JsonValue::take_object(JsonField& field, OnField&& on_field) {
  if (field.type != JsonType::Absent) return;
  if (begin() != '{') return take(field);
  is_taken_ = true;
  field.type = JsonType::Object;
  line_.is_broken_ = !line_.walk_object(depth_, on_field);
}

template <class OnElement>
void JsonValue::take_array(JsonField& field, OnElement&& on_element) {
  if (field.type != JsonType::Absent) return;
  if (begin() != '[') return take(field);
  is_taken_ = true;
  field.type = JsonType::Array;
  line_.is_broken_ = !line_.walk_array(depth_, on_element);
}

inline void JsonValue::take(JsonField& field) {
  if (field.type != JsonType::Absent) return;
  is_taken_ = true;
  begin();
  line_.is_broken_ = !line_.take_value(depth_, field);
}

}  // namespace pantau
