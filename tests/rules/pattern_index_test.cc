// The index may only save time: whatever RE2 finds, the index has told, and where it begins.
// The slow twin is RE2, asked for every expression in every text.
#include "classifiers/rules/pattern_index.h"

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <sstream>

#include "classifiers/rules/featureless.h"
#include "classifiers/rules/pack.h"
#include "classifiers/rules/pattern.h"
#include "tests/rules/random_expressions.h"

namespace pantau {
namespace {

// Expressions compiled as a rule set does it.
class Search {
 public:
  explicit Search(const std::vector<std::string>& sources) {
    for (std::uint32_t i = 0; i < sources.size(); i++) {
      std::optional<Syntax> syntax;
      Result<Expression> expression = Expression::compile(sources[i], &syntax);
      if (!expression) continue;
      const auto number = static_cast<std::uint32_t>(expressions_.size());
      if (!syntax) index_.add_unknown();
      if (!syntax || !index_.add(syntax->root)) {
        featureless_.add(number, sources[i]);
        names_.push_back(sources[i]);
      }
      expressions_.push_back(*std::move(expression));
    }
    index_.build();
    featureless_.build();
  }

  const std::vector<Expression>& expressions() const { return expressions_; }
  const std::vector<std::string>& featureless() const { return names_; }

  std::vector<PossibleMatch> possible(std::string_view text,
                                      WordScanner scanner = word_scanners().back()) {
    index_.use(scanner);
    std::vector<PossibleMatch> possible;
    index_.find(text, scratch_, possible);
    std::vector<int> work;
    std::vector<std::uint32_t> found;
    featureless_.find(text, work, found);
    for (const std::uint32_t expression : found) possible.push_back({expression});
    std::ranges::sort(possible, std::less());
    return possible;
  }

