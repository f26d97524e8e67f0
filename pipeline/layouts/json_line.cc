#include "pipeline/layouts/json_line.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "pipeline/archive/chunk.h"

namespace pantau {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The first byte from `at` on that is a quote, a backslash or a control
// character; `end` or beyond if there is none before. Keys and most values are
// shorter than sixteen bytes, so looking at so many at once spares the branches
// that the processor would guess wrong.
#if defined(__SSE2__)
static_assert(kChunkPaddingBytes >= sizeof(__m128i), "so much is read where one byte is left");

const char* find_string_end(const char* at, const char* end) {
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i backslash = _mm_set1_epi8('\\');
  const __m128i last_control = _mm_set1_epi8(0x1F);
  for (; at < end; at += sizeof(__m128i)) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i is_end =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash));
    const __m128i is_control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, last_control), bytes);
    const int found = _mm_movemask_epi8(_mm_or_si128(is_end, is_control));
    if (found != 0) return at + std::countr_zero(static_cast<unsigned int>(found));
  }
  return at;
}

// Most lines are, and then nothing needs to be asked of the library.
bool is_ascii(std::string_view line) {
  __m128i bits = _mm_setzero_si128();
  std::size_t at = 0;
  for (; at + 2 * sizeof bits <= line.size(); at += 2 * sizeof bits) {
    const auto* const there = reinterpret_cast<const __m128i*>(line.data() + at);
    bits = _mm_or_si128(bits, _mm_or_si128(_mm_loadu_si128(there), _mm_loadu_si128(there + 1)));
  }
  unsigned char rest = 0;
  for (; at < line.size(); at++) rest |= static_cast<unsigned char>(line[at]);
  return _mm_movemask_epi8(bits) == 0 && rest < 0x80;
}
#else
bool is_ascii(std::string_view) {
  return false;
}

const char* find_string_end(const char* at, const char* end) {
  while (at < end && *at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= 0x20) at++;
  return at;
}
#endif

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

bool JsonLine::is_utf8(std::string_view line) {
  return is_ascii(line) || simdjson::validate_utf8(line.data(), line.size());
}

bool JsonLine::unescape(std::string_view inside, Arena& arena, std::string_view& text) {
  end_ = inside.data() + inside.size() + 1;
  at_ = find_string_end(inside.data(), end_);
  arena_ = &arena;
  return take_escaped_string(inside.data(), text) && at_ == end_;
}

std::string_view JsonLine::reason_for(std::string_view line) {
  if (!is_utf8(line)) return "utf8";
  return is_too_deep(line) ? "depth" : "json";
}

bool JsonLine::take_value(int depth, JsonField& field) {
  switch (next_token()) {
    case '"':
      field.type = JsonType::String;
      return take_string(field.text);
    case '{':
      field.type = JsonType::Object;
      return check_value(depth);
    case '[':
      field.type = JsonType::Array;
      return check_value(depth);
    case 'n':
      field.type = JsonType::Null;
      return take_word("null");
    case 't':
      field.type = JsonType::Boolean;
      field.text = "true";
      return take_word("true");
    case 'f':
      field.type = JsonType::Boolean;
      field.text = "false";
      return take_word("false");
    default:
      field.type = JsonType::Number;
      return take_number(field.text);
  }
}

bool JsonLine::check_value(int depth) {
  std::string_view ignored;
  switch (next_token()) {
    case '"':
      return check_string();
    case '{':
      return walk_object(depth, [](std::string_view, JsonValue&) {});
    case '[':
      return walk_array(depth, [](JsonValue&) {});
    case 'n':
      return take_word("null");
    case 't':
      return take_word("true");
    case 'f':
      return take_word("false");
    default:
      return take_number(ignored);
  }
}

bool JsonLine::take_string(std::string_view& text) {
  const char* const begin = at_ + 1;
  at_ = find_string_end(begin, end_);
  if (at_ >= end_) return false;
  if (*at_ == '\\') return take_escaped_string(begin, text);
  if (*at_ != '"') return false;
  text = {begin, static_cast<std::size_t>(at_ - begin)};
  at_++;
  return true;
}

// at_ is at the first backslash.
bool JsonLine::take_escaped_string(const char* begin, std::string_view& text) {
  // Not longer than what is unescaped, whose end is not known yet.
  const auto size_max = static_cast<std::size_t>(end_ - begin);
  char* const unescaped = arena_->allocate(size_max);
  char* out = unescaped;
  while (true) {
    out = std::copy(begin, at_, out);
    if (at_ >= end_ || *at_ != '\\') break;
    const std::size_t size = read_escape({at_ + 1, static_cast<std::size_t>(end_ - at_) - 1}, out);
    if (size == 0) return false;
    begin = at_ + 1 + size;
    at_ = std::min(find_string_end(begin, end_), end_);
  }
  if (at_ == end_ || *at_ != '"') return false;
  at_++;
  const auto size = static_cast<std::size_t>(out - unescaped);
  arena_->give_back(size_max - size);
  text = {unescaped, size};
  return true;
}

bool JsonLine::check_string() {
  at_ = find_string_end(at_ + 1, end_);
  while (at_ < end_ && *at_ == '\\') {
    char unescaped[8];
    char* out = unescaped;
    const std::size_t size = read_escape({at_ + 1, static_cast<std::size_t>(end_ - at_) - 1}, out);
    if (size == 0) return false;
    at_ = find_string_end(at_ + 1 + size, end_);
  }
  if (at_ >= end_ || *at_ != '"') return false;
  at_++;
  return true;
}

// -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?
bool JsonLine::take_number(std::string_view& text) {
  const char* const begin = at_;
  const auto is_at = [this](char c) { return at_ < end_ && *at_ == c; };
  const auto take_digits = [this] {
    const char* const first = at_;
    while (at_ < end_ && is_digit(*at_)) at_++;
    return at_ > first;
  };
  if (is_at('-')) at_++;
  const bool begins_with_zero = is_at('0');
  const char* const whole = at_;
  if (!take_digits() || (begins_with_zero && at_ > whole + 1)) return false;
  if (is_at('.')) {
    at_++;
    if (!take_digits()) return false;
  }
  if (is_at('e') || is_at('E')) {
    at_++;
    if (is_at('+') || is_at('-')) at_++;
    if (!take_digits()) return false;
  }
  text = {begin, static_cast<std::size_t>(at_ - begin)};
  return true;
}

bool JsonLine::take_word(std::string_view word) {
  const std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
  if (!rest.starts_with(word)) return false;
  at_ += word.size();
  return true;
}

}  // namespace pantau
