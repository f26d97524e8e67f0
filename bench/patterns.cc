#include "bench/patterns.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "bench/accounts.h"
#include "bench/vocabulary.h"

namespace pantau::bench {
namespace {

constexpr std::array<std::string_view, 8> kCalls = {"ayo",     "mari",        "yuk",  "gas",
                                                    "saatnya", "jangan lupa", "hayu", "siap"};
constexpr std::array<std::string_view, 8> kVerbs = {"coblos", "pilih",     "dukung", "menangkan",
                                                    "kawal",  "sukseskan", "tusuk",  "perjuangkan"};
constexpr std::array<std::string_view, 6> kNumberWords = {"nomor", "nomer", "nmr",
                                                          "no",    "urut",  "paslon"};

std::string word(Dice& dice) {
  return std::string(Vocabulary::get().content_word(dice));
}

// "a|b|c", and one of them.
template <class List>
std::string some_of(Dice& dice, const List& list, std::string& chosen) {
  const std::size_t first = dice.below(list.size());
  const std::size_t count = dice.between(2, 4);
  std::string expression;
  for (std::size_t i = 0; i < count; i++) {
    if (i > 0) expression += '|';
    expression += list[(first + i) % list.size()];
  }
  chosen = list[(first + dice.below(count)) % list.size()];
  return expression;
}

MadePattern call(Dice& dice) {
  std::string a;
  std::string b;
  const std::string calls = some_of(dice, kCalls, a);
  const std::string verbs = some_of(dice, kVerbs, b);
  const std::string noun = word(dice);
  return {"\\b(" + calls + ")\\W+(kita\\W+)?(" + verbs + ")\\W+" + noun + "\\b",
          a + (dice.per_mille(500) ? " kita " : " ") + b + ' ' + noun};
}

MadePattern phrase(Dice& dice) {
  const std::string a = word(dice);
  const std::string b = word(dice);
  return {"\\b" + a + "\\W+" + b + "\\b", a + ' ' + b};
}

MadePattern long_phrase(Dice& dice) {
  const std::string a = word(dice);
  const std::string b = word(dice);
  const std::string c = word(dice);
  return {a + ' ' + b + ' ' + c, a + ' ' + b + ' ' + c};
}

MadePattern words_of_one_meaning(Dice& dice) {
  const std::string a = Vocabulary::jargon(dice);
  const std::string b = Vocabulary::jargon(dice);
  const std::string c = Vocabulary::jargon(dice);
  return {"\\b(?:" + a + '|' + b + '|' + c + ")\\b", dice.per_mille(500) ? a : c};
}

MadePattern forms_of_a_word(Dice& dice) {
  const std::string stem = Vocabulary::jargon(dice);
  return {"\\b(?:me|di|ter|ber)?" + stem + "(?:kan|nya|an|i)?\\b", "di" + stem + "kan"};
}

MadePattern beginning(Dice& dice) {
  std::string stem = Vocabulary::jargon(dice);
  stem += Vocabulary::surname(dice).substr(0, 3);
  return {"\\b" + stem + "\\w*", stem + "isme"};
}

MadePattern words_apart(Dice& dice) {
  const std::string a = word(dice);
  const std::string b = Vocabulary::surname(dice);
  return {"\\b" + a + "\\W+(?:\\w+\\W+){0,3}" + b + "\\b", a + " itu memang " + b};
}

MadePattern number(Dice& dice) {
  std::string n;
  const std::string numbers = some_of(dice, kNumberWords, n);
  const std::string a = word(dice);
  return {"\\b" + a + "\\W+(?:" + numbers + ")\\W{0,3}[1-9]\\b", a + ' ' + n + ". 2"};
}

MadePattern joined(Dice& dice) {
  const std::string a = Vocabulary::surname(dice);
  const std::string b = word(dice);
  return {"#?" + a + "[ _-]?" + b + "(?:2024)?\\b", '#' + a + b + "2024"};
}

MadePattern negligent(Dice& dice) {
  const std::string a = word(dice);
  const std::string b = word(dice);
  const std::string c = word(dice);
  return {"\\b" + a + "(?:nya|lah)?\\W+(?:" + b + '|' + c + "|untuk " + c + ")\\b",
          a + "nya untuk " + c};
}

constexpr std::array kShapes = {call,        phrase,    words_of_one_meaning, phrase, number,
                                long_phrase, negligent, forms_of_a_word,      call,   words_apart,
                                beginning,   joined};

std::string name_of_pattern(std::uint64_t number) {
  std::string name = "pola-";
  append_number(name, number, 5);
  return name;
}

void append_pattern(std::uint64_t seed, std::uint64_t number, std::string& toml) {
  toml.append("[[pattern]]\nname = \"").append(name_of_pattern(number)).append("\"\nre = ['");
  toml.append(make_pattern(seed, number).expression).append("']\n\n");
}

// What stands in a rule besides its patterns.
struct RuleHead {
  std::string_view id;
  std::uint64_t number = 0;
  std::string_view kinds = R"(["post", "comment", "share"])";
  std::string_view link = "either";
  std::string_view level = "medium";
};

void append_rule_head(const RuleHead& head, std::string& toml) {
  toml.append("[[rule]]\nid = \"").append(head.id);
  append_number(toml, head.number, 5);
  toml.append("\"\ntitle = { id = \"Aturan rekaan ");
  append_number(toml, head.number);
  toml.append("\" }\nkinds = ").append(head.kinds);
  toml.append("\nlink = \"").append(head.link);
  toml.append("\"\nlevel = \"").append(head.level);
  toml.append("\"\nproposes = { ethics = [\"KE-4\"], discipline = [\"DS-6\"] }\n");
}

void append_names(std::string_view key, std::uint64_t first, std::uint64_t last,
                  std::string& toml) {
  toml.append(key).append(" = [");
  for (std::uint64_t number = first; number < last; number++) {
    if (number > first) toml += ", ";
    toml.append(1, '"').append(name_of_pattern(number)).append(1, '"');
  }
  toml += "]\n";
}

// Six rules of ten have one pattern, one has three, one looks near a mention only, and one
// lets off what another pattern excuses. Every pattern stands in one at least.
void append_rules_of_ten(std::uint64_t first, std::uint64_t end, std::string& toml) {
  constexpr std::array<std::string_view, 4> kLevels = {"low", "medium", "high", "critical"};
  for (std::uint64_t number = first; number < std::min(end, first + 6); number++) {
    append_rule_head({.id = "aturan-", .number = number, .level = kLevels[number % 4]}, toml);
    append_names("any", number, number + 1, toml);
    if (number % 20 == 5) append_names("none", first, first + 1, toml);
    if (number % 20 == 4) toml += "stages = [\"campaign\", \"quiet\", \"voting\"]\n";
    toml += '\n';
  }
  if (first + 6 < end) {
    append_rule_head({.id = "aturan-", .number = first + 6}, toml);
    append_names("any", first + 6, std::min(end, first + 9), toml);
    toml += '\n';
  }
  if (first + 9 < end) {
    append_rule_head({.id = "aturan-", .number = first + 9, .link = "mention"}, toml);
    append_names("any", first + 9, first + 10, toml);
    toml += "near_chars_max = 80\n\n";
  }
}

}  // namespace

MadePattern make_pattern(std::uint64_t seed, std::uint64_t number) {
  Dice dice(seed, 'p', number);
  return kShapes[number % kShapes.size()](dice);
}

std::string rule_pack_toml(std::uint64_t seed, std::uint64_t patterns) {
  std::string toml = "[pack]\nid = \"rekaan\"\nversion = \"1\"\n\n";
  for (std::uint64_t number = 0; number < patterns; number++) append_pattern(seed, number, toml);
  append_rule_head({.id = "suka-", .kinds = R"(["like"])", .link = "target", .level = "low"}, toml);
  toml += '\n';
  append_rule_head({.id = "ikut-", .kinds = R"(["follow"])", .link = "target", .level = "low"},
                   toml);
  toml += '\n';
  append_rule_head({.id = "bagi-", .kinds = R"(["share"])", .link = "target"}, toml);
  toml += "target_types = [\"registered\", \"campaign_team\"]\n\n";
  for (std::uint64_t first = 0; first < patterns; first += 10) {
    append_rules_of_ten(first, patterns, toml);
  }
  return toml;
}

}  // namespace pantau::bench
