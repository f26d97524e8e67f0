// The packs of data/rules/: what every pack of ours must have, whichever law it is for.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "classifiers/rules/pack.h"

namespace pantau {
namespace {

namespace fs = std::filesystem;

const fs::path kData = fs::path(PANTAU_SOURCE_DIR) / "data";
constexpr std::size_t kExamplesMin = 3;

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::pair<fs::path, RulePack>> packs() {
  std::vector<std::pair<fs::path, RulePack>> packs;
  for (const fs::directory_entry& entry : fs::directory_iterator(kData / "rules")) {
    if (entry.path().extension() != ".toml") continue;
    const std::string text = text_of(entry.path());
    Mistakes mistakes(entry.path().filename(), text);
    packs.emplace_back(entry.path(), read_rule_pack(text, mistakes));
    EXPECT_TRUE(mistakes.empty()) << mistakes.report();
  }
  return packs;
}

// The codes that a catalogue of data/skb/ defines.
std::set<std::string> codes_of(const std::string& catalogue) {
  std::set<std::string> codes;
  std::istringstream lines(text_of(kData / "skb" / catalogue));
  constexpr std::string_view kKey = "code = \"";
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(kKey))
      codes.insert(line.substr(kKey.size(), line.size() - kKey.size() - 1));
  }
  return codes;
}

TEST(Packs, OfEveryLawLoad) {
  std::set<std::string> ids;
  for (const auto& [path, pack] : packs()) ids.insert(pack.id);
  EXPECT_EQ(
      ids, (std::set<std::string>{"se-2018", "skb-2020", "skb-2022", "uu-2023", "semua-komentar"}));
}

TEST(Packs, EveryPatternHasExamplesOfBothKinds) {
  for (const auto& [path, pack] : packs()) {
    for (const Pattern& pattern : pack.patterns) {
      EXPECT_GE(pattern.matches.size(), kExamplesMin) << path << ": " << pattern.name;
      EXPECT_GE(pattern.passes.size(), kExamplesMin) << path << ": " << pattern.name;
    }
  }
}

TEST(Packs, EveryPatternIsUsed) {
  for (const auto& [path, pack] : packs()) {
    std::set<std::uint32_t> used;
    for (const Rule& rule : pack.rules) {
      for (const auto* const patterns : {&rule.all, &rule.any, &rule.none}) {
        used.insert(patterns->begin(), patterns->end());
      }
    }
    for (std::uint32_t i = 0; i < pack.patterns.size(); i++) {
      EXPECT_TRUE(used.contains(i)) << path << ": " << pack.patterns[i].name;
    }
  }
}

TEST(Packs, EveryRuleProposesItemsOfItsCatalogue) {
  const std::map<std::string, std::string> catalogues = {{"se-2018", "2018.toml"},
                                                         {"skb-2020", "2020.toml"},
                                                         {"skb-2022", "2022.toml"},
                                                         {"uu-2023", "2022.toml"},
                                                         {"semua-komentar", "2022.toml"}};
  for (const auto& [path, pack] : packs()) {
    const std::set<std::string> codes = codes_of(catalogues.at(pack.id));
    ASSERT_FALSE(codes.empty()) << catalogues.at(pack.id);
    for (const Rule& rule : pack.rules) {
      EXPECT_FALSE(rule.title_en.empty()) << path << ": " << rule.id;
      for (const auto* const proposed : {&rule.proposes_ethics, &rule.proposes_discipline}) {
        EXPECT_FALSE(proposed->empty()) << path << ": " << rule.id;
        for (const std::string& code : *proposed) {
          EXPECT_TRUE(codes.contains(code)) << path << ": " << rule.id << " proposes " << code;
        }
      }
    }
  }
}

// What tells the packs of the laws apart is what rules propose, nothing else.
TEST(Packs, OfDifferentLawsFindTheSame) {
  const auto all = packs();
  const RulePack* first = nullptr;
  for (const auto& [path, pack] : all) {
    if (pack.id == "semua-komentar") continue;
    if (first == nullptr) first = &pack;
    ASSERT_EQ(pack.patterns.size(), first->patterns.size()) << path;
    ASSERT_EQ(pack.rules.size(), first->rules.size()) << path;
    for (std::size_t i = 0; i < pack.patterns.size(); i++) {
      EXPECT_EQ(pack.patterns[i].expressions, first->patterns[i].expressions) << path;
    }
    for (std::size_t i = 0; i < pack.rules.size(); i++) {
      EXPECT_EQ(pack.rules[i].id, first->rules[i].id) << path;
      EXPECT_EQ(pack.rules[i].none, first->rules[i].none) << path << ": " << pack.rules[i].id;
    }
  }
}

}  // namespace
}  // namespace pantau
