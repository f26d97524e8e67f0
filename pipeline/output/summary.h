// What a sweep has read and found: for programs as JSON (--summary), for people as
// a table.
//
// Nothing disappears without being counted: see adds_up().
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "classifiers/base/time.h"
#include "classifiers/model/flag.h"

namespace pantau {

using Counts = std::map<std::string, std::uint64_t, std::less<>>;

std::uint64_t total(const Counts& counts);

// One input of the sweep.
struct SummaryFile {
  std::string name;
  std::uint64_t bytes = 0;  // decompressed
  std::uint64_t lines = 0;
  std::string layout;
  std::vector<std::string> notes;  // "ended in the middle of a block" …
};

// What the sweep did to the review queue.
struct SummaryQueue {
  std::uint64_t open = 0;     // new items that wait for review
  std::uint64_t held = 0;     // new items above a rule's quota
  std::uint64_t known = 0;    // were in the queue already
  std::uint64_t deleted = 0;  // items marked as deleted by their authors
};

// Counts are of the whole sweep, the part before a resumption included; `seconds`
// too. Every line read is in exactly one of records, not_acts, deletions, rejected
// and blank. A row of a CSV is one line, however many line ends its cells hold; its
// header row counts as blank. An item of a document is one line as well. What a line holds
// behind its first act (a page of posts) is in those counts too, and in further.
struct SweepSummary {
  std::string sweep;
  std::string mandate;
  Instant started;
  std::vector<SummaryFile> files;

  std::uint64_t lines = 0;
  std::uint64_t records = 0;
  std::uint64_t skimmed = 0;  // of `records`: only skimmed, since no subject acts in them
  std::uint64_t blank = 0;
  std::uint64_t further = 0;
  Counts not_acts;  // by what they were: "identity", "account" …
  std::uint64_t deletions = 0;
  Counts rejected;          // by reason, CONTRACT.md §2
  Counts unmapped;          // of these, what was no record though sound in itself, by layout and
                            // place: "x-v2 data[].author_id: missing"
  std::uint64_t bytes = 0;  // read, decompressed

  std::uint64_t subjects_seen = 0;  // different subjects that acted in a record
  std::uint64_t flags = 0;
  std::uint64_t repeats = 0;  // flags whose key had come before in this sweep
  Counts by_rule;             // "skb-2022/ajakan": flags in which it holds
  Counts by_candidate;        // "contest/candidate", or "contest" for a contest-wide link
  std::map<Level, std::uint64_t> by_level;

  std::optional<SummaryQueue> queue;  // nothing if the sweep had none
  double seconds = 0;
  unsigned threads = 0;
  std::vector<std::string> notes;
  bool resumed = false;   // went on where an earlier run had stopped
  bool finished = false;  // read all its inputs to the end
};

// True if lines + further = records + not_acts + deletions + rejected + blank, and no more
// records were skimmed than there are.
bool adds_up(const SweepSummary& summary);

// Pretty-printed, keys always in the same order and all there, with a line end:
// at least what CONTRACT.md §10 names. `queue` is null if the sweep had none.
std::string to_json(const SweepSummary& summary);

// A table in English, aligned, with thousands separators and rates, ending in a line
// end. Text from outside is made printable. Says "flag", never a word that would
// decide anything about anybody.
std::string to_table(const SweepSummary& summary);

}  // namespace pantau
