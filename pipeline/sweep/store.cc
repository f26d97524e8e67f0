#include "pipeline/sweep/store.h"

#include <fmt/format.h>

namespace pantau {
namespace {

std::string candidate_name(const ItemCandidate& candidate) {
  return candidate.candidate ? candidate.contest + '/' + *candidate.candidate : candidate.contest;
}

Result<std::optional<OutputFile>> open_file(const std::string& path, bool resumed,
                                            std::uint64_t committed) {
  if (path.empty()) return std::optional<OutputFile>();
  TRY(OutputFile file,
      resumed && path != "-" ? OutputFile::resume(path, committed) : OutputFile::create(path));
  return std::optional<OutputFile>(std::move(file));
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(ReviewQueue* queue, const StoreOptions& options) {
  std::unique_ptr<Store> store(new Store(queue, options));
  TRY_STATUS(store->begin());
  return store;
}

Status Store::begin() {
  if (queue_ == nullptr) return open_files({});
  TRY(Run run, queue_->begin_run(options_.run));
  SweepPosition position;
  if (run.unfinished) {
    SweepSummary summary;
    if (read_checkpoint(run.unfinished->checkpoint, position, summary)) {
      summary.resumed = true;
      summary_ = std::move(summary);
      if (open_files(position)) {
        run_ = run.id;
        position_ = position.input;
        for (const std::string& key : run.unfinished->keys) keys_.insert(key);
        return Status();
      }
    }
    // The files are not those that the run had written. Beginning anew is always right: what
    // is in the queue already is known by its key.
    summary_ = {};
    RunDescription anew = options_.run;
    anew.fingerprint += " anew";  // another run, so the queue closes the unfinished one
    TRY(run, queue_->begin_run(anew));
  }
  run_ = run.id;
  return open_files({});
}

Status Store::open_files(const SweepPosition& position) {
  TRY(flags_, open_file(options_.flags, summary_.resumed, position.flags_bytes));
  TRY(rejects_, open_file(options_.rejects, summary_.resumed, position.rejects_bytes));
  return Status();
}

void Store::count_outcome(const ChunkOutcome& outcome) {
  while (summary_.files.size() <= outcome.file->number) summary_.files.emplace_back();
  SummaryFile& file = summary_.files[outcome.file->number];
  file.name = outcome.file->name;
  if (outcome.file->layout != nullptr) file.layout = outcome.file->layout->name();
  file.bytes += outcome.bytes;
  file.lines += outcome.rows + outcome.blank;
  for (const std::string& note : outcome.notes) file.notes.push_back(note);
  summary_.lines += outcome.rows + outcome.blank;
  summary_.records += outcome.records;
  summary_.skimmed += outcome.skimmed;
  summary_.blank += outcome.blank;
  summary_.further += outcome.further;
  summary_.deletions += outcome.deletions;
  summary_.bytes += outcome.bytes;
  for (const auto& [what, count] : outcome.not_acts) summary_.not_acts[what] += count;
  for (const auto& [reason, count] : outcome.rejected) summary_.rejected[reason] += count;
  for (const auto& [place, count] : outcome.unmapped) summary_.unmapped[place] += count;
}

Status Store::take(ChunkOutcome outcome) {
  count_outcome(outcome);
  a_file_failed_ = a_file_failed_ || outcome.file_failed;
  if (rejects_) TRY_STATUS(rejects_->append(outcome.rejects));
  for (FoundFlag& flag : outcome.flags) TRY_STATUS(take_flag(std::move(flag)));
  for (ItemDeletion& deletion : outcome.subject_deletions) {
    if (queue_ != nullptr) deletions_.push_back(std::move(deletion));
  }
  position_ = outcome.end;
  new_input_bytes_ += outcome.bytes;
  // A filter's reader waits for each flag.
  if (flags_ && options_.flags == "-") TRY_STATUS(flags_->flush());
  return is_due() ? checkpoint() : Status();
}

// Two records with one key are one flag; the first stands.
Status Store::take_flag(FoundFlag flag) {
  if (!keys_.insert(flag.item.key)) {
    summary_.repeats++;
    return Status();
  }
  summary_.flags++;
  summary_.by_level[flag.level]++;
  for (const ItemRule& rule : flag.item.rules) summary_.by_rule[rule.rule]++;
  for (const ItemCandidate& candidate : flag.item.candidates) {
    summary_.by_candidate[candidate_name(candidate)]++;
  }
  if (flags_) TRY_STATUS(flags_->append(flag.item.flag));
  if (queue_ == nullptr) return Status();
  new_flags_bytes_ += flag.item.flag.size() + flag.item.received.size();
  items_.push_back(std::move(flag.item));
  return Status();
}

bool Store::is_due() const {
  const CheckpointLimits& limits = options_.limits;
  return new_input_bytes_ >= limits.input_bytes_max || items_.size() >= limits.flags_max ||
         new_flags_bytes_ >= limits.flags_bytes_max ||
         std::chrono::steady_clock::now() - checkpoint_at_ >= limits.age_max;
}

Status Store::checkpoint() {
  new_input_bytes_ = 0;
  new_flags_bytes_ = 0;
  checkpoint_at_ = std::chrono::steady_clock::now();
  if (queue_ == nullptr) {  // readers of the files are waiting all the same
    if (flags_) TRY_STATUS(flags_->flush());
    if (rejects_) TRY_STATUS(rejects_->flush());
    return Status();
  }
  SweepPosition position;
  position.input = position_;
  if (flags_) {
    TRY_STATUS(flags_->sync());
    position.flags_bytes = flags_->size();
  }
  if (rejects_) {
    TRY_STATUS(rejects_->sync());
    position.rejects_bytes = rejects_->size();
  }
  TRY_STATUS(queue_->commit(run_, items_, deletions_, make_checkpoint(position, summary_)));
  items_.clear();
  deletions_.clear();
  return Status();
}

Status Store::finish() {
  TRY_STATUS(checkpoint());
  if (flags_) TRY_STATUS(flags_->close());
  if (rejects_) TRY_STATUS(rejects_->close());
  if (queue_ == nullptr) return Status();
  TRY(const QueueCounts counts, queue_->finish_run(run_, to_json(summary_)));
  summary_.queue = SummaryQueue{counts.open, counts.held, counts.known, counts.deleted};
  return Status();
}

}  // namespace pantau
