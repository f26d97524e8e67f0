// A case gathered for its evidence bag.
#pragma once

#include "pipeline/desk/cases.h"
#include "pipeline/evidence/case_file.h"

namespace pantau {

// All that the queue holds of the case, of one moment; written into the audit log as an export
// with `detail` (a JSON object). Case handlers. What only the rule packs know of an explanation
// (title, level, link, wording) and the names of candidates and office are for the caller to add,
// as is `program_version`.
//
// The custody log ends with the last change of the case, and `exported_at` is its time: what was
// merely read or exported since is in the audit log alone. So a case that did not change gives
// the same file, and so the same bag, each time.
Answer<CaseFile> case_file(Desk& desk, const Caller& caller, CaseId id, std::string_view detail);
// The same for the program itself: whoever may open the queue's file may read all of it.
Answer<CaseFile> case_file_for_program(Desk& desk, Instant now, CaseId id, std::string_view detail);

enum class BagEvent : std::uint8_t { Made, Fetched };
// What became of an export, for the audit log. Case handlers, in whose scope the case still is, and
// the program itself.
Done note_bag(Desk& desk, const Caller& caller, CaseId id, BagEvent event, std::string_view detail);

}  // namespace pantau
