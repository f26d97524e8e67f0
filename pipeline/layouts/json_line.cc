#include "pipeline/layouts/json_line.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "pipeline/archive/chunk.h"

namespace pantau {
namespace {

namespace ondemand = simdjson::ondemand;

static_assert(kChunkPaddingBytes >= simdjson::SIMDJSON_PADDING, "a line is read with its padding");

// The parser's memory grows by doubling up to here. What a longer line needed is
// given back after it, since there is one parser per thread and they are kept.
constexpr std::size_t kParserBytesMin = 64 * 1024;
constexpr std::size_t kParserBytesKept = 1024 * 1024;

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Eight bytes at a time: most strings are too short for a call of memchr.
std::uint64_t load_eight(const char* from) {
  std::uint64_t bytes;
  std::memcpy(&bytes, from, sizeof(bytes));
  return bytes;
}

// Non-zero if one of the eight bytes is `c`. (Zero bytes of x ^ c, as in
// Warren's "Hacker's Delight".)
std::uint64_t has_byte(std::uint64_t bytes, char c) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kHighs = 0x8080808080808080;
  const std::uint64_t difference = bytes ^ (kOnes * static_cast<unsigned char>(c));
  return (difference - kOnes) & ~difference & kHighs;
}

// May read seven bytes behind `text`.
bool has_backslash(std::string_view text) {
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    if (has_byte(load_eight(text.data() + at), '\\') != 0) return true;
  }
  for (; at < text.size(); at++) {
    if (text[at] == '\\') return true;
  }
  return false;
}

// A token reaches up to the next one; the white space between is not its own.
std::string_view without_space_behind(std::string_view token) {
  std::size_t size = token.size();
  while (size > 1 && (token[size - 1] == ' ' || token[size - 1] == '\n' ||
                      token[size - 1] == '\r' || token[size - 1] == '\t')) {
    size--;
  }
  return token.substr(0, size);
}

// -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?
bool is_json_number(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const auto skip_digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) at++;
    return at > begin;
  };
  const std::size_t whole = at;
  if (!skip_digits()) return false;
  if (text[whole] == '0' && at > whole + 1) return false;
  if (at < text.size() && text[at] == '.') {
    at++;
    if (!skip_digits()) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    at++;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) at++;
    if (!skip_digits()) return false;
  }
  return at == text.size();
}

// The four hexadecimal digits behind \u; -1 if they are not.
int hex_of(std::string_view digits) {
  if (digits.size() < 4) return -1;
  int code = 0;
  for (const char c : digits.substr(0, 4)) {
    const char small = static_cast<char>(c | 0x20);
    if (!is_digit(c) && (small < 'a' || small > 'f')) return -1;
    code = code * 16 + (is_digit(c) ? c - '0' : small - 'a' + 10);
  }
  return code;
}

// What \n and the like stand for; '\0' if it is no escape.
char simple_escape(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/':
      return c;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return '\0';
  }
}

char* append_utf8(char* out, int code) {
  const auto put = [&out](int byte) { *out++ = static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
  return out;
}

bool is_high_surrogate(int code) {
  return code >= 0xD800 && code <= 0xDBFF;
}

bool is_low_surrogate(int code) {
  return code >= 0xDC00 && code <= 0xDFFF;
}

// One escape, from behind its backslash; writes what it stands for if `out` is
// there, at most as many bytes as the escape has. Returns how many bytes of
// `rest` it was, 0 if it is none.
std::size_t read_escape(std::string_view rest, char*& out) {
  if (rest.empty()) return 0;
  if (rest[0] != 'u') {
    const char c = simple_escape(rest[0]);
    *out++ = c;
    return c == '\0' ? 0 : 1;
  }
  const int code = hex_of(rest.substr(1));
  if (code < 0) return 0;
  if (is_high_surrogate(code) && rest.substr(5, 2) == "\\u") {
    const int low = hex_of(rest.substr(7));
    if (is_low_surrogate(low)) {
      out = append_utf8(out, 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00));
      return 11;
    }
  }
  if (is_high_surrogate(code) || is_low_surrogate(code)) {
    out = std::copy(kReplacement.begin(), kReplacement.end(), out);
  } else {
    out = append_utf8(out, code);
  }
  return 5;
}

bool has_only_good_escapes(std::string_view text) {
  for (std::size_t at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at)) {
    char unescaped[8];
    char* out = unescaped;
    const std::size_t size = read_escape(text.substr(at + 1), out);
    if (size == 0) return false;
    at += 1 + size;
  }
  return true;
}

// Goes on behind a string, whose token must be all of it.
bool pass_string(ondemand::value& value, std::string_view token) {
  return token.size() >= 2 && token.ends_with('"') &&
         value.get_raw_json_string().error() == simdjson::SUCCESS;
}

