#include "tests/support/plain_json.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace pantau {
namespace {

using Json = nlohmann::json;

constexpr int kDepthMax = 64;  // CONTRACT.md §2
constexpr int kNumberBeyondADouble = 406;

bool is_utf8(std::string_view text) {
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < length;) {
    UChar32 c;
    U8_NEXT(bytes, at, length, c);
    if (c < 0) return false;
  }
  return true;
}

// By the brackets outside of strings, so that it can be said of what is no JSON.
bool is_too_deep(std::string_view line) {
  int depth = 0;
  bool in_string = false;
  bool escaped = false;
  for (const char c : line) {
    if (escaped) {
      escaped = false;
    } else if (in_string) {
      escaped = c == '\\';
      in_string = c != '"';
    } else {
      in_string = c == '"';
      if (c == '{' || c == '[') depth++;
      if (c == '}' || c == ']') depth--;
    }
    if (depth > kDepthMax) return true;
  }
  return false;
}

// The number behind "\u" at `at`; nothing else lies above 0xFFFF.
constexpr unsigned kNoCode = 0x10000;

unsigned code_at(const std::string& line, std::size_t at) {
  if (at + 6 > line.size() || line[at] != '\\' || line[at + 1] != 'u') return kNoCode;
  unsigned code = 0;
  for (std::size_t i = at + 2; i < at + 6; i++) {
    if (std::isxdigit(static_cast<unsigned char>(line[i])) == 0) return kNoCode;
    code = code * 16 + static_cast<unsigned>(std::stoi(line.substr(i, 1), nullptr, 16));
  }
  return code;
}

bool is_high(unsigned code) {
  return code >= 0xD800 && code <= 0xDBFF;
}

bool is_low(unsigned code) {
  return code >= 0xDC00 && code <= 0xDFFF;
}

// Half of a pair of surrogates reads as U+FFFD (README); the library would refuse it.
std::string with_whole_surrogates(std::string line) {
  for (std::size_t at = 0; at < line.size(); at++) {
    if (line[at] != '\\') continue;
    const unsigned code = code_at(line, at);
    if (is_high(code) && is_low(code_at(line, at + 6))) {
      at += 11;
    } else if (is_high(code) || is_low(code)) {
      line.replace(at + 2, 4, "fffd");
      at += 5;
    } else {
      at++;
    }
  }
  return line;
}

// Builds the tree. The library calls it value by value.
class Builder : public nlohmann::json_sax<Json> {
 public:
  PlainJson root;
  bool unsure = false;

  bool null() override { return add({PlainJson::Is::Null, "", {}, {}}); }
  bool boolean(bool value) override {
    return add({PlainJson::Is::Boolean, value ? "true" : "false", {}, {}});
  }
  bool number_integer(number_integer_t value) override {
    // Only numbers with a minus come here.
    return add({PlainJson::Is::Integer, value == 0 ? "-0" : std::to_string(value), {}, {}});
  }
  bool number_unsigned(number_unsigned_t value) override {
    return add({PlainJson::Is::Integer, std::to_string(value), {}, {}});
  }
  bool number_float(number_float_t, const string_t& written) override {
    return add({PlainJson::Is::Fraction, written, {}, {}});
  }
  bool string(string_t& value) override { return add({PlainJson::Is::String, value, {}, {}}); }
  bool binary(binary_t&) override { return false; }
  bool key(string_t& value) override {
    keys_.back() = value;
    return true;
  }
  bool start_object(std::size_t) override { return open(PlainJson::Is::Object); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(PlainJson::Is::Array); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t, const std::string&, const Json::exception& error) override {
    unsure = error.id == kNumberBeyondADouble;
    return false;
  }

 private:
  bool add(PlainJson value) {
    if (open_.empty()) {
      root = std::move(value);
    } else {
      if (open_.back().is == PlainJson::Is::Object) open_.back().keys.push_back(keys_.back());
      open_.back().values.push_back(std::move(value));
    }
    return true;
  }

  bool open(PlainJson::Is is) {
    open_.push_back({is, "", {}, {}});
    keys_.emplace_back();
    return true;
  }

  bool close() {
    PlainJson value = std::move(open_.back());
    open_.pop_back();
    keys_.pop_back();
    return add(std::move(value));
  }

  std::vector<PlainJson> open_;
  std::vector<std::string> keys_;  // of the value that comes next in each
};

}  // namespace

const PlainJson& PlainJson::operator[](std::string_view key) const {
  static const PlainJson nothing;
  if (is != Is::Object) return nothing;
  const auto first = std::ranges::find(keys, key);
  return first == keys.end() ? nothing : values[static_cast<std::size_t>(first - keys.begin())];
}

PlainLine parse_plainly(std::string_view line) {
  PlainLine parsed;
  if (!is_utf8(line)) {
    parsed.reason = "utf8";
  } else if (is_too_deep(line)) {
    parsed.reason = "depth";
  } else if (line.find('\0') != std::string_view::npos || line.starts_with("\xEF\xBB\xBF")) {
    parsed.reason = "json";  // the library would stop at the one and go over the other
  } else {
    Builder builder;
    const bool whole = Json::sax_parse(with_whole_surrogates(std::string(line)), &builder);
    parsed.unsure = builder.unsure;
    if (!whole || builder.root.is != PlainJson::Is::Object) parsed.reason = "json";
    parsed.object = std::move(builder.root);
  }
  return parsed;
}

}  // namespace pantau
