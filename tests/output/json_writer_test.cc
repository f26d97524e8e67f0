#include "pipeline/output/json_writer.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>
#include <random>

#include "pipeline/output/utf8.h"

namespace pantau {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

std::string as_json(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

template <class Number>
std::string number(Number value) {
  std::string out;
  append_json_number(out, value);
  return out;
}

TEST(JsonString, LeavesPlainTextAlone) {
  EXPECT_EQ(as_json(""), R"("")");
  EXPECT_EQ(as_json("a"), R"("a")");
  EXPECT_EQ(as_json("Ayo coblos nomor 2!"), R"("Ayo coblos nomor 2!")");
  EXPECT_EQ(as_json("</script>&'"), R"("</script>&'")");
  EXPECT_EQ(as_json("\x7F"), "\"\x7F\"");
}

TEST(JsonString, EscapesWhatMustBeEscaped) {
  EXPECT_EQ(as_json("say \"ayo\" \\ now"), R"("say \"ayo\" \\ now")");
  EXPECT_EQ(as_json("\b\f\n\r\t"), R"("\b\f\n\r\t")");
  EXPECT_EQ(as_json("\0\x01\x1F"s), R"("\u0000\u0001\u001f")");
}

TEST(JsonString, KeepsUtf8) {
  for (const std::string text : {"é", "2️⃣", "👩‍👩‍👧", "Ａｙｏ", "\u0800", "\uFFFF",
                                 "\U00010000", "\U0010FFFF"}) {
    EXPECT_EQ(as_json(text), "\"" + text + "\"");
  }
}

TEST(JsonString, ReplacesEachMaximalPartOfABrokenCharacter) {
  const std::string r = "\uFFFD";
  EXPECT_EQ(as_json("a\x80z"), "\"a" + r + "z\"");                      // stray
  EXPECT_EQ(as_json("\xC0\xAF"), "\"" + r + r + "\"");                  // overlong
  EXPECT_EQ(as_json("\xE0\x9F\xBF"), "\"" + r + r + r + "\"");          // overlong
  EXPECT_EQ(as_json("\xED\xA0\x80"), "\"" + r + r + r + "\"");          // surrogate
  EXPECT_EQ(as_json("\xF4\x90\x80\x80"), "\"" + r + r + r + r + "\"");  // above U+10FFFF
  EXPECT_EQ(as_json("\xF5"), "\"" + r + "\"");
  EXPECT_EQ(as_json("\xE2\x82"), "\"" + r + "\"");  // cut off at the end
  EXPECT_EQ(as_json("\xF0\x9F\x98"), "\"" + r + "\"");
  EXPECT_EQ(as_json("\xE2\x82z"), "\"" + r + "z\"");           // cut off in the middle
  EXPECT_EQ(as_json("\xE2\x82\"\n"), "\"" + r + "\\\"\\n\"");  // and what follows is escaped
  EXPECT_EQ(as_json("\xF0\x9F\xE2\x82\xAC"), "\"" + r + "€\"");
  EXPECT_EQ(as_json("\xFF\xFE"), "\"" + r + r + "\"");
}

// The fast path takes eight bytes at a time; a slow twin judges it at every
// length and offset.
std::string as_json_slowly(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const Utf8Part part = utf8_part(text);
    const std::string_view bytes = text.substr(0, part.size);
    const auto byte = static_cast<unsigned char>(bytes[0]);
    if (!part.is_character) {
      out += "\uFFFD";
    } else if (byte >= 0x20 && byte != '"' && byte != '\\') {
      out += bytes;
    } else {
      const std::string_view escaped = "\"\\\b\f\n\r\t";
      const std::size_t at = escaped.find(bytes[0]);
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04x", byte);
      out += at == std::string_view::npos ? std::string(code)
                                          : "\\"s + std::string_view("\"\\bfnrt")[at];
    }
    text.remove_prefix(part.size);
  }
  return out + "\"";
}

TEST(JsonString, EveryByteAtEveryPlaceOfAWord) {
  for (int byte = 0; byte < 256; byte++) {
    for (std::size_t size = 1; size <= 20; size++) {
      for (std::size_t at = 0; at < size; at++) {
        std::string text(size, 'x');
        text[at] = static_cast<char>(byte);
        ASSERT_EQ(as_json(text), as_json_slowly(text)) << byte << " at " << at << " of " << size;
      }
    }
  }
}

TEST(JsonString, AgreesWithItsSlowTwinOnRandomBytes) {
  std::mt19937 random(17);
  const std::string_view pieces[] = {"ayo ", "\"",      "\\", "\n", "\xE2",     "\x82",     "\xAC",
                                     "é",    "2️⃣", "👍",  "\0", "\xF0\x9F", "\xED\xA0", "x"};
  for (int round = 0; round < 20'000; round++) {
    std::string text;
    for (auto left = random() % 12; left > 0; left--) text += pieces[random() % std::size(pieces)];
    ASSERT_EQ(as_json(text), as_json_slowly(text));
  }
}

TEST(JsonString, Appends) {
  std::string out = "before ";
  append_json_string(out, "x");
  EXPECT_EQ(out, "before \"x\"");
}

TEST(JsonNumber, KeepsEveryDigit) {
  EXPECT_EQ(number(std::uint64_t{0}), "0");
  EXPECT_EQ(number(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
  EXPECT_EQ(number(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
}

TEST(JsonNumber, DoublesAreShortAndReadBackTheSame) {
  EXPECT_EQ(number(0.0), "0");
  EXPECT_EQ(number(2.0), "2");
  EXPECT_EQ(number(1.5), "1.5");
  EXPECT_EQ(number(0.1), "0.1");
  for (const double value : {1e300, 1e-300, 123456789.123, 1e16, 5e-324}) {
    EXPECT_EQ(std::strtod(number(value).c_str(), nullptr), value) << number(value);
  }
}

TEST(JsonNumber, WhatIsNoNumberIsNull) {
  EXPECT_EQ(number(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(number(-std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(number(std::numeric_limits<double>::quiet_NaN()), "null");
}

void write_sample(JsonWriter& json) {
  json.begin_object();
  json.key("text");
  json.string("a\"b");
  json.key("numbers");
  json.begin_array();
  json.number(std::uint64_t{1});
  json.number(std::int64_t{-2});
  json.number(2.5);
  json.end_array();
  json.key("empty object");
  json.begin_object();
  json.end_object();
  json.key("empty array");
  json.begin_array();
  json.end_array();
  json.key("nested");
  json.begin_array();
  json.begin_object();
  json.key("yes");
  json.boolean(true);
  json.key("no");
  json.boolean(false);
  json.end_object();
  json.null();
  json.raw("{\"raw\":1}");
  append_json_string(json.slot(), "slot");
  json.end_array();
  json.end_object();
}

TEST(JsonWriter, Compact) {
  std::string out;
  JsonWriter json(out);
  write_sample(json);
  EXPECT_EQ(out, R"({"text":"a\"b","numbers":[1,-2,2.5],"empty object":{},"empty array":[],)"
                 R"("nested":[{"yes":true,"no":false},null,{"raw":1},"slot"]})");
}

TEST(JsonWriter, Pretty) {
  std::string out;
  JsonWriter json(out, JsonStyle::Pretty);
  write_sample(json);
  EXPECT_EQ(out, R"({
  "text": "a\"b",
  "numbers": [
    1,
    -2,
    2.5
  ],
  "empty object": {},
  "empty array": [],
  "nested": [
    {
      "yes": true,
      "no": false
    },
    null,
    {"raw":1},
    "slot"
  ]
})");
}

TEST(JsonWriter, ALoneValueIsADocument) {
  std::string out = "before:";
  JsonWriter json(out, JsonStyle::Pretty);
  json.string("x");
  EXPECT_EQ(out, "before:\"x\"");
}

}  // namespace
}  // namespace pantau
