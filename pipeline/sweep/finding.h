// A flag as the outside sees it: its key and its JSON (CONTRACT.md §9).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "classifiers/engine.h"
#include "classifiers/model/flag.h"
#include "classifiers/model/record.h"

namespace pantau {

// Which sweep found it; recorded with every flag, because the mandate is what makes the look
// lawful.
struct SweepName {
  std::string id;
  std::string mandate;
};

// Where a record was read.
struct SourceLine {
  std::string_view file;
  std::uint64_t line = 0;
  std::string_view bytes;
};

// "platform/kind/id"; for an act without an id "platform/kind/<actor>/<object or target>",
// accounts by id where known, else "@handle".
std::string key_of(const Record& record);

// What the flags of a batch have in common.
struct FlagContext {
  const Engine& engine;
  const Findings& findings;
  const SweepName& sweep;
};

// The flag as one line of NDJSON with its line end. It holds neither names nor NIP, so the
// display names of a record's accounts are left out. Where the line's number stands in it is
// written to `line_at`.
std::string flag_json(const FlagContext& context, const Flag& flag, const Record& record,
                      const SourceLine& source, std::size_t& line_at);

}  // namespace pantau
