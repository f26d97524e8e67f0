// Writes JSON (RFC 8259) by appending to a string.
//
// What is written depends on the values alone: no locale, no map that is in a
// different order tomorrow. Two runs over the same input must write the same
// bytes, and a file's hash is evidence.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pantau {

// Appends `text` in quotes. Escaped is what must be: quotes, backslashes and
// control characters; everything else stays as it is, so UTF-8 stays readable.
// Bytes that are no UTF-8 become U+FFFD, one for each maximal part of a
// character (as browsers do it), so what comes out is always valid JSON.
void append_json_string(std::string& out, std::string_view text);

// Appends a number. A double is written with the fewest digits that read back as the
// same value; JSON has no infinity and no NaN, so those become null.
void append_json_number(std::string& out, std::uint64_t value);
void append_json_number(std::string& out, std::int64_t value);
void append_json_number(std::string& out, double value);

enum class JsonStyle : std::uint8_t {
  Compact,  // one line and no blanks: a line of NDJSON
  Pretty,   // a line for each value, indented by two blanks: for people
};

// Puts the commas, colons and indentation. It does not check that what is written is
// well-formed (two values without a key, an object never closed): that is the
// caller's duty, and a test's.
class JsonWriter {
 public:
  // `out` must outlive the writer. What it holds already stays.
  explicit JsonWriter(std::string& out, JsonStyle style = JsonStyle::Compact)
      : out_(out), style_(style) {}

  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }

  // The key of the next value.
  void key(std::string_view name);

  void string(std::string_view value);
  void number(std::uint64_t value);
  void number(std::int64_t value);
  void number(double value);
  void boolean(bool value);
  void null();
  void raw(std::string_view json);  // `json` is a value already

  // The place of the next value: the caller appends one to what this returns.
  std::string& slot() {
    separate();
    return out_;
  }

 private:
  void begin(char bracket);
  void end(char bracket);
  void separate();  // before a value: a comma and a new line, unless a key stands there
  void new_line();

  std::string& out_;
  JsonStyle style_;
  unsigned depth_ = 0;
  bool empty_ = true;       // nothing was written yet since the last bracket opened
  bool after_key_ = false;  // the next value belongs to a key
};

}  // namespace pantau
