// The custody log: the audit rows that are about a case, chained anew.
//
// The audit log's own chain goes through rows about other cases, which are not in the bag. So
// each line has a hash more, `chain`: SHA-256 over the line before's (64 zeros before the first),
// a line feed, and the line as it is without it. Whoever leaves a line out, or puts one elsewhere,
// breaks it; and where two rows follow each other in the audit log, their hashes must as well.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/evidence/case_file.h"

namespace pantau {

// A detail and the hashed bytes may name people.
enum class CustodyDetail : std::uint8_t { Whole, LeftOut };

std::string custody_log(const std::vector<CustodyRow>& rows, CustodyDetail detail);

// What is wrong with a log, "line 3: …" each; nothing if it is whole.
std::vector<std::string> check_custody_log(std::string_view log);

}  // namespace pantau
