// The stages of a sweep, each alone: what a change of one of them is judged by.
#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <vector>

#include "bench/benchmarks.h"
#include "bench/few_candidates.h"
#include "bench/folded_texts.h"
#include "bench/measure.h"
#include "bench/runs.h"
#include "pipeline/archive/inputs.h"
#include "pipeline/archive/rows.h"
#include "pipeline/sweep/finding.h"

namespace pantau::bench {
namespace {

void rows_alone(benchmark::State& state, Material& material, Mix mix) {
  const Archive& archive = material.archive(mix);
  const auto count_rows = [&] {
    std::uint64_t count = 0;
    for (const FeedItem& item : archive.chunks) {
      RowIterator rows(*item.chunk);
      for (Row row; rows.next(row);) count++;
    }
    return count;
  };
  if (count_rows() != archive.records) return tell_wrong_answer(state, "rows are missing");
  measure(state, {&archive, 1, 0, [&] { benchmark::DoNotOptimize(count_rows()); }});
}

void rows_and_layout(benchmark::State& state, Material& material, Mix mix) {
  const Archive& archive = material.archive(mix);
  if (read_layout(archive.chunks) != read_five_fields(archive.pieces, 1)) {
    return tell_wrong_answer(state, "the anchor and the layout read different fields");
  }
  measure(state, {&archive, 1, 0, [&] { benchmark::DoNotOptimize(read_layout(archive.chunks)); }});
}

// Of `mix`, all actors are on the roster or nearly none.
void roster(benchmark::State& state, Material& material, Mix mix) {
  const ReadArchive& read = records_of(material, mix);
  const Engine& engine = material.engine(material.settings().patterns);
  const EngineLists& lists = engine.lists();
  const auto probe_all = [&] {
    std::uint64_t hits = 0;
    for (const Record& record : read.records) {
      if (lists.roster.find(record.platform, record.actor, record.time, lists.zone)) hits++;
    }
    return hits;
  };
  Findings findings;
  engine.run(read.records, *engine.make_scratch(), findings);
  if (probe_all() != findings.subjects.size()) {
    return tell_wrong_answer(state, "the engine finds other subjects than the roster alone");
  }
  measure(state, stage(read, read.records.size(), [&] { benchmark::DoNotOptimize(probe_all()); }));
}

// The same look-ups in stages, as many at once as a worker does.
class StagedLookUps {
 public:
  StagedLookUps(const EngineLists& lists, std::span<const Record> records)
      : lists_(lists), records_(records) {}

  std::uint64_t hits() {
    std::uint64_t hits = 0;
    for (std::size_t at = 0; at < records_.size(); at += kBatch) {
      hits += hits_of(records_.subspan(at, std::min(kBatch, records_.size() - at)));
    }
    return hits;
  }

 private:
  static constexpr std::size_t kBatch = 48;

  std::uint64_t hits_of(std::span<const Record> records) {
    const Roster& roster = lists_.roster;
    look_ups_.clear();
    for (const Record& record : records) {
      roster.begin(record.platform, record.actor.id, record.actor.handle, look_ups_.emplace_back());
    }
    for (const AccountLookUp& look_up : look_ups_) roster.ask_slots(look_up, asking_);
    nominated_.clear();
    for (std::size_t i = 0; i < records.size(); i++) {
      if (roster.nominate(look_ups_[i])) nominated_.push_back(i);
    }
    for (const std::size_t i : nominated_) roster.ask_rows(look_ups_[i], asking_);
    asking_ = nominated_.size() * 4 > records.size() ? Asking::Load : Asking::Prefetch;
    std::uint64_t hits = 0;
    for (const std::size_t i : nominated_) {
      const Record& record = records[i];
      if (roster.find(look_ups_[i], record.platform, record.actor, record.time, lists_.zone))
        hits++;
    }
    return hits;
  }

