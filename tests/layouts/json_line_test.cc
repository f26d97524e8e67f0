#include "pipeline/layouts/json_line.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/layouts/json_twin.h"

namespace pantau {
namespace {

std::string random_string(std::mt19937& random) {
  constexpr std::string_view kParts[] = {
      "a",   "bc def",  "\\n",     "\\\"",           "\\\\",
      "\\/", "\\u0041", "\\u00e9", "\\ud83d\\ude00", "é",
      "😀",   "[{",      "}],:",    "\\u0000",        "0123456789abcdef"};
  std::string text = "\"";
  const std::size_t parts = random() % 5;
  for (std::size_t i = 0; i < parts; i++) text += kParts[random() % std::size(kParts)];
  return text + '"';
}

std::string random_space(std::mt19937& random) {
  constexpr std::string_view kSpaces[] = {"", "", "", " ", "\t", "\r", "\n", "  "};
  return std::string(kSpaces[random() % std::size(kSpaces)]);
}

std::string random_value(std::mt19937& random, int depth);

std::string random_object(std::mt19937& random, int depth) {
  std::string text = "{" + random_space(random);
  const std::size_t fields = random() % 4;
  for (std::size_t i = 0; i < fields; i++) {
    if (i > 0) text += "," + random_space(random);
    text += random_string(random) + random_space(random) + ":" + random_space(random) +
            random_value(random, depth + 1) + random_space(random);
  }
  return text + "}";
}

std::string random_array(std::mt19937& random, int depth) {
  std::string text = "[" + random_space(random);
  const std::size_t values = random() % 4;
  for (std::size_t i = 0; i < values; i++) {
    if (i > 0) text += "," + random_space(random);
    text += random_value(random, depth + 1) + random_space(random);
  }
  return text + "]";
}

std::string random_value(std::mt19937& random, int depth) {
  constexpr std::string_view kScalars[] = {"0",
                                           "-0",
                                           "12",
                                           "-3.25",
                                           "1e5",
                                           "0.0E-3",
                                           "true",
                                           "false",
                                           "null",
                                           "18446744073709551615",
                                           "-9223372036854775808"};
  switch (random() % (depth > 4 ? 2 : 4)) {
    case 0:
      return random_string(random);
    case 1:
      return std::string(kScalars[random() % std::size(kScalars)]);
    case 2:
      return random_object(random, depth);
    default:
      return random_array(random, depth);
  }
}

TEST(JsonLine, AgreesWithTheStrictParserOnGoodLines) {
  std::mt19937 random(9);
  JsonLine json;
  simdjson::dom::parser strict;
  for (int i = 0; i < 20000; i++) {
    const std::string line = random_space(random) + random_object(random, 0) + random_space(random);
    ASSERT_EQ(seen_by_json_line(json, line).reason, "") << line;
    ASSERT_EQ(disagreement(json, strict, line), "") << line;
  }
}

TEST(JsonLine, AgreesWithTheStrictParserOnDamagedLines) {
  std::mt19937 random(10);
  JsonLine json;
  simdjson::dom::parser strict;
  constexpr std::string_view kBytes("{}[],:\"\\ 01-+.eEtfnu\n\0\x1F\x7F\x80\xC3\xFF", 26);
  for (int i = 0; i < 60000; i++) {
    std::string line = random_object(random, 0);
    const std::size_t changes = 1 + random() % 2;
    for (std::size_t j = 0; j < changes && !line.empty(); j++) {
      const std::size_t at = random() % line.size();
      const char byte = kBytes[random() % kBytes.size()];
      const std::size_t what = random() % 3;
      if (what == 0) line[at] = byte;
      if (what == 1) line.insert(at, 1, byte);
      if (what == 2) line.erase(at, 1);
    }
    ASSERT_EQ(disagreement(json, strict, line), "") << testing::PrintToString(line);
  }
}

// A value with all blanks left out, by walking over every array and object of it.
std::string walked(JsonValue& value) {
  JsonField field;
  std::string elements;
  value.take_array(field, [&](JsonValue& element) {
    elements += (elements.empty() ? "" : ",") + walked(element);
  });
  return field.type == JsonType::Array ? "[" + elements + "]" : std::string(value.written());
}

TEST(JsonLine, ElementsAreWalkedAsTheyAreWritten) {
  std::mt19937 random(11);
  JsonLine json;
  simdjson::dom::parser strict;
  for (int i = 0; i < 10000; i++) {
    std::string document = random_space(random) + random_value(random, 0) + random_space(random);
    const std::size_t size = document.size();
    document.append(kChunkPaddingBytes, ']');
    Arena arena;
    std::string text;
    const std::string_view reason =
        json.read_value(std::string_view(document).substr(0, size), arena,
                        [&](JsonValue& value) { text = walked(value); });
    document.resize(size);
    ASSERT_EQ(reason, "") << document;
    ASSERT_EQ(simdjson::minify(strict.parse(text)), simdjson::minify(strict.parse(document)));
    document.pop_back();
    document.append(kChunkPaddingBytes, ' ');
    const bool is_whole = strict.parse(document).error() == simdjson::SUCCESS;
    const std::string_view cut = std::string_view(document).substr(0, size - 1);
    ASSERT_EQ(json.read_value(cut, arena, [](JsonValue&) {}).empty(), is_whole) << cut;
  }
}

// Strings are searched sixteen bytes at a time.
TEST(JsonLine, StringsEndAnywhere) {
  JsonLine json;
  simdjson::dom::parser strict;
  for (std::size_t size = 0; size < 70; size++) {
    for (std::size_t at = 0; at <= size; at++) {
      for (const std::string_view inserted : {"", "\\n", "\"", "\n", "\x7F", "é", "\\", "\x1F"}) {
        std::string text(size, 'x');
        text.insert(at, inserted);
        const std::string line = "{\"a\":\"" + text + "\"}";
        ASSERT_EQ(disagreement(json, strict, line), "") << line;
        ASSERT_EQ(disagreement(json, strict, "{\"" + text + "\":1}"), "") << line;
        ASSERT_EQ(disagreement(json, strict, line.substr(0, line.size() - 2)), "") << line;
      }
    }
  }
}

}  // namespace
}  // namespace pantau
