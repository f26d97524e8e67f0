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

namespace pantau {

struct Pattern {
  std::string name;
  std::vector<std::string> expressions;  // RE2 syntax; the pattern holds if one of them does
  std::vector<std::string> matches;      // texts in which it must be found
  std::vector<std::string> passes;       // texts in which it must not
};

enum class LinkKind : std::uint8_t { Target, Mention, Either };

struct Rule {
  std::string id;
  std::string title_id;  // Indonesian
  std::string title_en;
  std::bitset<kKinds> kinds;
  LinkKind link = LinkKind::Either;
  std::bitset<kAccountTypes> target_types;
  std::bitset<kStages> stages;
  std::vector<std::uint32_t> all;  // positions in RulePack::patterns
  std::vector<std::uint32_t> any;
  std::vector<std::uint32_t> none;
  std::optional<std::uint32_t> near_chars_max;
  Level level = Level::Info;
  std::vector<std::string> proposes_ethics;      // SKB items, "KE-4"
  std::vector<std::string> proposes_discipline;  // "DS-6"
  std::uint32_t flags_per_day_max = 0;           // 0: no quota

  bool has_patterns() const { return !all.empty() || !any.empty() || !none.empty(); }
};

struct RulePack {
  std::string id;
  std::string version;
  std::vector<Pattern> patterns;
  std::vector<Rule> rules;

  std::string name() const { return id + '@' + version; }  // "skb-2022@2024.1"
};

// Reads one pack. Use the result only if `mistakes` is still empty.
RulePack read_rule_pack(std::string_view text, Mistakes& mistakes);

}  // namespace pantau
