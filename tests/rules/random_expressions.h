// Expressions and texts made up at random of a few parts, so that they meet.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace pantau {

class RandomExpressions {
 public:
  explicit RandomExpressions(std::uint64_t seed) : random_(seed) {}

  // Folded already.
  std::string text() {
    std::string text;
    for (std::uint64_t parts = random_() % 12; parts > 0; parts--) {
      const std::string next = word();
      text += (next == "AYO" ? "ayo" : next) +
              pick({" ", " ", " ", "", "-", ". ", "_", ", ", "#", " é", "σ", "\n", "2"});
    }
    return text;
  }

  // Perhaps wrong ones among them.
  std::string expression(int depth = 3) {
    if (depth == 0) return word();
    switch (random_() % 14) {
      case 0:
        return "(" + expression(depth - 1) + "|" + expression(depth - 1) + ")";
      case 1:
        return "(?:" + expression(depth - 1) + ")?" + expression(depth - 1);
      case 2:
        return expression(depth - 1) + between() + expression(depth - 1);
      case 3:
        return pick({R"(\b)", R"(\b)", "^", R"(\B)"}) + expression(depth - 1);
      case 4:
        return expression(depth - 1) + pick({R"(\b)", R"(\b)", "$", R"(\B)"});
      case 5:
        return pick({"(?i:", "(?i)(?:"}) + expression(depth - 1) + ")";
      case 6:
        return expression(depth - 1) + character() + times();
      case 7:
        return character() + times() + expression(depth - 1);
      case 8:
        return "(?:" + expression(depth - 1) + ")" + times();
      case 9:
        return R"(\b()" + word() + "|" + word() + "|" + word() + R"()\W+()" + word() + "|" +
               word() + R"()\b)";
      case 10:
        return R"(\b)" + word() + R"(\W+(?:\w+\W+){0,2})" + word() + R"(\b)";
      default:
        return expression(depth - 1) + expression(depth - 1);
    }
  }

 private:
  std::string word() {
    return pick({"ayo",         "coblos", "pilih", "ab",     "a",          "b",         "ß",
                 "σ",           "k",      "abab",  "lanjut", "é",          "AYO",       "dukungan",
                 "memenangkan", "no",     "2",     "_",      "ayo coblos", "harga mati"});
  }
  std::string character() {
    return pick({"[a-z]", "[ab]", ".", R"(\w)", R"(\W)", R"(\d)", R"(\s)", "[^a]", "[ _-]", "[éσ]",
                 "k", "[^éσ]", R"(\S)", R"(\D)", R"(\x{e9})", R"(\.)", "[k-σ]", "-", "#"});
  }
  std::string between() {
    return pick({R"(\W*)", R"(\W+)", " ", "[ _-]?", R"(\s)", ".*", R"(\W{0,3})", R"(\b)",
                 R"(\W+\w+\W+)", R"(\W+(?:\w+\W+)*)", R"(\w*)", "[^a-z]"});
  }
  std::string times() {
    return pick({"", "", "?", "*", "+", "+?", "{2}", "{1,2}", "{0,5}", "{3,}", "*?", "**"});
  }
  std::string pick(const std::vector<std::string>& of) { return of[random_() % of.size()]; }

  std::mt19937_64 random_;
};

}  // namespace pantau
