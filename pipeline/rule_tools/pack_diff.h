// Two versions of a pack over one archive: what the newer one finds more, what it does not find any
// more, and what it says otherwise.
#pragma once

#include <cstddef>
#include <string>

#include "classifiers/base/result.h"
#include "classifiers/rules/pack.h"
#include "pipeline/config.h"
#include "pipeline/rule_tools/archive_run.h"
#include "pipeline/rule_tools/pack_comparison.h"

namespace pantau {

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
