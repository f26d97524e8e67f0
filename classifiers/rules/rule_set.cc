#include "classifiers/rules/rule_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "classifiers/base/check.h"
#include "classifiers/rules/negation.h"

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
bool is_near(const Places& places, ByteRange range, std::string_view text, NearSide side,
             std::size_t characters_max) {
  // What begins right behind the mention touches it, but is not before it.
  const ByteRange reach = {range.start, side == NearSide::Either ? range.end : range.end - 1};
  const auto before = places.end_before(reach);
  if (side == NearSide::After && places.overlap(range)) return true;
  if (side != NearSide::After && before &&
      is_small_gap(text, *before, range.start, characters_max)) {
    return true;
  }
  const auto behind = places.start_behind(reach);
  return side != NearSide::Before && behind &&
         is_small_gap(text, range.end, *behind, characters_max);
}

// Whether `mentions`, ordered, name more than `rivals_max` candidates of `contest` besides
// `candidate`.
bool has_more_rivals(std::span<const Mention> mentions, ContestIndex contest,
                     CandidateIndex candidate, std::uint32_t rivals_max) {
  std::uint32_t rivals = 0;
  const Mention* last = nullptr;
  for (const Mention& mention : mentions) {
    if (mention.contest != contest || mention.candidate == candidate) continue;
    if (last == nullptr || last->candidate != mention.candidate) rivals++;
    if (rivals > rivals_max) return true;
    last = &mention;
  }
  return false;
}

// Slogans are seen by every rule.
bool sees(const Rule& rule, const Mention& mention) {
  return mention.slogan || rule.mention_kinds.test(static_cast<std::size_t>(mention.kind));
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
      if (other.validity.to < packs[i].validity.from ||
          packs[i].validity.to < other.validity.from) {
        continue;  // versions of one law: no act meets both
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
    TRY_STATUS(set.add(packs[i], contests));
  }
  set.index_.build();
  set.featureless_.build();
  set.sort_rules();
  if (make_nominator) set.other_ = make_nominator(sources_of(packs));
  return set;
}

