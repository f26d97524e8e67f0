#include "bench/runs.h"

#include <xxhash.h>

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "bench/material.h"
#include "pipeline/archive/inputs.h"
#include "pipeline/archive/rows.h"
#include "pipeline/sweep/graph.h"
#include "pipeline/sweep/store.h"
#include "pipeline/sweep/worker.h"

namespace pantau::bench {
namespace {

class AnswerMaker {
 public:
  explicit AnswerMaker(Hash hash) : wants_hash_(hash == Hash::Wanted) {}

  void add(const ChunkOutcome& outcome) {
    answer_.records += outcome.records;
    for (const auto& [reason, count] : outcome.rejected) answer_.rejected += count;
    answer_.flags += outcome.flags.size();
    if (!wants_hash_) return;
    for (const FoundFlag& flag : outcome.flags) {
      const std::string& line = flag.item.flag;
      answer_.hash = XXH3_64bits_withSeed(line.data(), line.size(), answer_.hash);
    }
  }

  const Answer& answer() const { return answer_; }

 private:
  bool wants_hash_;
  Answer answer_;
};

template <class OnRecord>
void each_record(const Chunk& chunk, LineReader& reader, Arena& arena, OnRecord&& on_record) {
  RowIterator rows(chunk);
  for (Row row; rows.next(row);) {
    Record record;
    if (reader.read(row.bytes, record, arena).is == Reading::Is::Act) on_record(record);
  }
}

WorkerOptions worker_options() {
  WorkerOptions options;
  options.sweep = {"bench", "Surat tugas rekaan"};
  return options;
}

// What the graph does, without it: chunks are read one at a time, classified by whoever took
// them, and stored in their order, by whoever has the next one.
class BareThreads {
 public:
  using Take = std::function<Status(ChunkOutcome)>;
  BareThreads(Feed& feed, const Engine& engine, const WorkerOptions& options, const Take& take)
      : feed_(feed), engine_(engine), options_(options), take_(take) {}

  void run(unsigned count) {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < count; i++) threads.emplace_back([this] { work(); });
  }

 private:
  void work() {
    Worker worker(engine_, options_);
    for (;;) {
      std::uint64_t number = 0;
      std::optional<FeedItem> item = next(number);
      if (!item) return;
      ChunkOutcome outcome = worker.classify(*item);
      item.reset();  // gives the chunk's buffer back
      store(number, std::move(outcome));
    }
  }

  std::optional<FeedItem> next(std::uint64_t& number) {
    const std::lock_guard lock(feed_lock_);
    number = fed_++;
    return feed_.next();
  }

  void store(std::uint64_t number, ChunkOutcome outcome) {
    const std::lock_guard lock(store_lock_);
    waiting_.emplace(number, std::move(outcome));
    for (auto first = waiting_.begin(); first != waiting_.end() && first->first == stored_;
         first = waiting_.erase(first), stored_++) {
      need(take_(std::move(first->second)));
    }
  }

  Feed& feed_;
  const Engine& engine_;
  const WorkerOptions& options_;
  const Take take_;
  std::mutex feed_lock_;
  std::uint64_t fed_ = 0;
  std::mutex store_lock_;
  std::uint64_t stored_ = 0;
  std::map<std::uint64_t, ChunkOutcome> waiting_;
};

}  // namespace

std::vector<Record> read_records(std::span<const FeedItem> chunks, Arena& arena) {
  std::vector<Record> records;
  const std::unique_ptr<LineReader> reader = need(chunks[0].file->layout->make_reader({}));
  for (const FeedItem& item : chunks) {
    each_record(*item.chunk, *reader, arena,
                [&](const Record& record) { records.push_back(record); });
  }
  return records;
}

FieldsSum read_layout(std::span<const FeedItem> chunks) {
  FieldsSum sum;
  Arena arena;
  const std::unique_ptr<LineReader> reader = need(chunks[0].file->layout->make_reader({}));
  for (const FeedItem& item : chunks) {
    arena.reset();
    each_record(*item.chunk, *reader, arena, [&](const Record& record) { sum.add(record); });
  }
  return sum;
}

Answer classify_chunks(const Engine& engine, std::span<const FeedItem> chunks, Hash hash) {
  AnswerMaker maker(hash);
  Worker worker(engine, worker_options());
  for (const FeedItem& item : chunks) maker.add(worker.classify(item));
  return maker.answer();
}

Answer sweep_file(const Engine& engine, const std::string& path, const SweepRun& run, Hash hash) {
  InputList inputs = need(list_inputs(std::span(&path, 1)));
  inputs.files.front().name = "records.ndjson";
  FeedOptions feed_options;
  feed_options.leaves_unread = run.by == HandOut::Graph;
  Feed feed(std::move(inputs.files), feed_options);
  StoreOptions store_options;
  store_options.flags = "/dev/null";
  const std::unique_ptr<Store> store = need(Store::open(nullptr, store_options));
  AnswerMaker maker(hash);
  const auto take = [&](ChunkOutcome outcome) {
    maker.add(outcome);
    return store->take(std::move(outcome));
  };
  WorkerOptions options = worker_options();
  options.validate = run.validate;
  if (run.by == HandOut::Graph) {
    std::uint64_t subjects_seen = 0;
    need(run_graph(feed, engine, {run.threads, options}, take, subjects_seen));
  } else {
    BareThreads(feed, engine, options, take).run(run.threads);
  }
  need(store->finish());
  return maker.answer();
}

}  // namespace pantau::bench
