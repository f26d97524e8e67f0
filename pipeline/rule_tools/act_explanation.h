// What the classifiers see in one act, for people and for programs: the review page and
// whoever writes rules.
//
//   const auto scratch = engine.make_scratch();
//   Explanation explanation;
//   engine.explain(record, {}, *scratch, explanation);
//   std::string json = explanation_json(engine, record, explanation);
//
// Neither names nor NIP of the roster are in it.
#pragma once

#include <string>

#include "classifiers/engine.h"
#include "classifiers/explanation.h"
#include "classifiers/model/record.h"

namespace pantau {

// One JSON object, without a line end:
//
//   {"flagged": true, "holds": true, "subject": {"id", "category", "region", "ownership"} or null,
//    "region": "63.08", "at": "2024-09-25T00:00:00Z",
//    "text": "…", "plain": "…", "undisguised": "…" or null,
//    "targets":  [{"contest", "candidate", "account_type"}],
//    "mentions": [{"contest", "candidate", "kind", "start", "end"}],     kind: name … or "slogan"
//    "stages":   [{"contest", "stage", "class"}],
//    "patterns": [{"pack", "pattern", "spans": [{"start", "end"}]}],
//    "rules":    [{"rule", "pack", "level", "holds", "contest", "candidate", "via", "stage",
//                  "unmet", "pattern", "because"}]}
//
// `holds`: some rule does; of a subject's act that makes a flag. Places are bytes of `text`.
// `unmet` is the key of the rule that is not met (null if it holds), `pattern` the one that is
// missing or in the way, if one is, and `because` says so in words. Where a rule could look at
// nobody, contest, candidate, via and stage are null.
std::string explanation_json(const Engine& engine, const Record& record,
                             const Explanation& explanation);

// The same in lines, for a terminal.
std::string explanation_text(const Engine& engine, const Record& record,
                             const Explanation& explanation);

// Why a rule does not hold, in words; "" if it holds.
std::string reason_of(const Engine& engine, const Record& record, const RuleOutcome& verdict);

}  // namespace pantau
