// [evidence] of SWEEP.toml: who exports bags of evidence, what they are signed with, and who
// stamps them.
#pragma once

#include <string>
#include <string_view>

#include "classifiers/base/result.h"
#include "pipeline/evidence/case_file.h"
#include "pipeline/evidence/stamp_request.h"

namespace pantau {

struct EvidenceSettings {
  CaseOffice office;
  std::string key;          // PEM; empty: bags are not signed
  std::string certificate;  // PEM, the key's
  TimestampSettings timestamp;
};

// `text` is that of `file`, beside which the paths in it lie. The files it names are read.
// Fault::Config with every mistake, and for a key that others may read; without [evidence], the
// defaults.
Result<EvidenceSettings> read_evidence_settings(std::string_view text, const std::string& file);

}  // namespace pantau
