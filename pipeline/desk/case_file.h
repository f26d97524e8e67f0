// A case gathered for its evidence bag.
#pragma once

#include "pipeline/desk/cases.h"
#include "pipeline/evidence/case_file.h"

namespace pantau {

// All that the queue holds of the case, of one moment; written into the audit log as an export,
// which the custody log then ends with. Case handlers. What only the rule packs know of an
// explanation (title, level, link, wording) and the names of candidates and office are for the
// caller to add, as is `program_version`.
Answer<CaseFile> case_file(Desk& desk, const Caller& caller, CaseId id);

}  // namespace pantau
