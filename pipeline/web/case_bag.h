// A case as its bag: what the queue holds of it, what the lists know beyond that, and the seal.
//
// The command and the page make bags by this alone, so both make the same.
#pragma once

#include "classifiers/base/result.h"
#include "pipeline/desk/case_file.h"
#include "pipeline/evidence/bag.h"
#include "pipeline/evidence_settings.h"
#include "pipeline/web/catalogue.h"

namespace pantau {

// What bags are made with, beside the queue.
struct BagSources {
  const Catalogue& catalogue;
  const EvidenceSettings& settings;
};

// Signed if the settings have a key, and stamped if they have an authority: one that is configured
// and does not sign or answer is an error, so there is no bag that lacks its seals by chance.
// Stamping waits for the network. Fault::Config if the case cannot be a bag, Fault::Source if it
// cannot be stamped.
Result<Bag> make_case_bag(CaseFile file, BagKind kind, const BagSources& sources);

// Whether the settings' key and certificate can sign, to be told before anybody waits for a bag.
Status check_signing(const EvidenceSettings& settings);

// {"kind":"copy","via":"page"…}: of an export, for the audit log. `bag` null: not yet made.
std::string export_detail(BagKind kind, std::string_view via, const Bag* bag);

}  // namespace pantau
