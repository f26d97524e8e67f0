#include "pipeline/rule_tools/rule_description.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "classifiers/rules/looked_for.h"
#include "pipeline/output/human.h"
#include "pipeline/output/utf8.h"

namespace pantau {
namespace {

// The names of what is set, of an enumeration; "all" if nothing is left out.
template <class Enum, std::size_t size>
std::string names_of(const std::bitset<size>& set) {
  if (set.all()) return "all";
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < size; i++) {
    if (set.test(i)) names.push_back(name_of(static_cast<Enum>(i)));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string names_of(const RulePack& pack, const std::vector<std::uint32_t>& patterns) {
  std::vector<std::string_view> names;
  names.reserve(patterns.size());
  for (const std::uint32_t pattern : patterns) names.push_back(pack.patterns[pattern].name);
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string_view link_of(const Rule& rule) {
  switch (rule.link) {
    case LinkKind::Target:
      return "target: the target is an account of the campaign list";
    case LinkKind::Mention:
      return "mention: the text names a candidate";
    case LinkKind::Either:
      break;
  }
  return "either: the target is an account of the campaign list, or the text names a candidate";
}

std::string_view side_of(const Rule& rule) {
  switch (rule.near_side) {
    case NearSide::Before:
      return " before it";
    case NearSide::After:
      return " behind it";
    case NearSide::Either:
      break;
  }
  return "";
}

std::string line(std::string_view what, std::string_view value) {
  return value.empty() ? "" : fmt::format("{:<15}{}\n", what, value);
}

std::string conditions_of(const RulePack& pack, const Rule& rule) {
  std::string text = line("kinds", names_of<Kind>(rule.kinds));
  text += line("link", link_of(rule));
  if (rule.link != LinkKind::Mention) {
    text += line("target types", names_of<AccountType>(rule.target_types));
  }
  if (rule.link != LinkKind::Target) {
    text += line("mention kinds", names_of<MentionKind>(rule.mention_kinds));
  }
  text += line("stages", names_of<Stage>(rule.stages));
  if (rule.needs_slogan) text += line("slogan", "one of the candidate's must be in the text");
  if (rule.rivals_max) {
    text += line("rivals", fmt::format("at most {} other candidates named", *rule.rivals_max));
  }
  text += line("all of", names_of(pack, rule.all));
  text += line("any of", names_of(pack, rule.any));
  text += line("none of", names_of(pack, rule.none));
  if (!rule.negated_by.empty()) {
    text +=
        line("negated by", fmt::format("{}, at most {} words before",
                                       names_of(pack, rule.negated_by), rule.negation_words_max));
  }
  if (rule.near_chars_max) {
    text += line("near", fmt::format("a match of 'any of' at most {} characters from the mention{}",
                                     *rule.near_chars_max, side_of(rule)));
  }
  return text;
}

std::string proposals_of(const Rule& rule) {
  const auto items = [](const std::vector<std::string>& ids) {
    return ids.empty() ? std::string("nothing") : fmt::format("{}", fmt::join(ids, ", "));
  };
  return line("proposes", fmt::format("as ethics {}; as discipline {}", items(rule.proposes_ethics),
                                      items(rule.proposes_discipline)));
}

// An expression that was put together from lists of words fills a screen and is read by nobody; its
// author has it in the pack.
std::string shown(std::string_view expression) {
  constexpr std::size_t kShownExpressionBytesMax = 300;
  const std::string_view front = front_of(expression, kShownExpressionBytesMax);
  if (front.size() == expression.size()) return std::string(expression);
  return fmt::format("{}… ({} bytes)", front, format_count(expression.size()));
}

std::string description_of(const Pattern& pattern) {
  std::string text = fmt::format("\npattern {}\n", pattern.name);
  for (const std::string& expression : pattern.expressions) {
    text += fmt::format("  re         {}\n", shown(expression));
    const std::vector<std::string> words = looked_for(expression);
    text +=
        fmt::format("  looked for {}\n", words.empty() ? "nothing: every text is searched"
                                                       : fmt::format("{}", fmt::join(words, ", ")));
  }
  for (const std::string& example : pattern.matches)
    text += fmt::format("  matches    {}\n", example);
  for (const std::string& example : pattern.passes)
    text += fmt::format("  passes     {}\n", example);
  return text;
}

}  // namespace

std::string rule_description(const RulePack& pack, const Rule& rule) {
  std::string text = fmt::format("{} ({}, {})\n", rule.id, pack.name(), name_of(rule.level));
  text += line("title", rule.title_id);
  text += line("in English", rule.title_en);
  text += conditions_of(pack, rule);
  text += proposals_of(rule);
  if (rule.flags_per_day_max != 0) {
    text +=
        line("quota", fmt::format("{} flags a day; further ones are held", rule.flags_per_day_max));
  }
  std::vector<std::uint32_t> shown;
  for (const auto* const patterns : {&rule.all, &rule.any, &rule.none, &rule.negated_by}) {
    for (const std::uint32_t pattern : *patterns) {
      if (std::ranges::find(shown, pattern) != shown.end()) continue;
      shown.push_back(pattern);
      text += description_of(pack.patterns[pattern]);
    }
  }
  return text;
}

}  // namespace pantau
