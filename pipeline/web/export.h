// `pantau export`: a case as a folder on the disk.
#pragma once

#include <string>

#include "classifiers/base/result.h"
#include "pipeline/config.h"
#include "pipeline/evidence/bag.h"
#include "pipeline/evidence_settings.h"

namespace pantau {

struct ExportOptions {
  std::string case_number;
  BagKind kind = BagKind::Copy;
  std::string folder;  // the bag becomes a folder in it
  EvidenceSettings evidence;
};

// Tells the bag's path on standard output. Fault::Config if there is no such case, or the bag is
// there already.
Result<int> run_export(const SweepConfig& config, const ExportOptions& options);

}  // namespace pantau
