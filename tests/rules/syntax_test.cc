// Whatever the parser is certain of, RE2 compiles, within our limits, and it matches no empty text.
#include "classifiers/rules/syntax.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include "classifiers/rules/pattern.h"
#include "classifiers/text/fold.h"
#include "tests/rules/random_expressions.h"

namespace pantau {
namespace {

bool is_certain(std::string_view expression) {
  const std::optional<Syntax> syntax = parse_syntax(expression);
  return syntax && syntax->is_certain;
}

void expect_usable_if_certain(const std::string& expression) {
  if (!is_certain(expression)) return;
  const re2::RE2 re(expression, expression_options());
  ASSERT_TRUE(re.ok()) << expression << ": " << re.error();
  ASSERT_FALSE(re2::RE2::PartialMatch("", re)) << expression;
}

TEST(Syntax, IsCertainOfWhatRulePacksUse) {
  for (const char* const expression :
       {R"(\b(ayo|mari|yuk)\W+(kita\W+)?(coblos|pilih)\b)", R"(\b(?:me|di)?pilih(?:kan|i)?\b)",
        R"(#\w*netral\w*)", R"((?i)coblos)", R"([\x{261d}\x{1f446}])", R"(no\W{0,3}[1-9]\b)",
        R"(^coblos$)", R"(a\.b\-c)", R"([^a-z]x)", R"([]a-]x)", R"(x+?)", R"(caf\x{e9})"}) {
    EXPECT_TRUE(is_certain(expression)) << expression;
  }
}

TEST(Syntax, GivesUpOnWhatIsWrongOrStrange) {
  for (const char* const expression : {"(",           ")",         "a)",
                                       "[",           "[a",        "[b-a]",
                                       "[a-\\d]",     "*",         "a**",
                                       "a{2}{3}",     "a{1001}",   "a{3,2}",
                                       "\\",          "\\1",       "\\C",
                                       "\\Qa\\E",     "(?P<n>a)",  "(?",
                                       "(?x)a",       "(?i",       "(?i)*a",
                                       "^*a",         "\\b+a",     "a|*",
                                       "\\x{110000}", "\\x{d800}", "[[:alpha:]]",
                                       "\\pL",        "a{",        "\\B*",
                                       "\xff",        "a\xc3",     "((((a{50}){50}){50}){50})"}) {
    EXPECT_FALSE(is_certain(expression)) << expression;
  }
  EXPECT_FALSE(is_certain(std::string(2000, '(') + "a" + std::string(2000, ')')));
  EXPECT_FALSE(is_certain("a*"));
  EXPECT_FALSE(is_certain("a|"));
  EXPECT_FALSE(is_certain("\\b"));
}

TEST(Syntax, IsCertainOfWhatRe2CompilesOnly) {
  RandomExpressions random(3);
  for (int i = 0; i < 3000; i++) expect_usable_if_certain(random.expression());
}

TEST(Syntax, IsCertainOfWhatRe2CompilesOnlyOfDamagedExpressions) {
  RandomExpressions random(4);
  std::mt19937_64 dice(5);
  constexpr std::string_view kBytes = R"(()[]{}|*+?\.^$-:i0129,abxBbwWdDsAzQEpP<>_ )";
  for (int i = 0; i < 6000; i++) {
    std::string expression = random.expression();
    for (std::uint64_t changes = 1 + dice() % 3; changes > 0; changes--) {
      const std::size_t at = dice() % (expression.size() + 1);
      if (dice() % 3 == 0 && at < expression.size()) {
        expression.erase(at, 1);
      } else {
        expression.insert(at, 1, kBytes[dice() % kBytes.size()]);
      }
    }
    expect_usable_if_certain(expression);
  }
}

// Under (?i), two characters beyond ASCII would match letters of ASCII.
TEST(Syntax, FoldedTextsHaveNoCapitalsNorWhatPassesForLettersOfAscii) {
  FoldedView plain;
  FoldedView undisguised;
  for (char32_t c = 1; c <= 0x10FFFF; c++) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    if (c < 0x80) {
      text += static_cast<char>(c);
    } else if (c < 0x800) {
      text += static_cast<char>(0xC0 | c >> 6);
    } else if (c < 0x10000) {
      text += static_cast<char>(0xE0 | c >> 12);
      text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    } else {
      text += static_cast<char>(0xF0 | c >> 18);
      text += static_cast<char>(0x80 | (c >> 12 & 0x3F));
      text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    }
    if (c >= 0x80) text += static_cast<char>(0x80 | (c & 0x3F));
    fold("a" + text + "b", plain);
    undisguise(plain, undisguised);
    for (const FoldedView* const view : {&plain, &undisguised}) {
      for (const char byte : view->text()) {
        ASSERT_FALSE(byte >= 'A' && byte <= 'Z') << std::hex << static_cast<std::uint32_t>(c);
      }
      ASSERT_EQ(view->text().find("\u017F"), std::string_view::npos);
      ASSERT_EQ(view->text().find("\u212A"), std::string_view::npos);
    }
  }
}

}  // namespace
}  // namespace pantau
