#include "bench/runs.h"

#include <xxhash.h>

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

Answer sweep_file(const Engine& engine, const std::string& path, unsigned threads, Hash hash) {
  InputList inputs = need(list_inputs(std::span(&path, 1)));
  inputs.files.front().name = "records.ndjson";
  Feed feed(std::move(inputs.files), {});
  StoreOptions store_options;
  store_options.flags = "/dev/null";
  const std::unique_ptr<Store> store = need(Store::open(nullptr, store_options));
  AnswerMaker maker(hash);
  std::uint64_t subjects_seen = 0;
  need(run_graph(
      feed, engine, {threads, worker_options()},
      [&](ChunkOutcome outcome) {
        maker.add(outcome);
        return store->take(std::move(outcome));
      },
      subjects_seen));
  need(store->finish());
  return maker.answer();
}

}  // namespace pantau::bench