 private:
  std::vector<Expression> expressions_;
  std::vector<std::string> names_;
  PatternIndex index_;
  PatternIndex::Scratch scratch_;
  FeaturelessExpressions featureless_;
};

std::vector<ByteRange> places(const Expression& expression, std::uint32_t number,
                              const std::vector<PossibleMatch>& possible, const std::string& text) {
  FoldedView view;
  fold(text, view);
  EXPECT_EQ(view.text(), text) << "texts are folded already";
  Places places;
  find_places({&expression, 1}, number, {possible, {}}, {&view, nullptr}, places);
  return places.ranges();
}

// Every match of the expression, left to right, found by RE2 alone.
std::vector<ByteRange> plain_places(const re2::RE2& re, const std::string& text) {
  std::vector<ByteRange> places;
  re2::StringPiece match;
  for (std::size_t from = 0; from <= text.size();) {
    if (!re.Match(text, from, text.size(), re2::RE2::UNANCHORED, &match, 1)) break;
    const auto start = static_cast<std::size_t>(match.data() - text.data());
    if (!match.empty()) {
      places.push_back(
          {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(start + match.size())});
    }
    from = start + std::max<std::size_t>(match.size(), 1);
  }
  return places;
}

void expect_same_places(const std::vector<std::string>& sources,
                        const std::vector<std::string>& texts) {
  Search search(sources);
  std::vector<std::unique_ptr<re2::RE2>> twins;
  for (const Expression& expression : search.expressions()) {
    twins.push_back(std::make_unique<re2::RE2>(expression.source(), re2::RE2::Quiet));
    ASSERT_TRUE(twins.back()->ok()) << expression.source();
  }
  for (const std::string& unfolded : texts) {
    const std::string text = folded(unfolded);
    for (const WordScanner scanner : word_scanners()) {
      const std::vector<PossibleMatch> possible = search.possible(text, scanner);
      for (std::uint32_t i = 0; i < twins.size(); i++) {
        ASSERT_EQ(places(search.expressions()[i], i, possible, text), plain_places(*twins[i], text))
            << twins[i]->pattern() << " in " << text;
      }
    }
  }
}

RulePack pack_of_the_project() {
  std::ifstream file(std::string(PANTAU_SOURCE_DIR) + "/data/rules/skb-2022.toml");
  std::stringstream text;
  text << file.rdbuf();
  Mistakes mistakes("skb-2022.toml", text.view());
  RulePack pack = read_rule_pack(text.str(), mistakes);
  EXPECT_TRUE(mistakes.empty()) << mistakes.report();
  return pack;
}

TEST(PatternIndex, FindsWhatRe2FindsInTheRulePack) {
  const RulePack pack = pack_of_the_project();
  std::vector<std::string> sources;
  std::vector<std::string> texts;
  for (const Pattern& pattern : pack.patterns) {
    sources.insert(sources.end(), pattern.expressions.begin(), pattern.expressions.end());
    for (const auto* const examples : {&pattern.matches, &pattern.passes}) {
      for (const std::string& example : *examples) texts.push_back(folded(example));
    }
  }
  ASSERT_GT(texts.size(), 100U);
  expect_same_places(sources, texts);
  const Search search(sources);
  EXPECT_LE(search.featureless().size(), sources.size() / 50)
      << ::testing::PrintToString(search.featureless());
}

TEST(PatternIndex, SavesNearlyAllOfTheWork) {
  Search search({R"(\b(ayo|mari)\W+(kita\W+)?(coblos|pilih)\W+nomor\b)", R"(\bharga mati\b)",
                 R"(#\w*netral\w*)", "\xF0\x9F\x91\x8D", R"([0-9]+)"});
  EXPECT_EQ(search.featureless(), std::vector<std::string>{"[0-9]+"});
  const auto found = [&](std::string_view text) {
    std::vector<std::uint32_t> expressions;
    for (const PossibleMatch& match : search.possible(text)) {
      expressions.push_back(match.expression);
    }
    return expressions;
  };
  using Expressions = std::vector<std::uint32_t>;
  EXPECT_EQ(found("mari ke pasar, ayo pilih ikan nomor satu, hargamati"), Expressions());
  EXPECT_EQ(found("ayo kita coblos nomor 2"), (Expressions{0, 4}));
  EXPECT_EQ(found("NKRI harga mati"), Expressions{1});
  EXPECT_EQ(found("#asnnetral dan #netral"), (Expressions{2, 2}));
  EXPECT_EQ(found("\xE2\x9C\xA8 \xF0\x9F\x91\x8D"), Expressions{3});
}

TEST(PatternIndex, FindsWhatRe2FindsOfHandPickedExpressions) {
  const std::vector<std::string> sources = {R"(^coblos)",
                                            R"(coblos$)",
                                            R"(^coblos$)",
                                            R"(\bcoblos\w*\b)",
                                            R"(\w+coblos)",
                                            R"(\w*coblos\w*)",
                                            R"(\b\w*\W+coblos)",
                                            R"(coblos\W*nomor)",
                                            R"(coblos.*nomor)",
                                            R"(coblos[ _-]?nomor)",
                                            R"((?:\w+\W+){0,3}nomor)",
                                            R"((?:\w+\W+)*nomor)",
                                            R"((?:ayo\W+)+coblos)",
                                            R"((?i)Ayo Coblos)",
                                            R"((?i:AYO)\b)",
                                            R"(\Bcoblos)",
                                            R"(coblos\B)",
                                            R"(caf\x{e9})",
                                            R"(café coblos)",
                                            R"([αβγ]+)",
                                            R"(a\bb)",
                                            R"(ayo\b\w*coblos)",
                                            R"(ayo\b\W*\bcoblos)",
                                            R"(\b(?:me|di)?coblos(?:kan|i)?\b)",
                                            R"(a{3,})",
                                            R"((?:ayo){2})",
                                            R"(\bayo\b|\bmari\b)",
                                            R"(x*ayo)",
                                            R"([^a-z]ayo[^a-z])",
                                            R"(\d+ (?:ayo|mari))",
                                            R"(\x61yo)",
                                            R"(ayo\.)",
                                            R"((ayo|mari)?\W?coblos)",
                                            R"(\bno\W{0,3}[1-9]\b)",
                                            R"(#?ayo[ _-]?coblos\b)",
                                            R"(\Aayo\z)",
                                            R"(ab)",
                                            R"(abc)",
                                            R"(nkri)",
                                            R"([[:alpha:]]+coblos)",
                                            R"(\pL+ayo)",
                                            R"((?i)co[^é]los\b)",
                                            R"((?i)\bay[^\Wé]\b)",
                                            R"(\bco[^\Wx]los\b)",
                                            R"((?:[\w.-]+\W+){1,5}?nomor\b)",
                                            R"(^\W*(?:ayo|mari)\b(?:\W+\w+){0,4}\W*$)"};
  const std::vector<std::string> texts = {"",
                                          "a",
                                          "ayo",
                                          "coblos",
                                          "ayo coblos",
                                          "ayo coblos nomor 2",
                                          "mencobloskan dicoblos coblosi",
                                          "coblos-nomor coblos_nomor coblosnomor coblos  nomor",
                                          "café coblos café",
                                          "αβγ ayo ααα",
                                          "ayo ayo ayo coblos nomor nomor",
                                          "no.2 no 3 no4 no 45",
                                          "1 ayo 22 mari ayo. ayo!",
                                          "#ayocoblos ayo_coblos xayo coblos",
                                          "abab abc ab nkri aaa aaaa ayoayo",
                                          "coblos ini dan itu lalu nomor dua",
                                          "\xE2\x9C\xA8"
                                          "ayo\xE2\x9C\xA8"
                                          "coblos"};
  expect_same_places(sources, texts);
}

TEST(PatternIndex, FindsWhatRe2FindsOfRandomExpressions) {
  RandomExpressions random(7);
  for (int round = 0; round < 150; round++) {
    std::vector<std::string> sources;
    std::vector<std::string> texts;
    for (int i = 0; i < 20; i++) {
      sources.push_back(random.expression());
      texts.push_back(random.text());
    }
    expect_same_places(sources, texts);
  }
}

// Of many expressions in one index, the same: tables are full and lengths are shared.
TEST(PatternIndex, FindsWhatRe2FindsOfManyExpressions) {
  RandomExpressions random(11);
  std::vector<std::string> sources;
  for (int i = 0; i < 2000; i++) sources.push_back(random.expression(2));
  std::vector<std::string> texts;
  for (int i = 0; i < 20; i++) texts.push_back(random.text());
  expect_same_places(sources, texts);
}

TEST(PatternIndex, FailingTriesAreNotRepeatedForLong) {
  std::string text;
  for (int i = 0; i < 5000; i++) text += "ayo ";
  expect_same_places({R"(\bayo\b.*(?:coblos|nomor))", R"(\bayo\b\W+\b)"}, {text, text + "coblos"});
}

}  // namespace
}  // namespace pantau
