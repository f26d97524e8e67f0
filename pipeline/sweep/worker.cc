#include "pipeline/sweep/worker.h"

#include <fmt/format.h>

#include "classifiers/base/check.h"
#include "pipeline/output/json_writer.h"

namespace pantau {
namespace {

constexpr std::size_t kRejectSampleBytesMax = 200;

// An item that did not fit is kept whole, to be read again when its layout has been mended; of a
// longer one the place in its file must do.
constexpr std::size_t kKeptItemBytesMax = std::size_t{64} * 1024;

// Rows that wait together for the roster's memory: enough to overlap the waiting, and few enough
// that the first is still in the cache when the last has been skimmed.
constexpr std::size_t kRowsAtATime = 48;

void count(Counts& counts, std::string_view what) {
  const auto found = counts.find(what);
  if (found != counts.end()) {
    found->second++;
  } else {
    counts.emplace(what, 1);
  }
}

// "x-v2 data[].author_id: missing"
std::string place_in_layout(const RejectedRow& row, const ChunkOutcome& outcome) {
  return fmt::format("{} {}: {}", outcome.file->layout->name(), row.reading.where,
                     row.reading.found);
}

std::string reject_json(const RejectedRow& row, const ChunkOutcome& outcome) {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  json.key("file");
  json.string(row.line.file);
  json.key("line");
  json.number(row.line.line);
  json.key("offset");
  json.number(row.offset);
  json.key("reason");
  json.string(row.reading.reason);
  json.key("sample");
  json.string(row.line.bytes.substr(0, kRejectSampleBytesMax));
  if (!row.reading.where.empty()) {
    json.key("unmapped");
    json.string(place_in_layout(row, outcome));
    if (row.line.bytes.size() <= kKeptItemBytesMax) {
      json.key("item");
      json.string(row.line.bytes);
    }
  }
  json.end_object();
  text += '\n';
  return text;
}

}  // namespace

Worker::Worker(const Engine& engine, const WorkerOptions& options)
    : engine_(engine),
      options_(options),
      scratch_(engine.make_scratch()),
      subjects_seen_(engine.lists().roster.subjects()),
      skimmed_(kRowsAtATime) {}

Worker::~Worker() = default;

ChunkOutcome Worker::classify(const FeedItem& item) {
  ChunkOutcome outcome;
  outcome.file = item.file;
  outcome.end = item.end;
  outcome.stored_bytes_done = item.stored_bytes_done;
  outcome.notes = item.notes;
  outcome.file_failed = item.file_failed;
  if (!item.chunk) return outcome;
  const Chunk& chunk = *item.chunk;
  outcome.bytes = chunk.bytes.size() + chunk.bytes_skipped;
  if (chunk.too_long) {
    outcome.rows = 1;
    reject(
        {{item.file->name, chunk.line, chunk.bytes}, chunk.offset, Reading::rejected("too_long")},
        outcome);
    return outcome;
  }
  arena_.reset();
  records_.clear();
  probes_.clear();
  lines_.clear();
  LineReader& reader = reader_of(item.file);
  if (chunk.framing == Framing::Documents) {
    reader.enter(chunk.surroundings ? std::string_view(*chunk.surroundings) : "", arena_);
  }
  if (options_.validate == Validate::Subjects && reader.skimmer() != nullptr) {
    skim_rows(chunk, reader, outcome);
  } else {
    read_rows(chunk, reader, outcome);
  }
  outcome.records += records_.size();
  if (chunk.framing == Framing::Lines) outcome.blank = chunk.lines - outcome.rows;
  examine(*item.file, outcome);
  return outcome;
}

LineReader& Worker::reader_of(const std::shared_ptr<const OpenFile>& file) {
  if (reader_file_ != file) {
    Result<std::unique_ptr<LineReader>> reader = file->layout->make_reader(file->header);
    CHECK(reader.has_value(), "the feed has made a reader for this very header");
    reader_ = *std::move(reader);
    reader_file_ = file;
  }
  return *reader_;
}

void Worker::read_rows(const Chunk& chunk, LineReader& reader, ChunkOutcome& outcome) {
  RowIterator rows(chunk);
  for (Row row; rows.next(row);) {
    outcome.rows++;
    read_row(row, reader, outcome);
  }
}

// Some rows at a time: who acts in each; then for all of them, whether that may be a subject (by
// then the roster's words have come from memory); and only what passes is read.
void Worker::skim_rows(const Chunk& chunk, LineReader& reader, ChunkOutcome& outcome) {
  const Roster& roster = engine_.lists().roster;
  const char* const chunk_end = chunk.bytes.data() + chunk.bytes.size();
  RowIterator rows(chunk);
  while (!rows.done()) {
    std::size_t count = 0;
    while (count < skimmed_.size() &&
           skim_row(rows, chunk_end, *reader.skimmer(), skimmed_[count])) {
      count++;
    }
    outcome.rows += count;
    const std::span<SkimmedRow> batch = std::span(skimmed_).first(count);
    for (const SkimmedRow& skimmed : batch) roster.prefetch_slots(skimmed.probe);
    for (SkimmedRow& skimmed : batch) {
      if (!skimmed.skimmed) {
        read_row(skimmed.row, reader, outcome);
      } else if (roster.may_hold(skimmed.probe)) {
        Record record;
        const Reading reading =
            reader.read_skimmed(skimmed.row.bytes, skimmed.walk, record, arena_);
        take(skimmed.row, reading, record, skimmed.probe, outcome);
      } else {
        outcome.skimmed++;
      }
    }
  }
  outcome.records = outcome.skimmed;
}

// The next row, as far as it is known from the way to its actor where it ends; false if there is
// none.
bool Worker::skim_row(RowIterator& rows, const char* chunk_end, LineSkimmer& skimmer,
                      SkimmedRow& skimmed) {
  const char* const begin = rows.at();
  const bool followed = skimmer.follow(begin, chunk_end, skimmed.walk);
  if (!rows.next(skimmed.row, followed ? static_cast<std::size_t>(skimmed.walk.at - begin) : 0)) {
    return false;
  }
  const std::string_view object = object_in(skimmed.row.bytes);
  skimmed.skimmed = !object.empty() && (followed || skimmer.learn(object, skimmed.walk));
  skimmed.probe.count = 0;
  if (skimmed.skimmed) {
    const Roster& roster = engine_.lists().roster;
    const SkimmedActor actor = actor_of(skimmed.walk);
    skimmed.probe = roster.probe(actor.platform, actor.id, actor.handle);
    roster.prefetch(skimmed.probe);
  }
  return true;
}

void Worker::read_row(const Row& row, LineReader& reader, ChunkOutcome& outcome) {
  Record record;
  Reading reading = reader.read(row.bytes, record, arena_);
  take(row, reading, record, engine_.probe_actor(record), outcome);
  while (reader.read_next(reading, record)) {
    outcome.further++;
    take(row, reading, record, engine_.probe_actor(record), outcome);
  }
}

void Worker::take(const Row& row, const Reading& reading, const Record& record,
                  const AccountProbe& probe, ChunkOutcome& outcome) {
  switch (reading.is) {
    case Reading::Is::Act:
      records_.push_back(record);
      probes_.push_back(probe);
      lines_.push_back({{}, row.line, row.bytes});
      break;
    case Reading::Is::Deletion:
      keep_deletion(record, outcome);
      break;
    case Reading::Is::NotAnAct:
      count(outcome.not_acts, reading.reason);
      break;
    case Reading::Is::Rejected:
      reject({{outcome.file->name, row.line, reader_->keepable(row.bytes, arena_)},
              row.offset,
              reading},
             outcome);
      break;
  }
}

void Worker::reject(const RejectedRow& row, ChunkOutcome& outcome) {
  count(outcome.rejected, row.reading.reason);
  if (!row.reading.where.empty()) count(outcome.unmapped, place_in_layout(row, outcome));
  if (options_.wants_rejects) outcome.rejects += reject_json(row, outcome);
}

void Worker::keep_deletion(const Record& record, ChunkOutcome& outcome) {
  outcome.deletions++;
  append_deletion(engine_.lists(), record, {}, outcome.subject_deletions);
}

void Worker::examine(const OpenFile& file, ChunkOutcome& outcome) {
  findings_.clear();
  engine_.run(records_, probes_, *scratch_, findings_);
  for (const std::uint32_t entry : findings_.subjects) {
    subjects_seen_.at(engine_.lists().roster.subject(entry)) = true;
  }
  const FlagContext context{engine_, findings_, options_.sweep};
  for (const Flag& flag : findings_.flags) {
    SourceLine source = lines_[flag.record];
    source.file = file.name;
    outcome.flags.push_back(
        found_flag(context, flag, records_[flag.record], source, options_.wants_items));
    if (options_.wants_items) {
      outcome.flags.back().item.received = reader_->keepable(source.bytes, arena_);
    }
  }
}

}  // namespace pantau
