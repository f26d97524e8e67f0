// Two versions of a pack over one archive: what the newer one finds more, what it does not find any
// more, and what it says otherwise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/result.h"
#include "classifiers/rules/pack.h"
#include "pipeline/config.h"
#include "pipeline/rule_tools/archive_run.h"
#include "pipeline/rule_tools/flag_reading.h"

namespace pantau {

enum class Change : std::uint8_t { New, Lost, Changed };
inline constexpr std::size_t kChanges = 3;
std::string_view name_of(Change change);  // "new", "lost", "changed"

// One rule of one flag, of which the versions do not say the same.
struct Difference {
  Change change = Change::New;
  std::string rule;
  ToldAct act;
  std::vector<std::string_view> what;  // of Changed: "level", "candidates", "proposes", "spans"
  std::vector<ToldMatch> before;
  std::vector<ToldMatch> after;
};

struct RuleDifferences {
  std::string rule;
  std::uint64_t by_change[kChanges] = {};
  std::uint64_t same = 0;
};

struct PackDiff {
  ArchiveRun run;
  std::string before;  // "skb-2022@2024.1"
  std::string after;
  std::vector<RuleDifferences> rules;   // as the newer pack has them, then those it has no more
  std::vector<Difference> differences;  // by change, then in the order of the input

  std::uint64_t total_of(Change change) const;
  bool is_same() const;
};

struct PackDiffOptions {
  ArchiveRunOptions run;
  std::size_t listed_max = 100;  // differences of each change; the others are only counted
};

// Runs both packs over the records of `config` with its other lists, in one go; the packs that
// `config` names are not read. Flags are told apart by their key: of several records of one key
// counts the first that one of the versions flags. Rules are the same if they have one id.
Result<PackDiff> diff_packs(SweepConfig config, RulePack before, RulePack after,
                            const PackDiffOptions& options);

// {"old", "new", "records", "rejected", "totals": {"new", "lost", "changed", "same"},
// "rules": [{"rule", "new", "lost", "changed", "same"}],
// "differences": [{"change", "rule", "key", "file", "line", "text", "what", "old": […], "new":
// […]}]}
std::string pack_diff_json(const PackDiff& diff);

std::string pack_diff_text(const PackDiff& diff);

}  // namespace pantau
