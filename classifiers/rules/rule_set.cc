#include "classifiers/rules/rule_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "classifiers/base/check.h"

namespace pantau {
namespace {

std::size_t characters_between(std::string_view text, std::uint32_t start, std::uint32_t end) {
  return static_cast<std::size_t>(
      std::count_if(text.begin() + start, text.begin() + end,
                    [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

// Whether [end, start) is a gap of at most `characters_max` characters; none if it is empty.
bool is_small_gap(std::string_view text, std::uint32_t end, std::uint32_t start,
                  std::size_t characters_max) {
  if (start <= end) return true;
  constexpr std::size_t kBytesPerCharacterMax = 4;
  if (start - end > characters_max * kBytesPerCharacterMax) return false;
  return characters_between(text, end, start) <= characters_max;
}

// Whether one of the places lies at most `characters_max` characters from `range`; 0 if it touches.
bool is_near(const Places& places, ByteRange range, std::string_view text,
             std::size_t characters_max) {
  const auto before = places.end_before(range);
  const auto behind = places.start_behind(range);
  return (before && is_small_gap(text, *before, range.start, characters_max)) ||
         (behind && is_small_gap(text, range.end, *behind, characters_max));
}

Span span_of(std::string_view name, ByteRange place, const FoldedView& plain) {
  const ByteRange original = plain.source_of(place);
  return {name, original.start, original.end};
}

auto order_of(const Span& span) {
  return std::tuple(span.start, span.end, span.name);
}

// Of all packs, in the order in which they are compiled.
std::vector<std::string> sources_of(std::span<const RulePack> packs) {
  std::vector<std::string> sources;
  for (const RulePack& pack : packs) {
    for (const Pattern& pattern : pack.patterns) {
      sources.insert(sources.end(), pattern.expressions.begin(), pattern.expressions.end());
    }
  }
  return sources;
}

}  // namespace

Result<RuleSet> RuleSet::compile(std::span<const RulePack> packs, const ContestList& contests,
                                 const MakeMatchNominator& make_nominator) {
  RuleSet set(contests);
  for (std::size_t i = 0; i < packs.size(); i++) {
    for (const RulePack& other : packs.first(i)) {
      if (other.id == packs[i].id) {
        return fail(Fault::Config, fmt::format("two rule packs have the id '{}'", other.id));
      }
      for (const Rule& rule : packs[i].rules) {
        if (std::ranges::find(other.rules, rule.id, &Rule::id) != other.rules.end()) {
          return fail(Fault::Config, fmt::format("the packs '{}' and '{}' both have a rule '{}'",
                                                 other.id, packs[i].id, rule.id));
        }
      }
    }
    for (std::uint32_t rule = 0; rule < packs[i].rules.size(); rule++) {
      set.refs_.push_back({static_cast<std::uint32_t>(i), rule});
    }
    TRY_STATUS(set.add(packs[i]));
  }
  set.index_.build();
  set.featureless_.build();
  set.sort_rules();
  if (make_nominator) set.other_ = make_nominator(sources_of(packs));
  return set;
}

Status RuleSet::add(const RulePack& pack) {
  const auto first_pattern = static_cast<std::uint32_t>(patterns_.size());
  for (const Pattern& pattern : pack.patterns) {
    CompiledPattern compiled;
    compiled.name = pattern.name;
    compiled.begin = static_cast<std::uint32_t>(expressions_.size());
    bool has_features = true;
    for (const std::string& source : pattern.expressions) {
      std::optional<Syntax> syntax;
      TRY(Expression expression, Expression::compile(source, &syntax));
      const auto number = static_cast<std::uint32_t>(expressions_.size());
      if (!syntax) index_.add_unknown();
      if (!syntax || !index_.add(syntax->root)) {
        featureless_.add(number, source);
        has_features = false;
      }
      expressions_.push_back(std::move(expression));
      pattern_of_.push_back(static_cast<std::uint32_t>(patterns_.size()));
    }
    if (!has_features) featureless_names_.push_back(pattern.name);
    compiled.end = static_cast<std::uint32_t>(expressions_.size());
    patterns_.push_back(std::move(compiled));
  }
  for (const Rule& rule : pack.rules) {
    rules_.push_back({&rule, first_pattern});
    if (rule.link != LinkKind::Target) wants_mentions_ |= rule.kinds;
    if (rule.link != LinkKind::Mention && rule.has_patterns()) wants_target_text_ |= rule.kinds;
  }
  return Status();
}

// Which rules a text can rule out: those that need a pattern, by the patterns of which they need
// one.
void RuleSet::sort_rules() {
  for (std::uint32_t i = 0; i < rules_.size(); i++) {
    const Rule& rule = *rules_[i].rule;
    const auto needed = !rule.any.empty() ? std::span(rule.any)
                                          : std::span(rule.all).first(rule.all.empty() ? 0 : 1);
    for (const std::uint32_t pattern : needed) {
      patterns_[rules_[i].first_pattern + pattern].rules.push_back(i);
    }
    if (needed.empty()) always_rules_.push_back(i);
  }
}

// Once a text: which expressions could match, and so which rules may hold.
void RuleSet::find_rules(const Act& act, Scratch& scratch) const {
  PossibleMatches& possible = scratch.possible_;
  possible.plain.clear();
  possible.undisguised.clear();
  if (act.views.plain != nullptr) {
    find_possible(act.views.plain->text(), possible.plain, scratch);
  }
  if (act.views.undisguised != nullptr) {
    find_possible(act.views.undisguised->text(), possible.undisguised, scratch);
  }
  scratch.rules_ = always_rules_;
  for (const auto* const in_view : {&possible.plain, &possible.undisguised}) {
    for (const PossibleMatch& match : *in_view) {
      const std::vector<std::uint32_t>& rules = patterns_[pattern_of_[match.expression]].rules;
      scratch.rules_.insert(scratch.rules_.end(), rules.begin(), rules.end());
    }
  }
  std::ranges::sort(scratch.rules_);
  scratch.rules_.erase(std::unique(scratch.rules_.begin(), scratch.rules_.end()),
                       scratch.rules_.end());
}

void RuleSet::find_possible(std::string_view view, std::vector<PossibleMatch>& possible,
                            Scratch& scratch) const {
  if (other_) {
    other_->nominate(view, possible);
  } else {
    index_.find(view, scratch.index_, possible);
    scratch.featureless_.clear();
    featureless_.find(view, scratch.positions_, scratch.featureless_);
    for (const std::uint32_t expression : scratch.featureless_) possible.push_back({expression});
  }
  if (possible.size() > 1) std::ranges::sort(possible, std::less());
}

bool RuleSet::evaluate(const Act& act, Scratch& scratch, Findings& findings) const {
  if (act.targets.empty() && act.mentions.empty()) return false;
  scratch.text_++;
  const std::size_t before = findings.matches.size();
  find_rules(act, scratch);
  for (const std::uint32_t i : scratch.rules_) {
    const CompiledRule& rule = rules_[i];
    if (!rule.rule->kinds.test(static_cast<std::size_t>(act.kind))) continue;
    scratch.links_.clear();
    if (rule.rule->link != LinkKind::Mention) match_targets(rule, act, scratch);
    if (rule.rule->link != LinkKind::Target) match_mentions(rule, act, scratch);
    if (scratch.links_.empty() || !patterns_hold(rule, act, scratch)) continue;
    std::ranges::sort(scratch.links_, {}, [](const auto& link) {
      return std::tuple(link.match.contest, link.match.candidate, link.match.via);
    });
    for (Scratch::Link& link : scratch.links_) {
      if (link.match.via == Via::Mention && rule.rule->near_chars_max &&
          !holds_near(rule, act, link.mentions, scratch)) {
        continue;
      }
      link.match.rule = i;
      link.match.spans_begin = static_cast<std::uint32_t>(findings.spans.size());
      append_spans(rule, act, link.mentions, scratch, findings.spans);
      link.match.spans_end = static_cast<std::uint32_t>(findings.spans.size());
      findings.matches.push_back(link.match);
    }
  }
  return findings.matches.size() > before;
}

// Several entries of the list may link to one candidate; the first with a type that the rule
// looks at counts.
void RuleSet::match_targets(const CompiledRule& rule, const Act& act, Scratch& scratch) const {
  for (const TargetLink& link : act.targets) {
    if (!rule.rule->target_types.test(static_cast<std::size_t>(link.type))) continue;
    const bool known = std::ranges::any_of(scratch.links_, [&](const auto& other) {
      return other.match.contest == link.contest && other.match.candidate == link.candidate;
    });
    const Stage stage = stages_.at(link.contest, act.time);
    if (known || !rule.rule->stages.test(static_cast<std::size_t>(stage))) continue;
    RuleMatch match;
    match.contest = link.contest;
    match.candidate = link.candidate;
    match.via = Via::Target;
    match.account_type = link.type;
    match.stage = stage;
    scratch.links_.push_back({match, {}});
  }
}

void RuleSet::match_mentions(const CompiledRule& rule, const Act& act, Scratch& scratch) const {
  const std::span<const Mention> all = act.mentions;
  for (std::size_t begin = 0; begin < all.size();) {
    std::size_t end = begin;
    while (end < all.size() && all[end].contest == all[begin].contest &&
           all[end].candidate == all[begin].candidate) {
      end++;
    }
    const Stage stage = stages_.at(all[begin].contest, act.time);
    if (rule.rule->stages.test(static_cast<std::size_t>(stage))) {
      RuleMatch match;
      match.contest = all[begin].contest;
      match.candidate = all[begin].candidate;
      match.via = Via::Mention;
      match.stage = stage;
      scratch.links_.push_back({match, all.subspan(begin, end - begin)});
    }
    begin = end;
  }
}

const Places& RuleSet::places(std::uint32_t pattern, const Act& act, Scratch& scratch) const {
  Scratch::Found& found = scratch.found_[pattern];
  if (found.text != scratch.text_) {
    found.text = scratch.text_;
    found.places.clear();
    if (act.views.plain != nullptr) {
      const CompiledPattern& compiled = patterns_[pattern];
      const std::size_t count = compiled.end - compiled.begin;
      find_places(std::span(expressions_).subspan(compiled.begin, count), compiled.begin,
                  scratch.possible_, act.views, found.places);
    }
  }
  return found.places;
}

bool RuleSet::patterns_hold(const CompiledRule& rule, const Act& act, Scratch& scratch) const {
  const auto holds = [&](std::uint32_t pattern) {
    return !places(rule.first_pattern + pattern, act, scratch).empty();
  };
  return std::ranges::all_of(rule.rule->all, holds) &&
         (rule.rule->any.empty() || std::ranges::any_of(rule.rule->any, holds)) &&
         std::ranges::none_of(rule.rule->none, holds);
}

bool RuleSet::holds_near(const CompiledRule& rule, const Act& act,
                         std::span<const Mention> mentions, Scratch& scratch) const {
  return std::ranges::any_of(rule.rule->any, [&](std::uint32_t pattern) {
    const Places& found = places(rule.first_pattern + pattern, act, scratch);
    return std::ranges::any_of(mentions, [&](const Mention& mention) {
      return !mention.slogan &&
             is_near(found, mention.plain, act.views.plain->text(), *rule.rule->near_chars_max);
    });
  });
}

void RuleSet::append_spans(const CompiledRule& rule, const Act& act,
                           std::span<const Mention> mentions, Scratch& scratch,
                           std::vector<Span>& spans) const {
  const auto begin = static_cast<std::ptrdiff_t>(spans.size());
  for (const auto* const patterns : {&rule.rule->all, &rule.rule->any}) {
    for (const std::uint32_t pattern : *patterns) {
      const std::vector<ByteRange>& found =
          places(rule.first_pattern + pattern, act, scratch).ranges();
      for (std::size_t i = 0; i < found.size() && i < kPlacesMax; i++) {
        spans.push_back(
            span_of(patterns_[rule.first_pattern + pattern].name, found[i], *act.views.plain));
      }
    }
  }
  std::size_t named = 0;
  std::size_t slogans = 0;
  for (const Mention& mention : mentions) {
    if ((mention.slogan ? slogans++ : named++) >= kPlacesMax) continue;
    spans.push_back(
        span_of(mention.slogan ? kSloganSpan : kMentionSpan, mention.plain, *act.views.plain));
  }
  const auto first = spans.begin() + begin;
  std::sort(first, spans.end(),
            [](const Span& a, const Span& b) { return order_of(a) < order_of(b); });
  spans.erase(std::unique(first, spans.end()), spans.end());
}

}  // namespace pantau