Status RuleSet::add(const RulePack& pack, const ContestList& contests) {
  const auto first_pattern = static_cast<std::uint32_t>(patterns_.size());
  for (const Pattern& pattern : pack.patterns) {
    CompiledPattern compiled;
    compiled.name = pattern.name;
    compiled.pack = static_cast<std::uint32_t>(periods_.size());
    compiled.number = static_cast<std::uint32_t>(patterns_.size()) - first_pattern;
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
  std::vector<Period>& periods = periods_.emplace_back();
  if (!pack.validity.always()) {
    for (const Contest& contest : contests) periods.emplace_back(pack.validity, contest.zone);
  }
  for (const Rule& rule : pack.rules) {
    rules_.push_back({&rule, first_pattern, static_cast<std::uint32_t>(periods_.size() - 1)});
    if (rule.link != LinkKind::Target) wants_mentions_ |= rule.kinds;
    if (rule.link != LinkKind::Mention && rule.reads_text()) {
      wants_target_text_ |= rule.kinds;
    }
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
  scratch.keeps_refused_ = false;
  const std::size_t before = findings.matches.size();
  find_rules(act, scratch);
  for (const std::uint32_t i : scratch.rules_) {
    const CompiledRule& rule = rules_[i];
    if (!rule.rule->kinds.test(static_cast<std::size_t>(act.kind))) continue;
    collect_links(rule, act, scratch);
    if (scratch.links_.empty() || patterns_refusal(rule, act, scratch).why != Unmet::Nothing) {
      continue;
    }
    std::ranges::sort(scratch.links_, {}, order_of_match);
    for (Link& link : scratch.links_) {
      if (!holds_near(rule, act, link, scratch)) continue;
      link.match.rule = i;
      link.match.spans_begin = static_cast<std::uint32_t>(findings.spans.size());
      append_spans(rule, act, link.mentions, scratch, findings.spans);
      link.match.spans_end = static_cast<std::uint32_t>(findings.spans.size());
      findings.matches.push_back(link.match);
    }
  }
  return findings.matches.size() > before;
}

// Whom a match of the rule could be about.
void RuleSet::collect_links(const CompiledRule& rule, const Act& act, Scratch& scratch) const {
  scratch.links_.clear();
  if (rule.rule->link != LinkKind::Mention) link_targets(rule, act, scratch);
  if (rule.rule->link != LinkKind::Target) link_mentions(rule, act, scratch);
}

// What keeps the rule from looking at this link, whatever the patterns say.
Unmet RuleSet::link_refusal(const CompiledRule& rule, const Act& act, const Link& link) const {
  const Rule& asked = *rule.rule;
  const RuleMatch& match = link.match;
  if (match.via == Via::Target &&
      !asked.target_types.test(static_cast<std::size_t>(match.account_type))) {
    return Unmet::TargetType;
  }
  if (match.via == Via::Mention && std::ranges::none_of(link.mentions, [&](const Mention& mention) {
        return sees(asked, mention) && !mention.slogan;
      })) {
    return Unmet::MentionKind;
  }
  // Slogans stand behind mentions.
  if (match.via == Via::Mention && asked.needs_slogan && !link.mentions.back().slogan) {
    return Unmet::Slogan;
  }
  if (!asked.stages.test(static_cast<std::size_t>(match.stage))) return Unmet::Stage;
  const std::vector<Period>& periods = periods_[rule.pack];
  if (!periods.empty() && !periods[match.contest].holds_at(act.time)) return Unmet::Dates;
  if (asked.rivals_max &&
      has_more_rivals(act.mentions, match.contest, match.candidate, *asked.rivals_max)) {
    return Unmet::Rivals;
  }
  return Unmet::Nothing;
}

void RuleSet::add_link(const CompiledRule& rule, const Act& act, Link link,
                       Scratch& scratch) const {
  link.match.stage = stages_.at(link.match.contest, act.time);
  link.refusal = link_refusal(rule, act, link);
  if (link.refusal == Unmet::Nothing || scratch.keeps_refused_) scratch.links_.push_back(link);
}

// Several entries of the list may link to one candidate; the first with a type that the rule
// looks at counts.
void RuleSet::link_targets(const CompiledRule& rule, const Act& act, Scratch& scratch) const {
  for (const TargetLink& target : act.targets) {
    const bool known = std::ranges::any_of(scratch.links_, [&](const Link& other) {
      return other.match.contest == target.contest && other.match.candidate == target.candidate &&
             other.refusal != Unmet::TargetType;
    });
    if (known) continue;
    Link link;
    link.match.contest = target.contest;
    link.match.candidate = target.candidate;
    link.match.via = Via::Target;
    link.match.account_type = target.type;
    add_link(rule, act, link, scratch);
  }
}

void RuleSet::link_mentions(const CompiledRule& rule, const Act& act, Scratch& scratch) const {
  const std::span<const Mention> all = act.mentions;
  for (std::size_t begin = 0; begin < all.size();) {
    std::size_t end = begin;
    while (end < all.size() && all[end].contest == all[begin].contest &&
           all[end].candidate == all[begin].candidate) {
      end++;
    }
    Link link;
    link.match.contest = all[begin].contest;
    link.match.candidate = all[begin].candidate;
    link.match.via = Via::Mention;
    link.mentions = all.subspan(begin, end - begin);
    add_link(rule, act, link, scratch);
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

// Of the patterns in `any`, by its position there, the places that nothing negates.
const Places& RuleSet::counting_places(const CompiledRule& rule, std::size_t any, const Act& act,
                                       Scratch& scratch) const {
  if (!rule.rule->negated_by.empty()) return scratch.unnegated_[any];
  return places(rule.first_pattern + rule.rule->any[any], act, scratch);
}

void RuleSet::drop_negated(const CompiledRule& rule, const Act& act, Scratch& scratch) const {
  std::vector<std::uint32_t>& ends = scratch.negation_ends_;
  ends.clear();
  for (const std::uint32_t pattern : rule.rule->negated_by) {
    for (const ByteRange& place : places(rule.first_pattern + pattern, act, scratch).ranges()) {
      ends.push_back(place.end);
    }
  }
  std::ranges::sort(ends);
  if (scratch.unnegated_.size() < rule.rule->any.size()) {
    scratch.unnegated_.resize(rule.rule->any.size());
  }
  const std::string_view text = act.views.plain == nullptr ? "" : act.views.plain->text();
  for (std::size_t i = 0; i < rule.rule->any.size(); i++) {
    keep_unnegated(places(rule.first_pattern + rule.rule->any[i], act, scratch), ends,
                   rule.rule->negation_words_max, text, scratch.unnegated_[i]);
  }
}

// The first condition on patterns that is not met, and the pattern it is about.
PatternRefusal RuleSet::patterns_refusal(const CompiledRule& rule, const Act& act,
                                         Scratch& scratch) const {
  const auto is_found = [&](std::uint32_t pattern) {
    return !places(rule.first_pattern + pattern, act, scratch).empty();
  };
  const Rule& asked = *rule.rule;
  for (const std::uint32_t pattern : asked.all) {
    if (!is_found(pattern)) return {Unmet::All, pattern};
  }
  if (!asked.any.empty() && std::ranges::none_of(asked.any, is_found)) {
    return {Unmet::Any, asked.any.front()};
  }
  for (const std::uint32_t pattern : asked.none) {
    if (is_found(pattern)) return {Unmet::None, pattern};
  }
  if (asked.negated_by.empty()) return {};
  drop_negated(rule, act, scratch);
  for (std::size_t i = 0; i < asked.any.size(); i++) {
    if (!scratch.unnegated_[i].empty()) return {};
  }
  return {Unmet::Negated, asked.negated_by.front()};
}

bool RuleSet::holds_near(const CompiledRule& rule, const Act& act, const Link& link,
                         Scratch& scratch) const {
  const Rule& asked = *rule.rule;
  if (link.match.via != Via::Mention || !asked.near_chars_max) return true;
  const std::string_view text = act.views.plain->text();
  for (std::size_t i = 0; i < asked.any.size(); i++) {
    const Places& found = counting_places(rule, i, act, scratch);
    for (const Mention& mention : link.mentions) {
      if (!mention.slogan && sees(asked, mention) &&
          is_near(found, mention.plain, text, asked.near_side, *asked.near_chars_max)) {
        return true;
      }
    }
  }
  return false;
}

void RuleSet::append_spans(const CompiledRule& rule, const Act& act,
                           std::span<const Mention> mentions, Scratch& scratch,
                           std::vector<Span>& spans) const {
  const auto begin = static_cast<std::ptrdiff_t>(spans.size());
  const auto append = [&](std::uint32_t pattern, const Places& found) {
    const std::string_view name = patterns_[rule.first_pattern + pattern].name;
    const std::size_t count = std::min(found.ranges().size(), kPlacesMax);
    for (const ByteRange& place : std::span(found.ranges()).first(count)) {
      spans.push_back(span_of(name, place, *act.views.plain));
    }
  };
  for (const std::uint32_t pattern : rule.rule->all) {
    append(pattern, places(rule.first_pattern + pattern, act, scratch));
  }
  for (std::size_t i = 0; i < rule.rule->any.size(); i++) {
    append(rule.rule->any[i], counting_places(rule, i, act, scratch));
  }
  std::size_t named = 0;
  std::size_t slogans = 0;
  ByteRange last;  // one place may be a name and a hashtag
  for (const Mention& mention : mentions) {
    if (!sees(*rule.rule, mention)) continue;
    if (!mention.slogan && named > 0 && mention.plain == last) continue;
    last = mention.plain;
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
