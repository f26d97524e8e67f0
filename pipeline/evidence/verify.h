// Whether a bag is what it should be: every file by every manifest, nothing missing and nothing
// more, who signed it and when it was stamped, and whether the files inside agree.
//
// Without a signature or a stamp this finds accidents only: whoever changes a file can write new
// manifests. With them, and with certificates that come from elsewhere than the bag, it finds any
// change.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "classifiers/base/result.h"
#include "classifiers/base/time.h"
#include "pipeline/evidence/bag.h"

namespace pantau {

// What is read of a folder that anybody may have made.
struct VerifyLimits {
  std::size_t files_max = 100'000;
  std::size_t bytes_max = std::size_t{2} << 30;
  int depth_max = 8;
};

inline constexpr std::size_t kFindingsMax = 1000;

struct VerifyOptions {
  // PEM; empty: what the bag has in certs/, which proves only that it is consistent.
  std::string signer_ca;
  std::string tsa_ca;
  bool needs_signature = false;
  bool needs_timestamp = false;
  Instant now;  // when a signature's certificate must be valid if no stamp says when it was made
};

struct Finding {
  std::string file;
  std::string what;
};

struct Verified {
  std::vector<Finding> wrong;      // nothing: the bag is whole
  std::vector<std::string> notes;  // what holds, and what was not checked
};

// Pure: of files in memory.
Verified check_bag(const BagFiles& files, const VerifyOptions& options);

// Reads a folder. What is no plain file (a link, a device) is a finding and is not opened.
// Fault::Source if it cannot be read or is larger than the limits.
Result<BagFiles> read_bag(const std::string& folder, const VerifyLimits& limits,
                          std::vector<Finding>& wrong);

Result<Verified> verify_bag(const std::string& folder, const VerifyOptions& options,
                            const VerifyLimits& limits = {});

// How the files in data/ agree with each other (verify_inside.cc). Files that are missing were
// told before.
void check_inside(const BagFiles& files, Verified& verified);

}  // namespace pantau
