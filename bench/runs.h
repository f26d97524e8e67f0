// The work that is measured, and its answers: no time is told for work whose answer is not
// that of another way to do it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "bench/anchor.h"
#include "classifiers/engine.h"
#include "pipeline/config.h"
#include "pipeline/sweep/feed.h"

namespace pantau::bench {

// What a sweep found, in short.
struct Answer {
  std::uint64_t records = 0;
  std::uint64_t rejected = 0;
  std::uint64_t flags = 0;
  std::uint64_t hash = 0;  // of all flags' lines in their order; 0 if not wanted

  friend bool operator==(const Answer&, const Answer&) = default;
};

enum class Hash : std::uint8_t { Unwanted, Wanted };

// The records of all chunks; their strings lie in the chunks and in `arena`.
std::vector<Record> read_records(std::span<const FeedItem> chunks, Arena& arena);

// Rows and layout alone: the sum over the fields that the anchor reads.
FieldsSum read_layout(std::span<const FeedItem> chunks);

// The matching stage: one worker, chunks in memory.
Answer classify_chunks(const Engine& engine, std::span<const FeedItem> chunks, Hash hash);

// How a sweep's chunks are handed out: by the flow graph, as in the program, or by plain threads
// that take the next chunk under a lock, which shows what the graph costs.
enum class HandOut : std::uint8_t { Graph, BareThreads };

struct SweepRun {
  unsigned threads = 1;
  Validate validate = Validate::Subjects;
  HandOut by = HandOut::Graph;
};

// The whole sweep over a file, without a review queue: feed, graph, store with flags written
// to /dev/null.
Answer sweep_file(const Engine& engine, const std::string& path, const SweepRun& run, Hash hash);

}  // namespace pantau::bench