  const EngineLists& lists_;
  std::span<const Record> records_;
  std::vector<AccountLookUp> look_ups_;
  std::vector<std::size_t> nominated_;
  Asking asking_ = Asking::Prefetch;  // as a worker chooses it
};

void staged_roster(benchmark::State& state, Material& material, Mix mix) {
  const ReadArchive& read = records_of(material, mix);
  const Engine& engine = material.engine(material.settings().patterns);
  StagedLookUps look_ups(engine.lists(), read.records);
  Findings findings;
  engine.run(read.records, *engine.make_scratch(), findings);
  if (look_ups.hits() != findings.subjects.size()) {
    return tell_wrong_answer(state, "the engine finds other subjects than the roster in stages");
  }
  measure(state,
          stage(read, read.records.size(), [&] { benchmark::DoNotOptimize(look_ups.hits()); }));
}

// The texts stand close together, and so in the processor's caches, as a text does that was just
// read.
void folding(benchmark::State& state, Material& material) {
  const ReadArchive& read = records_of(material, Mix::Timeline);
  std::string bytes;
  std::vector<std::size_t> sizes;
  FoldedView plain;
  for (const Record& record : read.records) {
    if (record.text.empty()) continue;
    bytes += record.text;
    sizes.push_back(record.text.size());
    fold(record.text, plain);
    if (plain.text() != folded(record.text)) return tell_wrong_answer(state, "two foldings");
  }
  measure(state, stage(read, sizes.size(), [&] {
            const char* text = bytes.data();
            for (const std::size_t size : sizes) {
              fold({text, size}, plain);
              text += size;
            }
            benchmark::DoNotOptimize(plain.text().size());
          }));
}

void undisguising(benchmark::State& state, Material& material) {
  const ReadArchive& read = records_of(material, Mix::Timeline);
  const std::vector<FoldedText> texts = fold_texts(read, kRecordsMax);
  FoldedView view;
  measure(state, stage(read, texts.size(), [&] {
            for (const FoldedText& text : texts) {
              benchmark::DoNotOptimize(undisguise(text.plain, view));
            }
          }));
}

std::uint64_t find_mentions(const MentionFinder& finder, std::span<const FoldedText> texts) {
  static std::vector<Mention> found;
  std::uint64_t count = 0;
  for (const FoldedText& text : texts) {
    finder.find(text.plain, text.views().undisguised,
                {text.record->platform, "01.01", text.record->time}, found);
    count += found.size();
  }
  return count;
}

void mentions(benchmark::State& state, Material& material) {
  const ReadArchive& read = records_of(material, Mix::Timeline);
  const std::vector<FoldedText> texts = fold_texts(read, kRecordsMax);
  const EngineLists& lists = material.engine(material.settings().patterns).lists();
  const MentionFinder finder(lists.contests, handles_of(lists.campaign));
  if (find_mentions(finder, texts) == 0) return tell_wrong_answer(state, "no mention in any text");
  measure(state, stage(read, texts.size(),
                       [&] { benchmark::DoNotOptimize(find_mentions(finder, texts)); }));
}

bool is_ordinary(const FoldedText& text) {
  return !text.differs && std::ranges::all_of(text.plain.text(), [](char c) {
    return static_cast<signed char>(c) > 0 && c != '#' && c != '@';
  });
}

// Texts that name nobody, have one view, ASCII only and no hashtag or handle: most of all texts,
// and in the processor's caches, as a text is that was just folded.
void ordinary_mentions(benchmark::State& state, Material& material, std::size_t candidates_max) {
  constexpr std::size_t kTextsOnce = 1000;
  constexpr int kTimes = 100;
  const ReadArchive& read = records_of(material, Mix::Timeline);
  const EngineLists& lists = material.engine(material.settings().patterns).lists();
  const FewCandidates few(lists, candidates_max);
  const MentionFinder finder(few.contests, few.handles);
  const MentionFinder everybody(lists.contests, handles_of(lists.campaign));
  std::vector<FoldedText> texts = fold_texts(read, 2 * kTextsOnce);
  std::erase_if(texts, [&](const FoldedText& text) {
    return !is_ordinary(text) || find_mentions(everybody, {&text, 1}) != 0;
  });
  texts.resize(std::min(texts.size(), kTextsOnce));
  if (find_mentions(finder, texts) != 0) return tell_wrong_answer(state, "fewer find more");
  Work work = stage(read, texts.size() * kTimes, [&] {
    for (int i = 0; i < kTimes; i++) benchmark::DoNotOptimize(find_mentions(finder, texts));
  });
  const auto of_all = std::ranges::count_if(
      read.records, [](const Record& record) { return !record.text.empty(); });
  work.share *= static_cast<double>(work.items) / static_cast<double>(of_all);
  measure(state, work);
}

// What it costs, once a run, to make ready for the search.
void mentions_index(benchmark::State& state, Material& material) {
  const ReadArchive& read = records_of(material, Mix::Timeline);
  const EngineLists& lists = material.engine(material.settings().patterns).lists();
  const std::vector<CandidateHandle> handles = handles_of(lists.campaign);
  measure(state, stage(read, 1, [&] {
            const MentionFinder finder(lists.contests, handles);
            benchmark::DoNotOptimize(&finder);
          }));
}

void serialising(benchmark::State& state, Material& material) {
  const ReadArchive& read = records_of(material, Mix::Storm);
  const Engine& engine = material.engine(material.settings().patterns);
  Findings findings;
  engine.run(read.records, *engine.make_scratch(), findings);
  const SweepName sweep{"bench", "Surat tugas rekaan"};
  measure(state, stage(read, findings.flags.size(), [&] {
            for (const Flag& flag : findings.flags) {
              const Record& record = read.records[flag.record];
              const SourceLine source{"records.ndjson", flag.record, record.text};
              std::size_t line_at = 0;
              benchmark::DoNotOptimize(
                  flag_json({engine, findings, sweep}, flag, record, source, line_at));
            }
          }));
}

// What one thread must do for all the others: with leaves_unread only to say which bytes a chunk
// has, else to read them as well.
void feeding(benchmark::State& state, Material& material, bool leaves_unread) {
  const Archive& archive = material.archive(Mix::National);
  const InputList inputs = need(list_inputs(std::span(&archive.path, 1)));
  FeedOptions options;
  options.leaves_unread = leaves_unread;
  measure(state, {&archive, 1, 0, [&] {
                    Feed feed(inputs.files, options);
                    while (std::optional<FeedItem> item = feed.next()) {
                      benchmark::DoNotOptimize(item->chunk);
                    }
                  }});
}

}  // namespace

void register_stage_benchmarks(Material& material) {
  const auto add = [&material](const std::string& name, auto run, auto... options) {
    benchmark::RegisterBenchmark(
        ("stage/" + name).c_str(),
        [run, &material, options...](benchmark::State& state) { run(state, material, options...); })
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  };
  add("feed", feeding, true);
  add("feed/reading", feeding, false);
  add("rows", rows_alone, Mix::National);
  for (const Mix mix : {Mix::National, Mix::Timeline, Mix::Likes, Mix::Foreign}) {
    add("layout/" + std::string(name_of(mix)), rows_and_layout, mix);
  }
  add("roster/misses", roster, Mix::National);
  add("roster/hits", roster, Mix::Timeline);
  add("roster_staged/misses", staged_roster, Mix::National);
  add("roster_staged/hits", staged_roster, Mix::Timeline);
  add("fold", folding);
  add("undisguise", undisguising);
  add("mentions", mentions);
  add("mentions/ordinary", ordinary_mentions, std::numeric_limits<std::size_t>::max());
  add("mentions/ordinary/candidates:10", ordinary_mentions, std::size_t{10});
  add("mentions/index", mentions_index);
  add("flags", serialising);
}

}  // namespace pantau::bench
