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

// Rows that are worked on together: enough to overlap the waiting for the roster's memory, and few
// enough that the first are still in the nearest cache when the last have been skimmed.
constexpr std::size_t kRowsAtATime = 48;

// Subjects are few if no more than one in so many rows may be by one.
constexpr std::size_t kFewAmong = 4;

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

void write_reject(const RejectedRow& row, ChunkOutcome& outcome) {
  std::string& text = outcome.rejects;
  JsonWriter json(text);
  json.begin_object();
  json.key("file");
  json.string(row.line.file);
  json.key("line");
  outcome.reject_lines_at.push_back(json.slot().size());
  append_json_number(text, row.line.line);
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
  outcome.fault = item.fault;
  if (!item.chunk || item.fault) return outcome;
  const Chunk& chunk = *item.chunk;
  if (item.is_unread) outcome.late_lines = chunk.lines;
  outcome.bytes = chunk.bytes.size() + chunk.bytes_skipped;
  if (chunk.too_long) {
    outcome.rows = 1;
    reject(
        {{item.file->name, chunk.line, chunk.bytes}, chunk.offset, Reading::rejected("too_long")},
        outcome);
    return outcome;
  }
  arena_.reset();
  LineReader& reader = reader_of(item.file);
  if (chunk.framing == Framing::Documents) {
    reader.enter(chunk.surroundings ? std::string_view(*chunk.surroundings) : "", arena_);
  }
  const bool skims = options_.validate == Validate::Subjects && reader.skimmer() != nullptr;
  const char* const chunk_end = chunk.bytes.data() + chunk.bytes.size();
  for (RowIterator rows(chunk); !rows.done();) {
    outcome.rows +=
        skims ? skim_rows(rows, chunk_end, reader, outcome) : read_rows(rows, reader, outcome);
    examine(outcome);
  }
  outcome.records += outcome.skimmed;
  if (chunk.framing == Framing::Lines) outcome.blank = chunk.lines - outcome.rows;
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

// Reads the next rows, and says how many there were.
std::size_t Worker::read_rows(RowIterator& rows, LineReader& reader, ChunkOutcome& outcome) {
  const Roster& roster = engine_.lists().roster;
  std::size_t count = 0;
  for (Row row; count < kRowsAtATime && rows.next(row); count++) read_row(row, reader, outcome);
  for (const AccountLookUp& actor : actors_) roster.ask_slots(actor, asking_);
  std::size_t nominated = 0;
  for (AccountLookUp& actor : actors_) nominated += roster.nominate(actor) ? 1 : 0;
  for (const AccountLookUp& actor : actors_) roster.ask_rows(actor, asking_);
  choose_asking(nominated, actors_.size());
  return count;
}

// The same, but only rows in which a subject may act are read: who acts in each; then for all of
// them, whether that may be a subject (by then the roster's words have come from memory).
std::size_t Worker::skim_rows(RowIterator& rows, const char* chunk_end, LineReader& reader,
                              ChunkOutcome& outcome) {
  const Roster& roster = engine_.lists().roster;
  std::size_t count = 0;
  while (count < kRowsAtATime && skim_row(rows, chunk_end, *reader.skimmer(), skimmed_[count])) {
    count++;
  }
  const std::span<SkimmedRow> batch = std::span(skimmed_).first(count);
  for (const SkimmedRow& row : batch) roster.ask_slots(row.actor, asking_);
  std::size_t nominated = 0;
  for (SkimmedRow& row : batch) nominated += roster.nominate(row.actor) ? 1 : 0;
  if (nominated != 0) {
    for (const SkimmedRow& row : batch) roster.ask_rows(row.actor, asking_);
  }
  choose_asking(nominated, count);
  for (SkimmedRow& row : batch) {
    if (!row.skimmed) {
      const std::size_t before = actors_.size();
      read_row(row.row, reader, outcome);
      for (AccountLookUp& actor : std::span(actors_).subspan(before)) roster.nominate(actor);
    } else if (row.actor.nominees.count != 0) {
      // Read where it stays: to copy what was just written in parts takes longer than to write it.
      const Reading reading =
          reader.read_skimmed(row.row.bytes, row.walk, records_.emplace_back(), arena_);
      if (take(row.row, reading, outcome)) actors_.push_back(row.actor);
    } else {
      outcome.skimmed++;
    }
  }
  return count;
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
  skimmed.actor.probe.count = 0;
  if (skimmed.skimmed) {
    const SkimmedActor actor = actor_of(skimmed.walk);
    engine_.lists().roster.begin(actor.platform, actor.id, actor.handle, skimmed.actor);
  }
  return true;
}

// The next rows will be much like these.
void Worker::choose_asking(std::size_t nominated, std::size_t rows) {
  asking_ = nominated * kFewAmong > rows ? Asking::Load : Asking::Prefetch;
}

// Of one record, or of several that a row may have.
void Worker::read_row(const Row& row, LineReader& reader, ChunkOutcome& outcome) {
  Reading reading = reader.read(row.bytes, records_.emplace_back(), arena_);
  for (;;) {
    if (take(row, reading, outcome)) {
      engine_.begin_actor(records_.back(), actors_.emplace_back());
    }
    if (!reader.read_next(reading, records_.emplace_back())) break;
    outcome.further++;
  }
  records_.pop_back();
}

// Keeps the last of the records if it is an act.
bool Worker::take(const Row& row, const Reading& reading, ChunkOutcome& outcome) {
  if (reading.is == Reading::Is::Act) {
    lines_.push_back({{}, row.line, row.bytes});
    return true;
  }
  if (reading.is == Reading::Is::Deletion) keep_deletion(records_.back(), outcome);
  if (reading.is == Reading::Is::NotAnAct) count(outcome.not_acts, reading.reason);
  if (reading.is == Reading::Is::Rejected) {
    reject(
        {{outcome.file->name, row.line, reader_->keepable(row.bytes, arena_)}, row.offset, reading},
        outcome);
  }
  records_.pop_back();
  return false;
}

void Worker::reject(const RejectedRow& row, ChunkOutcome& outcome) {
  count(outcome.rejected, row.reading.reason);
  if (!row.reading.where.empty()) count(outcome.unmapped, place_in_layout(row, outcome));
  if (options_.wants_rejects) write_reject(row, outcome);
}

void Worker::keep_deletion(const Record& record, ChunkOutcome& outcome) {
  outcome.deletions++;
  append_deletion(engine_.lists(), record, {}, outcome.subject_deletions);
}

// Of what was read; it leaves no traces but in the outcome.
void Worker::examine(ChunkOutcome& outcome) {
  outcome.records += records_.size();
  findings_.clear();
  engine_.run(records_, actors_, *scratch_, findings_);
  for (const ActingSubject& acting : findings_.subjects) subjects_seen_.at(acting.subject) = true;
  const FlagContext context{engine_, findings_, options_.sweep};
  for (const Flag& flag : findings_.flags) {
    SourceLine source = lines_[flag.record];
    source.file = outcome.file->name;
    outcome.flags.push_back(
        found_flag(context, flag, records_[flag.record], source, options_.wants_items));
    if (options_.wants_items) {
      outcome.flags.back().item.received = reader_->keepable(source.bytes, arena_);
    }
  }
  records_.clear();
  actors_.clear();
  lines_.clear();
}

}  // namespace pantau
