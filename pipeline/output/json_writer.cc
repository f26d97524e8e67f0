#include "pipeline/output/json_writer.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <iterator>

#include "pipeline/output/utf8.h"

namespace pantau {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

constexpr bool must_be_escaped(unsigned char byte) {
  return byte < 0x20 || byte == '"' || byte == '\\';
}

// Bytes that may be copied without a look at their neighbours.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t byte = 0; byte < 0x80; byte++) {
    plain[byte] = !must_be_escaped(static_cast<unsigned char>(byte));
  }
  return plain;
}();

// How many bytes from `at` on are plain, eight at a time.
std::size_t plain_from(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kHighs = 0x8080808080808080;
  const std::size_t start = at;
  while (at + sizeof(std::uint64_t) <= text.size()) {
    std::uint64_t bytes;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    // A byte's high bit is set in `special` if it is not ASCII, below a blank, a quote
    // or a backslash; borrows may set it in bytes behind such a one, never without one.
    const std::uint64_t quotes = bytes ^ (kOnes * '"');
    const std::uint64_t backslashes = bytes ^ (kOnes * '\\');
    const std::uint64_t special =
        (bytes | (bytes - kOnes * 0x20) | (quotes - kOnes) | (backslashes - kOnes)) & kHighs;
    if (special != 0) break;
    at += sizeof bytes;
  }
  while (at < text.size() && kPlain[static_cast<unsigned char>(text[at])]) at++;
  return at - start;
}

void append_escaped(std::string& out, unsigned char byte) {
  switch (byte) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
  }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t at = 0;
  while (true) {
    const std::size_t plain = plain_from(text, at);
    out.append(text, at, plain);
    at += plain;
    if (at == text.size()) break;
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      append_escaped(out, byte);
      at++;
      continue;
    }
    const Utf8Part part = utf8_part(text.substr(at));
    out.append(part.is_character ? text.substr(at, part.size) : kReplacement);
    at += part.size;
  }
  out += '"';
}

void append_json_number(std::string& out, std::uint64_t value) {
  fmt::format_to(std::back_inserter(out), "{}", value);
}

void append_json_number(std::string& out, std::int64_t value) {
  fmt::format_to(std::back_inserter(out), "{}", value);
}

void append_json_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  fmt::format_to(std::back_inserter(out), "{}", value);
}

void JsonWriter::begin(char bracket) {
  separate();
  out_ += bracket;
  depth_++;
  empty_ = true;
}

void JsonWriter::end(char bracket) {
  depth_--;
  if (!empty_) new_line();
  out_ += bracket;
  empty_ = false;
}

void JsonWriter::new_line() {
  if (style_ == JsonStyle::Compact) return;
  out_ += '\n';
  out_.append(std::size_t{2} * depth_, ' ');
}

void JsonWriter::separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (!empty_) out_ += ',';
  if (depth_ > 0) new_line();
  empty_ = false;
}

void JsonWriter::key(std::string_view name) {
  separate();
  append_json_string(out_, name);
  out_ += style_ == JsonStyle::Pretty ? ": " : ":";
  after_key_ = true;
}

void JsonWriter::string(std::string_view value) {
  append_json_string(slot(), value);
}

void JsonWriter::number(std::uint64_t value) {
  append_json_number(slot(), value);
}

void JsonWriter::number(std::int64_t value) {
  append_json_number(slot(), value);
}

void JsonWriter::number(double value) {
  append_json_number(slot(), value);
}

void JsonWriter::boolean(bool value) {
  slot() += value ? "true" : "false";
}

void JsonWriter::null() {
  slot() += "null";
}

void JsonWriter::raw(std::string_view json) {
  slot() += json;
}

}  // namespace pantau
