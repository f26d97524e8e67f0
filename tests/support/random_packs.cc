#include "tests/support/random_packs.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

namespace pantau {
namespace {

using Texts = std::vector<std::string>;

template <std::size_t size>
std::bitset<size> some_bits(Dice& dice, std::size_t chance) {
  std::bitset<size> bits;
  for (std::size_t i = 0; i < size; i++) bits.set(i, dice.percent(chance));
  if (bits.none()) bits.set(dice.below(size));
  return bits;
}

// ---- expressions ----

// Each '%' becomes a word.
const Texts kWordShapes = {R"(\b%\b)",
                           R"(\b(%|%|%)\b)",
                           R"(\b%\W+(%\W+)?%\b)",
                           R"(%)",
                           R"(^%)",
                           R"(%$)",
                           R"((?i)%)",
                           R"((?i:%)\s%)",
                           R"(%+)",
                           R"(%(?:kan)?)",
                           R"(%.{0,10}%)",
                           R"(\A%)",
                           R"(%\z)",
                           R"((?m)^%$)",
                           R"((?s)%.)",
                           R"(c[o0]blos)",
                           R"(\b\w+kan\b)",
                           R"((%)\s+(%))",
                           R"(\Q%.\E)",
                           R"(\b(?:no|nomor)\s*\d)",
                           R"(pil[iy]h)",
                           R"(\B%)",
                           R"((%)+)",
                           R"(%[^%]{3})",
                           R"(\b% ?%\b)",
                           R"(\b(?:%|% %)\b)",
                           R"(\b%(?: |-)%)"};
const Texts kOtherShapes = {R"(%.*%)",
                            R"(\d+)",
                            R"(\w{5,})",
                            R"([aeiou]{2})",
                            R"(\p{Han}+)",
                            R"(\b[a-c]*)",
                            R"(\b(?:%)?)",
                            R"(.)",
                            R"([^a-z ])",
                            R"(#\w+)",
                            R"(@)",
                            R"(2\x{20E3})",
                            R"([[:alpha:]]+ng\b)",
                            R"(\PL)",
                            R"(a??b)",
                            R"(%|\b)",
                            R"([а-я]+)",
                            R"(é)",
                            R"(\.)",
                            R"(([a-z])\W([a-z])\W)",
                            R"(\pN+)",
                            R"(  )",
                            R"( )",
                            R"(\n)",
                            R"(x?)"};

bool is_usable(const std::string& expression) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  const re2::RE2 re(expression, options);
  return re.ok() && !re2::RE2::PartialMatch("", re);
}

// Expressions by their grammar rather than by a list of shapes.
class RandomExpression {
 public:
  RandomExpression(Dice& dice, const Texts& words) : dice_(dice), words_(words) {}

  std::string sequence(int depth) {
    std::string text;
    const std::size_t length = dice_.between(1, 3);
    for (std::size_t i = 0; i < length; i++) text += quantified(depth);
    return text;
  }

 private:
  std::string word() { return re2::RE2::QuoteMeta(dice_.pick(words_)); }

  std::string quantified(int depth) {
    static const Texts quantifiers = {"?", "*", "+", "{2}", "{0,2}", "??", "+?", "{1,3}"};
    std::string text = atom(depth);
    if (dice_.percent(20)) text = "(?:" + text + ")" + dice_.pick(quantifiers);
    return text;
  }

  std::string atom(int depth) {
    static const Texts classes = {R"(\b)",   R"(\s)",    R"(\W+)",   R"(\d)",
                                  R"(\w*)",  R"([a-e])", R"([^ ])",  R"(.{0,6})",
                                  R"(\pL+)", R"(\W*)",   R"([oi0])", R"(\B)"};
    const std::size_t kind = dice_.below(10);
    if (kind < 5 || depth > 2) return word();
    if (kind < 7) return dice_.pick(classes);
    if (kind == 7) return "(?i:" + word() + ")";
    std::string group = "(?:" + sequence(depth + 1);
    const std::size_t more = dice_.between(1, 3);
    for (std::size_t i = 0; i < more; i++) group += "|" + sequence(depth + 1);
    return group + ")";
  }

