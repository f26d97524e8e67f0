// A whole made-up world to measure in: lists, rules and an archive, as files.
//
// Everything follows from the shape alone: the same shape gives the same bytes on every
// machine. Nothing in it is taken from life but the calendar and how many contests there
// were; names are put together from syllables and every address ends in .example.
#pragma once

#include <cstdint>
#include <string>

#include "bench/records.h"
#include "classifiers/base/result.h"

namespace pantau::bench {

struct CorpusShape {
  RecordsShape records;
  Candidates::Size candidates;
};

// Each writes one file, piece by piece, whatever its size.
Status write_roster(const RecordsShape& shape, const std::string& path);
Status write_records(const RecordsShape& shape, const Candidates& candidates,
                     const std::string& path);
Status write_text(const std::string& text, const std::string& path);

// Writes roster.csv, campaign.csv, contests.toml, rules.toml, records.ndjson and sweep.toml
// into a folder, which is made if need be.
Status write_corpus(const CorpusShape& shape, const std::string& folder);

}  // namespace pantau::bench
