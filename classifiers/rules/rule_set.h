// The packs of one sweep, compiled: which rules hold for an act of a subject.
//
// A rule is a condition over what others found: whose account the target is,
// whom the text mentions, which patterns hold. Patterns are the dear part, so
// each is searched once per text, and only when a rule comes to it: a record
// that is tied to no candidate never reaches them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "classifiers/base/result.h"
#include "classifiers/contests/mentions.h"
#include "classifiers/contests/stages.h"
#include "classifiers/model/flag.h"
#include "classifiers/model/record.h"
#include "classifiers/rules/explanation.h"
#include "classifiers/rules/featureless.h"
#include "classifiers/rules/pack.h"
#include "classifiers/rules/pattern.h"
#include "classifiers/rules/pattern_index.h"

namespace pantau {

// Spans that stand for no pattern but for what the calendar's lists name.
inline constexpr std::string_view kMentionSpan = "@mention";
inline constexpr std::string_view kSloganSpan = "@slogan";

// The target of a record is this candidate's account (or one of the whole contest).
struct TargetLink {
  ContestIndex contest = 0;
  CandidateIndex candidate = kNoCandidate;
  AccountType type = AccountType::Registered;
};

// One act of a subject, with all that was found about it.
struct Act {
  Kind kind = Kind::Post;
  Instant time;
  TextViews views;                      // plain is null if there is no text
  std::span<const TargetLink> targets;  // in the campaign list's order
  std::span<const Mention> mentions;    // as MentionFinder gives them
};

// The first of the patterns' conditions that is not met, and the pattern that shows it.
struct PatternRefusal {
  Unmet why = Unmet::Nothing;
  std::uint32_t pattern = 0;  // position in its pack
};

// Where a rule stands: which pack, and which of its rules.
struct RuleRef {
  std::uint32_t pack = 0;
  std::uint32_t rule = 0;
};

class RuleSet {
 public:
  class Scratch;

  // `packs` must outlive it. Fault::Config for two packs of one id, or one rule id in two packs.
  // What `make_nominator` makes stands in place of our own index, to compare with it.
  static Result<RuleSet> compile(std::span<const RulePack> packs, const ContestList& contests,
                                 const MakeMatchNominator& make_nominator = nullptr);

  // Whether a rule for `kind` looks for mentions; if not, its texts need not be folded
  // for their sake.
  bool wants_mentions(Kind kind) const {
    return wants_mentions_.test(static_cast<std::size_t>(kind));
  }
  // Whether a rule for `kind` that links by the target has patterns.
  bool wants_target_text(Kind kind) const {
    return wants_target_text_.test(static_cast<std::size_t>(kind));
  }

  // Appends the matches of all rules that hold for `act`, ordered by rule, contest, candidate
  // (none last), target before mention, and their spans, ordered by start, end, name.
  // Returns whether there is one.
  bool evaluate(const Act& act, Scratch& scratch, Findings& findings) const;

  // Why each rule holds for `act` or not. Those that hold are what evaluate() finds.
  void explain(const Act& act, Scratch& scratch, RulesExplanation& explanation) const;

  // The contest's stage at that time.
  Stage stage_at(ContestIndex contest, Instant time) const { return stages_.at(contest, time); }

  std::span<const RuleRef> rules() const { return refs_; }

  // The names of patterns that no word can be looked for of, so that every text is searched for
  // them: the dear ones.
  std::span<const std::string_view> featureless() const { return featureless_names_; }

 private:
  struct CompiledPattern {
    std::string_view name;    // the pack's
    std::uint32_t begin = 0;  // [begin, end) in expressions_
    std::uint32_t end = 0;
    std::uint32_t pack = 0;
    std::uint32_t number = 0;          // in its pack
    std::vector<std::uint32_t> rules;  // that cannot hold unless this or another pattern does
  };
  struct CompiledRule {
    const Rule* rule = nullptr;
    std::uint32_t first_pattern = 0;  // of its pack, in patterns_
    std::uint32_t pack = 0;           // in periods_
  };

