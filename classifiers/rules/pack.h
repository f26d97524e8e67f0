// A rule pack as its author wrote it (CONTRACT.md §7).
//
// Reading finds every mistake that can be seen in the file alone: unknown keys,
// patterns that do not compile, examples that do not hold, duplicate names. What
// comes out is plain data; RuleSet compiles it.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/mistakes.h"
#include "classifiers/model/flag.h"
#include "classifiers/model/record.h"
#include "classifiers/model/validity.h"

namespace pantau {

struct Pattern {
  std::string name;
  std::vector<std::string> expressions;  // RE2 syntax; the pattern holds if one of them does
  std::vector<std::string> matches;      // texts in which it must be found
  std::vector<std::string> passes;       // texts in which it must not
};

// Where a match of `any` stands that is near to a mention. One that overlaps it is on both sides.
enum class NearSide : std::uint8_t { Either, Before, After };

enum class LinkKind : std::uint8_t { Target, Mention, Either };

struct Rule {
  std::string id;
  std::string title_id;  // Indonesian
  std::string title_en;
  std::bitset<kKinds> kinds;
  LinkKind link = LinkKind::Either;
  std::bitset<kAccountTypes> target_types;
  std::bitset<kStages> stages;
  // By what a text must name the candidate; the rule does not see other mentions.
  std::bitset<kMentionKinds> mention_kinds = std::bitset<kMentionKinds>().set();
  bool needs_slogan = false;                // of the candidate, beside the mention
  std::optional<std::uint32_t> rivals_max;  // other candidates of the contest that the text names
  std::vector<std::uint32_t> all;           // positions in RulePack::patterns
  std::vector<std::uint32_t> any;
  std::vector<std::uint32_t> none;
  // A match of `any` does not count behind one of these, with at most so many words of one sentence
  // between.
  std::vector<std::uint32_t> negated_by;
  std::uint32_t negation_words_max = 0;
  std::optional<std::uint32_t> near_chars_max;
  NearSide near_side = NearSide::Either;
  Level level = Level::Info;
  std::vector<std::string> proposes_ethics;      // SKB items, "KE-4"
  std::vector<std::string> proposes_discipline;  // "DS-6"
  std::uint32_t flags_per_day_max = 0;           // 0: no quota

  bool reads_text() const {
    return !all.empty() || !any.empty() || !none.empty() || rivals_max.has_value();
  }
};

struct RulePack {
  std::string id;
  std::string version;
  std::vector<Pattern> patterns;
  std::vector<Rule> rules;
  Validity validity;  // the days of acts, as the linked contest counts them

  std::string name() const { return id + '@' + version; }  // "skb-2022@2024.1"
};

// Reads one pack. Use the result only if `mistakes` is still empty.
RulePack read_rule_pack(std::string_view text, Mistakes& mistakes);

}  // namespace pantau
