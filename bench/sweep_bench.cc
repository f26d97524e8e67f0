// The anchor itself, the matching stage, and the whole sweep.
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bench/benchmarks.h"
#include "bench/measure.h"
#include "bench/other_matchers.h"
#include "bench/runs.h"

namespace pantau::bench {
namespace {

constexpr std::uint64_t kSetPatternsMax = 1000;

constexpr std::array kMixes = {Mix::National, Mix::Timeline, Mix::Storm, Mix::Likes, Mix::Foreign};

void anchor(benchmark::State& state, Material& material, Mix mix, unsigned threads) {
  const Archive& archive = material.archive(mix);
  if (read_five_fields(archive.pieces, threads) != read_layout(archive.chunks)) {
    return tell_wrong_answer(state, "the anchor and the layout read different fields");
  }
  measure(state, {&archive, threads, 0,
                  [&] { benchmark::DoNotOptimize(read_five_fields(archive.pieces, threads)); }});
}

// By one worker in a loop over the chunks; worked out once, for all that are compared with it.
const Answer& answer_of(Material& material, Mix mix, std::uint64_t patterns) {
  static std::map<std::pair<Mix, std::uint64_t>, Answer> known;
  const auto [found, is_new] = known.try_emplace({mix, patterns});
  if (is_new) {
    found->second =
        classify_chunks(material.engine(patterns), material.archive(mix).chunks, Hash::Wanted);
  }
  return found->second;
}

void matching(benchmark::State& state, Material& material, Mix mix, std::uint64_t patterns) {
  const Archive& archive = material.archive(mix);
  const Engine& engine = material.engine(patterns);
  const Answer& answer = answer_of(material, mix, patterns);
  if (answer.records != archive.records || answer.rejected != 0) {
    return tell_wrong_answer(state, "not every record was read");
  }
  measure(state,
          {&archive, 1, answer.flags, [&] {
             benchmark::DoNotOptimize(classify_chunks(engine, archive.chunks, Hash::Unwanted));
           }});
}

void sweep(benchmark::State& state, Material& material, Mix mix, const SweepRun& run) {
  const Archive& archive = material.archive(mix);
  const Engine& engine = material.engine(material.settings().patterns);
  const Answer answer = sweep_file(engine, archive.path, run, Hash::Wanted);
  if (answer != answer_of(material, mix, material.settings().patterns)) {
    return tell_wrong_answer(state, "a sweep and a loop over the chunks find different flags");
  }
  measure(state, {&archive, run.threads, answer.flags, [&] {
                    benchmark::DoNotOptimize(sweep_file(engine, archive.path, run, Hash::Unwanted));
                  }});
}

// The same pipeline with another matcher in the place of our index.
void matching_by(benchmark::State& state, Material& material, std::uint64_t patterns,
                 const OtherMatcher* matcher) {
  constexpr Mix kMix = Mix::Wall;  // where every text is searched
  const Archive& archive = material.archive(kMix);
  const Engine& engine = material.engine(patterns, matcher);
  const Answer answer = classify_chunks(engine, archive.chunks, Hash::Wanted);
  if (answer != answer_of(material, kMix, patterns)) {
    return tell_wrong_answer(state, "two matchers lead to different flags");
  }
  measure(state,
          {&archive, 1, answer.flags, [&] {
             benchmark::DoNotOptimize(classify_chunks(engine, archive.chunks, Hash::Unwanted));
           }});
}

std::string threads_name(unsigned threads) {
  return "/threads:" + std::to_string(threads);
}

void register_matchers(Material& material) {
  static const std::vector<OtherMatcher> others = other_matchers();
  for (const std::uint64_t patterns :
       {std::uint64_t{100}, std::uint64_t{1000}, std::uint64_t{10'000}}) {
    const auto add = [&material, patterns](const std::string& name, const OtherMatcher* matcher) {
      benchmark::RegisterBenchmark(
          ("matching/wall/patterns:" + std::to_string(patterns) + "/matcher:" + name).c_str(),
          [&material, patterns, matcher](benchmark::State& state) {
            matching_by(state, material, patterns, matcher);
          })
          ->UseManualTime()
          ->Unit(benchmark::kMillisecond);
    };
    add("pantau", nullptr);
    for (const OtherMatcher& other : others) {
      // It takes minutes to make one, and a thousand times as long to search.
      if (patterns > kSetPatternsMax && other.name == "re2set") continue;
      add(std::string(other.name), &other);
    }
  }
}

}  // namespace

void register_sweep_benchmarks(Material& material) {
  const auto add = [&material](const std::string& name, auto run, Mix mix, auto option) {
    benchmark::RegisterBenchmark(name.c_str(),
                                 [run, &material, mix, option](benchmark::State& state) {
                                   run(state, material, mix, option);
                                 })
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  };
  for (const Mix mix : kMixes) {
    const std::string name(name_of(mix));
    for (const unsigned threads : {1U, 2U})
      add("anchor/" + name + threads_name(threads), anchor, mix, threads);
    const std::uint64_t usual = material.settings().patterns;
    add("matching/" + name + "/patterns:" + std::to_string(usual), matching, mix, usual);
    for (const unsigned threads : {1U, 2U})
      add("sweep/" + name + threads_name(threads), sweep, mix, SweepRun{threads});
  }
  for (const std::uint64_t patterns :
       {std::uint64_t{10}, std::uint64_t{100}, std::uint64_t{10'000}}) {
    add("matching/timeline/patterns:" + std::to_string(patterns), matching, Mix::Timeline,
        patterns);
  }
  for (const unsigned threads : {1U, 2U}) {
    add("sweep/national/validate:all" + threads_name(threads), sweep, Mix::National,
        SweepRun{threads, Validate::All});
    add("sweep/national/bare_threads" + threads_name(threads), sweep, Mix::National,
        SweepRun{threads, Validate::Subjects, HandOut::BareThreads});
  }
  register_matchers(material);
}

}  // namespace pantau::bench