  Dice& dice_;
  const Texts& words_;
};

std::string filled(Dice& dice, const std::string& shape, const Texts& words) {
  std::string expression;
  for (const char c : shape) {
    if (c == '%') {
      expression += dice.pick(words);
    } else {
      expression += c;
    }
  }
  return expression;
}

std::string some_expression(Dice& dice, bool only_of_words, const Texts& words) {
  for (;;) {
    const std::size_t kind = dice.below(100);
    const std::string expression = kind < 55 || only_of_words
                                       ? filled(dice, dice.pick(kWordShapes), words)
                                   : kind < 75 ? filled(dice, dice.pick(kOtherShapes), words)
                                               : RandomExpression(dice, words).sequence(0);
    if (is_usable(expression)) return expression;
  }
}

// ---- rules ----

std::vector<std::uint32_t> some_patterns(Dice& dice, std::size_t patterns, std::size_t count_max) {
  std::vector<std::uint32_t> some;
  const std::size_t count = dice.below(count_max + 1);
  for (std::size_t i = 0; i < count; i++) {
    const auto pattern = static_cast<std::uint32_t>(dice.below(patterns));
    if (std::ranges::find(some, pattern) == some.end()) some.push_back(pattern);
  }
  return some;
}

Rule finished(Rule rule, Dice& dice, std::size_t number) {
  rule.level = static_cast<Level>(dice.below(5));
  rule.proposes_ethics = {"KE-" + std::to_string(number)};
  rule.proposes_discipline = {"DS-" + std::to_string(number), "DS-1"};
  return rule;
}

Rule some_rule(Dice& dice, std::size_t number, std::size_t patterns) {
  static const std::array<std::uint32_t, 8> distances = {0, 1, 2, 3, 5, 20, 80, 300};
  Rule rule;
  rule.id = "rule-" + std::to_string(number);
  rule.title_id = "Aturan";
  rule.kinds = some_bits<kKinds>(dice, 60);
  rule.link = static_cast<LinkKind>(dice.below(3));
  rule.target_types = some_bits<kAccountTypes>(dice, dice.percent(50) ? 100 : 50);
  rule.stages = some_bits<kStages>(dice, dice.percent(60) ? 100 : 50);
  if (dice.percent(30)) rule.all = some_patterns(dice, patterns, 2);
  if (dice.percent(70)) rule.any = some_patterns(dice, patterns, dice.percent(10) ? 12 : 3);
  if (dice.percent(30)) rule.none = some_patterns(dice, patterns, 2);
  if (!rule.any.empty() && dice.percent(50)) rule.near_chars_max = dice.pick(distances);
  if (rule.near_chars_max && dice.percent(30)) {
    rule.near_side = dice.percent(50) ? NearSide::Before : NearSide::After;
  }
  if (!rule.any.empty() && dice.percent(15)) rule.negated_by = some_patterns(dice, patterns, 3);
  if (!rule.negated_by.empty()) rule.negation_words_max = dice.pick(distances) % 6;
  if (dice.percent(8)) rule.rivals_max = static_cast<std::uint32_t>(dice.below(3));
  if (rule.link == LinkKind::Target) return finished(rule, dice, number);
  if (dice.percent(8)) rule.mention_kinds = some_bits<kMentionKinds>(dice, 60);
  rule.needs_slogan = dice.percent(2);
  return finished(rule, dice, number);
}

}  // namespace

RulePack random_pack(Dice& dice, const PackShape& shape, const std::vector<std::string>& words) {
  RulePack pack;
  pack.id = "pack-" + std::to_string(shape.number);
  pack.version = "1";
  for (std::size_t i = 0; i < shape.patterns; i++) {
    Pattern& pattern = pack.patterns.emplace_back();
    // Names whose order is not that of the numbers.
    pattern.name = std::string(1, "qwertzuiop"[i % 10]) + std::to_string(i);
    const std::size_t expressions = dice.between(1, 3);
    for (std::size_t e = 0; e < expressions; e++) {
      pattern.expressions.push_back(some_expression(dice, shape.only_of_words, words));
    }
    // One match that goes on behind where another one begins and ends.
    if (dice.percent(15)) {
      const std::string& word = dice.pick(words);
      pattern.expressions = {word + ".{0,20}", word.substr(0, 1), "[aeiou]"};
      if (shape.only_of_words || !is_usable(pattern.expressions[1])) pattern.expressions.resize(1);
    }
  }
  for (std::size_t i = 0; i < shape.rules; i++) {
    pack.rules.push_back(some_rule(dice, shape.number * 1000 + i, shape.patterns));
  }
  return pack;
}

}  // namespace pantau