  // Whom a match is about.
  struct Link {
    RuleMatch match;
    std::span<const Mention> mentions;  // of the match, if it is via mention
    Unmet refusal = Unmet::Nothing;
  };

  explicit RuleSet(const ContestList& contests) : stages_(contests) {}
  Status add(const RulePack& pack, const ContestList& contests);
  void sort_rules();
  void find_rules(const Act& act, Scratch& scratch) const;
  void find_possible(std::string_view view, std::vector<PossibleMatch>& possible,
                     Scratch& scratch) const;
  const Places& places(std::uint32_t pattern, const Act& act, Scratch& scratch) const;
  const Places& counting_places(const CompiledRule& rule, std::size_t any, const Act& act,
                                Scratch& scratch) const;
  PatternRefusal patterns_refusal(const CompiledRule& rule, const Act& act, Scratch& scratch) const;
  void drop_negated(const CompiledRule& rule, const Act& act, Scratch& scratch) const;
  static std::tuple<ContestIndex, CandidateIndex, Via> order_of_match(const Link& link) {
    return {link.match.contest, link.match.candidate, link.match.via};
  }
  void explain_rule(std::uint32_t number, const Act& act, Scratch& scratch,
                    RulesExplanation& explanation) const;
  void explain_patterns(const Act& act, Scratch& scratch, RulesExplanation& explanation) const;
  void collect_links(const CompiledRule& rule, const Act& act, Scratch& scratch) const;
  void link_targets(const CompiledRule& rule, const Act& act, Scratch& scratch) const;
  void link_mentions(const CompiledRule& rule, const Act& act, Scratch& scratch) const;
  void add_link(const CompiledRule& rule, const Act& act, Link link, Scratch& scratch) const;
  Unmet link_refusal(const CompiledRule& rule, const Act& act, const Link& link) const;
  bool holds_near(const CompiledRule& rule, const Act& act, const Link& link,
                  Scratch& scratch) const;
  void append_spans(const CompiledRule& rule, const Act& act, std::span<const Mention> mentions,
                    Scratch& scratch, std::vector<Span>& spans) const;

  Stages stages_;
  std::vector<Expression> expressions_;
  std::vector<std::uint32_t> pattern_of_;  // by expression
  PatternIndex index_;
  FeaturelessExpressions featureless_;
  std::vector<std::string_view> featureless_names_;  // the packs'
  std::unique_ptr<const MatchNominator> other_;      // if not null, in place of these
  std::vector<CompiledPattern> patterns_;
  std::vector<CompiledRule> rules_;
  std::vector<std::uint32_t> always_rules_;   // no text can rule them out
  std::vector<std::vector<Period>> periods_;  // by pack and contest; none of a pack without dates
  std::vector<RuleRef> refs_;
  std::bitset<kKinds> wants_mentions_;
  std::bitset<kKinds> wants_target_text_;
};

// What one thread writes while rules are evaluated.
class RuleSet::Scratch {
 public:
  explicit Scratch(const RuleSet& rules) : found_(rules.patterns_.size()) {}

 private:
  friend class RuleSet;

  struct Found {
    std::uint64_t text = 0;  // number of the text that `places` are of
    Places places;
  };
  std::vector<Found> found_;
  std::uint64_t text_ = 0;
  PatternIndex::Scratch index_;
  PossibleMatches possible_;
  std::vector<int> positions_;              // in a set of RE2's
  std::vector<std::uint32_t> featureless_;  // expressions without a feature that match
  std::vector<std::uint32_t> rules_;        // that may hold, in order
  std::vector<Link> links_;
  bool keeps_refused_ = false;     // links, too, for which the rule cannot hold
  std::vector<Places> unnegated_;  // of the patterns in `any` of a rule with `negated_by`
  std::vector<std::uint32_t> negation_ends_;
};

}  // namespace pantau
