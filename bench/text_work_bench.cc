// What all of a text's work costs - folding, mentions, patterns - for a country of candidates and a
// thousand patterns, beside ten candidates and a hundred patterns. The two take turns, text for
// text of one run, so that a machine that changes its speed disturbs both alike.
#include <algorithm>
#include <chrono>
#include <ctime>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "bench/benchmarks.h"
#include "bench/few_candidates.h"
#include "bench/folded_texts.h"
#include "bench/measure.h"
#include "bench/one_rule_a_pattern.h"
#include "classifiers/contests/mentions.h"
#include "classifiers/engine.h"
#include "classifiers/rules/rule_set.h"

namespace pantau::bench {
namespace {

constexpr std::size_t kFewCandidates = 10;
constexpr std::uint32_t kFewPatterns = 100;
constexpr std::uint32_t kManyPatterns = 1000;
constexpr std::size_t kTextsOnce = 500;  // of one set-up, before the other has its turn
constexpr int kRounds = 9;               // of which the median is told

class TextWork {
 public:
  TextWork(ContestList contests, std::span<const CandidateHandle> handles, std::uint64_t seed,
           std::uint32_t patterns)
      : contests_(std::move(contests)),
        finder_(contests_, handles),
        pack_(pack_of(make_expressions(seed, patterns))),
        rules_(need(RuleSet::compile({&pack_, 1}, contests_))),
        scratch_(rules_) {}

  // Everything, from the text as it was written.
  std::size_t run(const Record& record) {
    fold(record.text, plain_);
    const bool differs = undisguise(plain_, undisguised_);
    const TextViews views{&plain_, differs ? &undisguised_ : nullptr};
    finder_.find(plain_, views.undisguised, {record.platform, "01.01", record.time}, mentions_);
    findings_.clear();
    Act act;
    act.kind = record.kind;
    act.time = record.time;
    act.views = views;
    act.targets = std::span(&link_, 1);
    act.mentions = mentions_;
    rules_.evaluate(act, scratch_, findings_);
    return mentions_.size() + findings_.matches.size();
  }

  // Where somebody is named of whom `others` know, too; as contest, candidate and place.
  std::set<std::tuple<std::string, std::string, std::uint32_t>> named(
      const ContestList& others) const {
    std::set<std::tuple<std::string, std::string, std::uint32_t>> result;
    for (const Mention& mention : mentions_) {
      const Contest& contest = contests_[mention.contest];
      const auto same = std::ranges::find(others, contest.id, &Contest::id);
      if (same == others.end() || mention.candidate >= same->candidates.size()) continue;
      result.emplace(contest.id, contest.candidates[mention.candidate].id, mention.plain.start);
    }
    return result;
  }

  std::set<std::uint32_t> matched(std::uint32_t patterns) const {
    std::set<std::uint32_t> result;
    for (const RuleMatch& match : findings_.matches) {
      if (match.rule < patterns) result.insert(match.rule);
    }
    return result;
  }

  const ContestList& contests() const { return contests_; }

 private:
  ContestList contests_;
  MentionFinder finder_;
  RulePack pack_;
  TargetLink link_;
  RuleSet rules_;
  RuleSet::Scratch scratch_;
  FoldedView plain_;
  FoldedView undisguised_;
  std::vector<Mention> mentions_;
  Findings findings_;
};

bool agree(TextWork& few, TextWork& many, std::span<const Record* const> records) {
  std::size_t found = 0;
  for (const Record* record : records) {
    few.run(*record);
    found += many.run(*record);
    if (few.named(few.contests()) != many.named(few.contests())) return false;
    if (few.matched(kFewPatterns) != many.matched(kFewPatterns)) return false;
  }
  return found > 0;
}

double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double seconds_of(TextWork& work, std::span<const Record* const> records) {
  const double start = processor_seconds();
  for (const Record* record : records) benchmark::DoNotOptimize(work.run(*record));
  return processor_seconds() - start;
}

struct Seconds {
  double few = 0;
  double many = 0;
};

Seconds one_round(TextWork& few, TextWork& many, std::span<const Record* const> records) {
  Seconds seconds;
  while (!records.empty()) {
    const auto some = records.first(std::min(kTextsOnce, records.size()));
    seconds.few += seconds_of(few, some);
    seconds.many += seconds_of(many, some);
    records = records.subspan(some.size());
  }
  return seconds;
}

void text_work(benchmark::State& state, Material& material, Mix mix) {
  const ReadArchive& read = records_of(material, mix);
  std::vector<const Record*> records;
  for (const Record& record : read.records) {
    if (!record.text.empty()) records.push_back(&record);
  }
  const EngineLists& lists = material.engine(material.settings().patterns).lists();
  const std::uint64_t seed = material.settings().seed;
  const FewCandidates some(lists, kFewCandidates);
  TextWork few(some.contests, some.handles, seed, kFewPatterns);
  TextWork many(lists.contests, handles_of(lists.campaign), seed, kManyPatterns);
  if (!agree(few, many, records)) {
    return tell_wrong_answer(state, "more candidates and patterns find other things of the few");
  }
  std::vector<Seconds> rounds;
  for (auto _ : state) {
    rounds.clear();
    for (int i = 0; i < kRounds; i++) rounds.push_back(one_round(few, many, records));
    const auto ratio = [](const Seconds& round) { return round.many / round.few; };
    std::ranges::nth_element(rounds, rounds.begin() + kRounds / 2, {}, ratio);
    state.SetIterationTime(rounds[kRounds / 2].many);
  }
  const Seconds median = rounds[kRounds / 2];
  const auto texts = static_cast<double>(records.size());
  state.counters["few_ns"] = 1e9 * median.few / texts;
  state.counters["many_ns"] = 1e9 * median.many / texts;
  state.counters["times"] = median.many / median.few;
}

}  // namespace

void register_text_work_benchmarks(Material& material) {
  for (const auto& [name, mix] : {std::pair{"stage/text_work/ordinary", Mix::Timeline},
                                  {"stage/text_work/storm", Mix::Storm}}) {
    benchmark::RegisterBenchmark(
        name, [&material, mix = mix](benchmark::State& state) { text_work(state, material, mix); })
        ->UseManualTime()
        ->Iterations(1)
        ->Unit(benchmark::kMillisecond);
  }
}

}  // namespace pantau::bench