// Whether brackets outside of strings are nested too deep, whatever else is
// wrong: a line has one reason, and this one comes before "json".
bool is_too_deep(std::string_view line) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < line.size(); i++) {
    const char c = line[i];
    if (in_string) {
      if (c == '\\') i++;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kJsonDepthMax) return true;
    } else if (c == '}' || c == ']') {
      depth--;
    }
  }
  return false;
}

}  // namespace

void JsonValue::take(JsonField& field) {
  if (field.type != JsonType::Absent) return;
  taken_ = true;
  line_.is_broken_ = !line_.take_value(value_, depth_, field);
}

bool JsonLine::begin(std::string_view line, ondemand::document& document) {
  if (line.size() > parser_.capacity()) {
    const std::size_t bytes = std::max(kParserBytesMin, std::bit_ceil(line.size()));
    if (parser_.allocate(bytes) != simdjson::SUCCESS) return false;
  }
  const simdjson::padded_string_view padded(line.data(), line.size(),
                                            line.size() + kChunkPaddingBytes);
  return parser_.iterate(padded).get(document) == simdjson::SUCCESS;
}

bool JsonLine::is_at_end(ondemand::document& document) {
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

void JsonLine::end(std::string_view line) {
  if (line.size() > kParserBytesKept) parser_ = ondemand::parser();
}

// Only after something went wrong, so that a good line is not read twice: the
// parser has checked its UTF-8 by the way.
std::string_view JsonLine::reason_for(std::string_view line) {
  if (!simdjson::validate_utf8(line.data(), line.size())) return "utf8";
  return is_too_deep(line) ? "depth" : "json";
}

// `key` points behind the opening quote; simdjson has seen the closing one.
bool JsonLine::take_key(const char* key, std::string_view& text) {
  const char* end = key;
  while (*end != '"' && *end != '\\') end++;
  if (*end == '"') {
    text = {key, static_cast<std::size_t>(end - key)};
    return true;
  }
  while (*end != '"') end += *end == '\\' ? 2 : 1;
  return unescape({key, static_cast<std::size_t>(end - key)}, text);
}

// A value's first token, which is the value itself unless that is an object or
// an array.
//
// In a line whose brackets do not match, this version of On-Demand may run past
// the last token and take the bytes behind the line, which are another line's,
// for its own. It gets no further than the first of them: here.
bool JsonLine::token_of(ondemand::value& value, std::string_view& token) const {
  const std::string_view with_space = value.raw_json_token();
  if (with_space.data() >= line_end_) return false;
  token = without_space_behind(with_space);
  return true;
}

bool JsonLine::take_value(ondemand::value& value, int depth, JsonField& field) {
  std::string_view token;
  if (!token_of(value, token)) return false;
  switch (token.front()) {
    case '"':
      field.type = JsonType::String;
      if (!pass_string(value, token)) return false;
      field.text = token.substr(1, token.size() - 2);
      return !has_backslash(field.text) || unescape(field.text, field.text);
    case '{':
      field.type = JsonType::Object;
      return check_value(value, depth);
    case '[':
      field.type = JsonType::Array;
      return check_value(value, depth);
    case 'n':
      field.type = JsonType::Null;
      return token == "null";
    case 't':
    case 'f':
      field.type = JsonType::Boolean;
      field.text = token;
      return token == "true" || token == "false";
    default:
      field.type = JsonType::Number;
      field.text = token;
      return is_json_number(token);
  }
}

bool JsonLine::check_value(ondemand::value& value, int depth) {
  std::string_view token;
  if (!token_of(value, token)) return false;
  switch (token.front()) {
    case '"':
      return pass_string(value, token) && (!has_backslash(token) || has_only_good_escapes(token));
    case '{': {
      ondemand::object object;
      return depth <= kJsonDepthMax && value.get_object().get(object) == simdjson::SUCCESS &&
             walk(object, depth, [](std::string_view, JsonValue&) {});
    }
    case '[': {
      ondemand::array array;
      return depth <= kJsonDepthMax && value.get_array().get(array) == simdjson::SUCCESS &&
             check_array(array, depth);
    }
    default:
      return token == "null" || token == "true" || token == "false" || is_json_number(token);
  }
}

bool JsonLine::check_array(ondemand::array array, int depth) {
  for (auto found : array) {
    ondemand::value value;
    if (std::move(found).get(value) != simdjson::SUCCESS) return false;
    if (!check_value(value, depth + 1)) return false;
  }
  return true;
}

bool JsonLine::unescape(std::string_view escaped, std::string_view& text) {
  char* const begin = arena_->allocate(escaped.size());
  char* out = begin;
  std::size_t at = 0;
  while (at < escaped.size()) {
    if (escaped[at] != '\\') {
      *out++ = escaped[at++];
      continue;
    }
    const std::size_t size = read_escape(escaped.substr(at + 1), out);
    if (size == 0) return false;
    at += 1 + size;
  }
  const auto size = static_cast<std::size_t>(out - begin);
  arena_->give_back(escaped.size() - size);
  text = {begin, size};
  return true;
}

}  // namespace pantau
