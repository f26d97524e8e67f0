// The filter may only save time: whatever RE2 finds, the filter has let through.
#include "classifiers/rules/literal_filter.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <fstream>
#include <memory>
#include <random>
#include <set>
#include <sstream>

#include "classifiers/rules/pack.h"
#include "classifiers/text/fold.h"

namespace pantau {
namespace {

std::set<std::uint32_t> let_through(const LiteralFilter& filter, std::string_view text) {
  std::set<std::uint32_t> found(filter.always().begin(), filter.always().end());
  filter.scan(text, [&](std::uint32_t expression) { found.insert(expression); });
  return found;
}

void expect_all_matches_pass(const std::vector<std::string>& sources,
                             const std::vector<std::string>& texts) {
  const std::vector<std::string_view> views(sources.begin(), sources.end());
  const LiteralFilter filter(views);
  std::vector<std::unique_ptr<re2::RE2>> expressions;  // compiled once: some are long
  for (const std::string& source : sources) {
    expressions.push_back(std::make_unique<re2::RE2>(source));
  }
  for (const std::string& text : texts) {
    const std::set<std::uint32_t> passed = let_through(filter, text);
    for (std::uint32_t i = 0; i < sources.size(); i++) {
      if (re2::RE2::PartialMatch(text, *expressions[i])) {
        ASSERT_TRUE(passed.contains(i)) << sources[i] << " in " << text;
      }
    }
  }
}

TEST(LiteralFilter, LetsThroughWhatTheRulePackFinds) {
  std::ifstream file(std::string(PANTAU_SOURCE_DIR) + "/data/rules/skb-2022.toml");
  std::stringstream text;
  text << file.rdbuf();
  Mistakes mistakes("skb-2022.toml", text.view());
  const RulePack pack = read_rule_pack(text.str(), mistakes);
  ASSERT_TRUE(mistakes.empty()) << mistakes.report();
  std::vector<std::string> sources;
  std::vector<std::string> texts;
  for (const Pattern& pattern : pack.patterns) {
    sources.insert(sources.end(), pattern.expressions.begin(), pattern.expressions.end());
    for (const auto* const examples : {&pattern.matches, &pattern.passes}) {
      for (const std::string& example : *examples) texts.push_back(folded(example));
    }
  }
  ASSERT_GT(texts.size(), 100U);
  expect_all_matches_pass(sources, texts);
}

TEST(LiteralFilter, SavesNearlyAllOfTheWork) {
  const std::vector<std::string_view> sources = {R"(\b(ayo|mari)\W+(coblos|pilih)\b)",
                                                 R"(\bharga mati\b)", R"([0-9]+)"};
  const LiteralFilter filter(sources);
  EXPECT_EQ(std::vector(filter.always().begin(), filter.always().end()),
            (std::vector<std::uint32_t>{2}));
  EXPECT_EQ(let_through(filter, "selamat pagi, ayo ke pasar"), (std::set<std::uint32_t>{2}));
  EXPECT_EQ(let_through(filter, "ayo coblos"), (std::set<std::uint32_t>{0, 2}));
}

class RandomExpressions {
 public:
  explicit RandomExpressions(std::uint64_t seed) : random_(seed) {}

  std::string text() {
    std::string text;
    for (std::uint64_t parts = random_() % 8; parts > 0; parts--)
      text += word() + pick({" ", "", "-", ". "});
    return text;
  }

  std::string expression(int depth = 3) {
    if (depth == 0) return word();
    switch (random_() % 8) {
      case 0:
        return "(" + expression(depth - 1) + "|" + expression(depth - 1) + ")";
      case 1:
        return "(?:" + expression(depth - 1) + ")?" + expression(depth - 1);
      case 2:
        return expression(depth - 1) + R"(\W*)" + expression(depth - 1);
      case 3:
        return R"(\b)" + expression(depth - 1);
      case 4:
        return "(?i:" + expression(depth - 1) + ")";
      case 5:
        return expression(depth - 1) + pick({"[a-z]", "[ab]", ".", "\\w+", "{1,2}", "σ", "K"});
      default:
        return expression(depth - 1) + expression(depth - 1);
    }
  }

 private:
  std::string word() {
    return pick({"ayo", "coblos", "pilih", "ab", "a", "b", "ß", "σ", "k", "abab", "lanjut", "é"});
  }
  std::string pick(std::vector<std::string> of) { return of[random_() % of.size()]; }

  std::mt19937_64 random_;
};

TEST(LiteralFilter, LetsThroughWhatRandomExpressionsFind) {
  RandomExpressions random(7);
  for (int round = 0; round < 60; round++) {
    std::vector<std::string> sources;
    std::vector<std::string> texts;
    for (int i = 0; i < 20; i++) {
      const std::string source = random.expression();
      if (re2::RE2(source, re2::RE2::Quiet).ok()) sources.push_back(source);
      texts.push_back(folded(random.text()));
    }
    expect_all_matches_pass(sources, texts);
  }
}

}  // namespace
}  // namespace pantau
