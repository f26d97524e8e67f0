// The parallel part of a sweep: a chunk in, everything that is to be said about it out.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "classifiers/engine.h"
#include "pipeline/archive/rows.h"
#include "pipeline/config.h"
#include "pipeline/layouts/layout.h"
#include "pipeline/layouts/skim.h"
#include "pipeline/output/summary.h"
#include "pipeline/review/review_queue.h"
#include "pipeline/sweep/feed.h"
#include "pipeline/sweep/finding.h"
#include "pipeline/sweep/found_flag.h"

namespace pantau {

// What a chunk held. Owns all of it: the chunk is gone by now.
struct ChunkOutcome {
  std::shared_ptr<const OpenFile> file;
  FeedPosition end;  // where the chunk behind this one begins
  std::uint64_t stored_bytes_done = 0;
  std::vector<std::string> notes;
  bool file_failed = false;

  // Of a chunk that its worker has read: what went wrong with that, or how many lines it has. See
  // LineNumbers.
  std::optional<Error> fault;
  std::uint64_t late_lines = 0;

  std::uint64_t bytes = 0;
  std::uint64_t rows = 0;     // lines, CSV rows or items, that are not blank
  std::uint64_t further = 0;  // acts and others behind the first of their row
  std::uint64_t blank = 0;    // lines
  std::uint64_t records = 0;
  std::uint64_t skimmed = 0;
  std::uint64_t deletions = 0;
  Counts not_acts;
  Counts rejected;
  Counts unmapped;                           // of these, by layout and place: see SweepSummary
  std::string rejects;                       // NDJSON for --rejects
  std::vector<std::size_t> reject_lines_at;  // where each line's number stands in it

  std::vector<FoundFlag> flags;
  std::vector<ItemDeletion> subject_deletions;  // of acts of subjects; no others are kept
};

// A row, or one item of it, that is not read as a record.
struct RejectedRow {
  SourceLine line;
  std::uint64_t offset = 0;
  Reading reading;
};

struct WorkerOptions {
  SweepName sweep;
  Validate validate = Validate::Subjects;
  bool wants_rejects = false;  // their NDJSON
  bool wants_items = false;    // what only the review queue needs of a flag
};

// What one thread needs to work on chunks. Records live only inside classify().
class Worker {
 public:
  Worker(const Engine& engine, const WorkerOptions& options);
  ~Worker();

  ChunkOutcome classify(const FeedItem& item);

  // By subject number: whether a record of theirs came by.
  const std::vector<bool>& subjects_seen() const { return subjects_seen_; }

 private:
  struct SkimmedRow {
    Row row;
    AccountLookUp actor;
    SkimWalk walk;
    bool skimmed = false;  // else it must be parsed to know who acts
  };

  std::size_t read_rows(RowIterator& rows, LineReader& reader, ChunkOutcome& outcome);
  std::size_t skim_rows(RowIterator& rows, const char* chunk_end, LineReader& reader,
                        ChunkOutcome& outcome);
  bool skim_row(RowIterator& rows, const char* chunk_end, LineSkimmer& skimmer, SkimmedRow& row);
  void choose_asking(std::size_t nominated, std::size_t rows);
  void read_row(const Row& row, LineReader& reader, ChunkOutcome& outcome);
  bool take(const Row& row, const Reading& reading, ChunkOutcome& outcome);
  void reject(const RejectedRow& row, ChunkOutcome& outcome);
  void keep_deletion(const Record& record, ChunkOutcome& outcome);
  void examine(ChunkOutcome& outcome);
  LineReader& reader_of(const std::shared_ptr<const OpenFile>& file);

  const Engine& engine_;
  WorkerOptions options_;
  Engine::ScratchPtr scratch_;
  Findings findings_;
  Arena arena_;
  // Of some rows: the records, their actors, and the lines they stand in.
  std::vector<Record> records_;
  std::vector<AccountLookUp> actors_;
  std::vector<SourceLine> lines_;
  Asking asking_ = Asking::Prefetch;
  std::vector<bool> subjects_seen_;
  std::vector<SkimmedRow> skimmed_;
  std::unique_ptr<LineReader> reader_;
  std::shared_ptr<const OpenFile> reader_file_;
};

}  // namespace pantau
