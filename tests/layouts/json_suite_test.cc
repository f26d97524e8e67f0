// JSONTestSuite (Nicolas Seriot): what must parse, what must not, and what may.
// Each file is tried as a line, and inside of a record, as a field that nobody
// asked for: what is ignored has to be JSON all the same.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "pipeline/layouts/layouts.h"
#include "tests/layouts/reading_text.h"

namespace pantau {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFields =
    R"("platform":"x","kind":"follow","actor":{"id":"1"},"target":{"id":"2"},)"
    R"("observed_at":"2024-11-01T10:00:00Z")";

struct Case {
  std::string name;
  std::string text;
};

fs::path suite_folder() {
  const char* const shared = std::getenv("PANTAU_SHARED_DATA");
  const fs::path data =
      shared != nullptr ? fs::path(shared) : fs::path(PANTAU_SOURCE_DIR) / "../shared/data";
  return data / "json_test_suite/test_parsing";
}

std::vector<Case> cases_of(char verdict) {
  std::vector<Case> cases;
  std::error_code absent;
  for (const fs::directory_entry& entry : fs::directory_iterator(suite_folder(), absent)) {
    const std::string name = entry.path().filename().string();
    if (name[0] != verdict) continue;
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    cases.push_back({name, text.str()});
  }
  return cases;
}

std::string reason(std::string_view line, char behind = '\n') {
  OneLine lines(pantau_layout());
  return reason_of(lines, line, behind);
}

std::string among_unknown_fields(std::string_view value) {
  return "{\"before\":" + std::string(value) + "," + std::string(kFields) + "}";
}

std::string behind_known_fields(std::string_view value) {
  return "{" + std::string(kFields) + ",\"deep\":[[{\"behind\":" + std::string(value) + "}]]}";
}

class JsonSuite : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(suite_folder())) {
      GTEST_SKIP() << "JSONTestSuite is not here; PANTAU_SHARED_DATA names the folder above it";
    }
  }
};

TEST_F(JsonSuite, WhatMustParseIsJson) {
  const std::vector<Case> cases = cases_of('y');
  EXPECT_EQ(cases.size(), 95u);
  for (const Case& one : cases) {
    const std::size_t first = one.text.find_first_not_of(" \t\r\n");
    const bool is_object = one.text[first] == '{';
    EXPECT_EQ(reason(one.text), is_object ? "missing:platform" : "json") << one.name;
    EXPECT_EQ(reason(among_unknown_fields(one.text)), "") << one.name;
    EXPECT_EQ(reason(behind_known_fields(one.text)), "") << one.name;
  }
}

TEST_F(JsonSuite, WhatMustNotParseIsRejected) {
  const std::vector<Case> cases = cases_of('n');
  EXPECT_EQ(cases.size(), 188u);
  for (const Case& one : cases) {
    for (const std::string& line :
         {one.text, among_unknown_fields(one.text), behind_known_fields(one.text)}) {
      const std::string found = reason(line);
      EXPECT_TRUE(found == "json" || found == "utf8" || found == "depth")
          << one.name << ": " << found << ": " << line.substr(0, 200);
    }
  }
}

TEST_F(JsonSuite, WhatMayParseDoesNoHarm) {
  const std::vector<Case> cases = cases_of('i');
  EXPECT_EQ(cases.size(), 35u);
  for (const Case& one : cases) {
    const std::string found = reason(among_unknown_fields(one.text));
    EXPECT_TRUE(found.empty() || found == "json" || found == "utf8" || found == "depth")
        << one.name << ": " << found;
    // Numbers of any size and lone surrogates are read over; the one that is
    // written as bytes is no UTF-8.
    const bool is_surrogate = one.name.find("surrogate") != std::string::npos &&
                              one.name.find("UTF8") == std::string::npos;
    if (is_surrogate || one.name.starts_with("i_number")) {
      EXPECT_EQ(found, "") << one.name;
    }
  }
}

// The bytes behind a line are other lines'; nothing may depend on them.
TEST_F(JsonSuite, WhatIsBehindALineDoesNotMatter) {
  for (const char verdict : {'y', 'n', 'i'}) {
    for (const Case& one : cases_of(verdict)) {
      for (const std::string& line : {one.text, among_unknown_fields(one.text)}) {
        const std::string expected = reason(line, '\n');
        for (const char behind : {'}', ']', ',', ':', '"', '{', '[', '1', ' ', '\0', '\\'}) {
          EXPECT_EQ(reason(line, behind), expected) << one.name << " before " << behind;
        }
      }
    }
  }
}

TEST_F(JsonSuite, DeepNestingIsSaidSo) {
  for (const Case& one : cases_of('n')) {
    if (one.name == "n_structure_100000_opening_arrays.json" ||
        one.name == "n_structure_open_array_object.json") {
      EXPECT_EQ(reason(one.text), "depth") << one.name;
    }
  }
}

}  // namespace
}  // namespace pantau
