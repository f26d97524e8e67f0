// Why each rule holds for an act or not: for whoever writes rules, and for whoever reviews flags.
//
// RuleSet::explain() asks the same questions as evaluate(), by the same functions and in the same
// order; it only does not stop where nothing can hold any more. It is slow, and asked for one text
// at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "classifiers/model/flag.h"
#include "classifiers/text/byte_range.h"

namespace pantau {

// What keeps a rule from holding, in the order in which it is asked.
enum class Unmet : std::uint8_t {
  Nothing,      // it holds
  Kind,         // of the act
  Link,         // no account of the campaign as target, or no mention, that it could look at
  TargetType,   // of the target account
  MentionKind,  // of every mention
  Slogan,
  Stage,
  Dates,    // of the pack
  Rivals,   // too many are named
  All,      // a pattern of `all` is not found
  Any,      // no pattern of `any` is found
  None,     // a pattern of `none` is found
  Negated,  // every match of `any` is negated
  Near,     // no match of `any` is near to a mention, on the right side of it
};

// "kind", "link" …: the key of the rule that is not met; "" for nothing.
std::string_view name_of(Unmet unmet);

// What one rule says of one candidate (of none, if the act has no link that it could look at).
struct RuleOutcome {
  std::uint32_t rule = 0;  // position in RuleSet::rules
  Unmet unmet = Unmet::Nothing;
  std::optional<std::uint32_t> pattern;  // of its pack: missing from `all`, or found of `none`
  bool has_link = false;                 // then the rest means something
  ContestIndex contest = 0;
  CandidateIndex candidate = kNoCandidate;
  Via via = Via::Target;
  AccountType account_type = AccountType::Registered;  // if via is Target
  Stage stage = Stage::Before;

  bool holds() const { return unmet == Unmet::Nothing; }
};

// A pattern that was found, and where in the original text: the first kPlacesMax places.
struct FoundPattern {
  std::uint32_t pack = 0;
  std::uint32_t pattern = 0;  // position in its pack
  std::vector<ByteRange> places;
};

struct RulesExplanation {
  std::vector<RuleOutcome> verdicts;   // by rule; then as matches are ordered
  std::vector<FoundPattern> patterns;  // by pack and pattern
};

}  // namespace pantau
