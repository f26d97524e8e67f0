// One act and all that the classifiers see in it, step by step: what the review page and whoever
// writes rules are shown. Engine::explain() makes it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/model/flag.h"
#include "classifiers/rules/explanation.h"
#include "classifiers/text/byte_range.h"

namespace pantau {

// A candidate that the text names, or a slogan beside it, and where in the original text.
struct SeenMention {
  ContestIndex contest = 0;
  CandidateIndex candidate = 0;
  bool slogan = false;
  MentionKind kind = MentionKind::Name;
  ByteRange place;
};

// An entry of the campaign list that the target is.
struct SeenTarget {
  ContestIndex contest = 0;
  CandidateIndex candidate = kNoCandidate;
  AccountType type = AccountType::Registered;
};

struct ContestStage {
  ContestIndex contest = 0;
  Stage stage = Stage::Before;
};

struct Explanation {
  // 1. Who acts: the roster's entry, or nobody's; then the rest is as if a subject of `region` did.
  std::optional<std::uint32_t> entry;
  std::string region;

  // 2. What patterns and names are searched in. `undisguised` is nothing if it does not differ.
  std::string plain;
  std::optional<std::string> undisguised;

  // 3. How the act is tied to candidates, and the stages of all contests that are concerned.
  std::vector<SeenTarget> targets;
  std::vector<SeenMention> mentions;  // by contest, candidate, mention before slogan, place
  std::vector<ContestStage> stages;

  // 4. Patterns and rules.
  RulesExplanation rules;

  bool has_rule_that_holds() const {
    for (const RuleOutcome& verdict : rules.verdicts) {
      if (verdict.holds()) return true;
    }
    return false;
  }

  // Whether a sweep would make a flag of it.
  bool is_flagged() const { return entry && has_rule_that_holds(); }
};

}  // namespace pantau
