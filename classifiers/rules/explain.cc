#include <algorithm>
#include <array>

#include "classifiers/base/names.h"
#include "classifiers/rules/explanation.h"
#include "classifiers/rules/rule_set.h"

namespace pantau {
namespace {

constexpr std::array<std::string_view, 14> kUnmetNames = {
    "",           "kinds",         "link",       "target_types", "mention_kinds", "needs_slogan",
    "stages",     "valid_from",    "rivals_max", "all",          "any",           "none",
    "negated_by", "near_chars_max"};

bool names_a_pattern(Unmet unmet) {
  return unmet == Unmet::All || unmet == Unmet::None;
}

}  // namespace

std::string_view name_of(Unmet unmet) {
  return enum_name(kUnmetNames, unmet);
}

void RuleSet::explain(const Act& act, Scratch& scratch, RulesExplanation& explanation) const {
  explanation.verdicts.clear();
  explanation.patterns.clear();
  scratch.text_++;
  scratch.keeps_refused_ = true;
  find_rules(act, scratch);
  for (std::uint32_t i = 0; i < rules_.size(); i++) explain_rule(i, act, scratch, explanation);
  if (act.views.plain != nullptr) explain_patterns(act, scratch, explanation);
}

void RuleSet::explain_rule(std::uint32_t number, const Act& act, Scratch& scratch,
                           RulesExplanation& explanation) const {
  const CompiledRule& rule = rules_[number];
  RuleOutcome verdict;
  verdict.rule = number;
  collect_links(rule, act, scratch);
  const bool is_of_kind = rule.rule->kinds.test(static_cast<std::size_t>(act.kind));
  if (!is_of_kind || scratch.links_.empty()) {
    verdict.unmet = is_of_kind ? Unmet::Link : Unmet::Kind;
    explanation.verdicts.push_back(verdict);
    return;
  }
  std::ranges::stable_sort(scratch.links_, {}, order_of_match);
  const PatternRefusal patterns = patterns_refusal(rule, act, scratch);
  verdict.has_link = true;
  for (const Link& link : scratch.links_) {
    verdict.contest = link.match.contest;
    verdict.candidate = link.match.candidate;
    verdict.via = link.match.via;
    verdict.account_type = link.match.account_type;
    verdict.stage = link.match.stage;
    verdict.pattern.reset();
    verdict.unmet = link.refusal;
    if (verdict.holds()) {
      verdict.unmet = patterns.why;
      if (names_a_pattern(patterns.why)) verdict.pattern = patterns.pattern;
    }
    if (verdict.holds() && !holds_near(rule, act, link, scratch)) verdict.unmet = Unmet::Near;
    explanation.verdicts.push_back(verdict);
  }
}

void RuleSet::explain_patterns(const Act& act, Scratch& scratch,
                               RulesExplanation& explanation) const {
  for (std::uint32_t i = 0; i < patterns_.size(); i++) {
    const std::vector<ByteRange>& found = places(i, act, scratch).ranges();
    if (found.empty()) continue;
    FoundPattern pattern;
    pattern.pack = patterns_[i].pack;
    pattern.pattern = patterns_[i].number;
    for (const ByteRange& place : std::span(found).first(std::min(found.size(), kPlacesMax))) {
      pattern.places.push_back(act.views.plain->source_of(place));
    }
    explanation.patterns.push_back(std::move(pattern));
  }
}

}  // namespace pantau
