#include "bench/measure.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <string>
#include <vector>

#include "bench/anchor.h"

namespace pantau::bench {
namespace {

constexpr double kAnchorSecondsMin = 0.01;

bool a_wrong_answer = false;

// On a machine with other work, the time on the clock grows and the processor's does not.
struct Seconds {
  double clock = 0;
  double processor = 0;
};

double processor_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

Seconds time_of(const std::function<void()>& run) {
  const double processor = processor_seconds();
  const auto start = std::chrono::steady_clock::now();
  run();
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
          processor_seconds() - processor};
}

// Small corpora are read several times, else the clock and the threads' start are measured.
Seconds time_of_anchor(const Archive& archive, unsigned threads) {
  int times = 0;
  Seconds sum;
  while (sum.clock < kAnchorSecondsMin) {
    const Seconds once =
        time_of([&] { benchmark::DoNotOptimize(read_five_fields(archive.pieces, threads)); });
    sum = {sum.clock + once.clock, sum.processor + once.processor};
    times++;
  }
  return {sum.clock / times, sum.processor / times};
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

}  // namespace

void measure(benchmark::State& state, const Work& work) {
  std::vector<double> ratios;
  std::vector<double> processor_ratios;
  std::vector<double> anchors;
  std::vector<double> times;
  for (auto _ : state) {
    const Seconds anchor = time_of_anchor(*work.archive, work.threads);
    const Seconds time = time_of(work.run);
    anchors.push_back(anchor.clock);
    times.push_back(time.clock);
    ratios.push_back(work.share * anchor.clock / time.clock);
    processor_ratios.push_back(work.share * anchor.processor / time.processor);
    state.SetIterationTime(time.clock);
  }
  const double bytes = static_cast<double>(work.archive->lines.size());
  const double records = static_cast<double>(work.archive->records);
  const double time = median(times);
  if (work.items != 0) {
    state.counters["ns/item"] = time / static_cast<double>(work.items) * 1e9;
  } else {
    state.counters["GB/s"] = bytes / time / 1e9;
    state.counters["rec/s"] = records / time;
    state.counters["ns/rec"] = time / records * 1e9;
    state.counters["flags"] = static_cast<double>(work.flags);
  }
  state.counters["anchor_GB/s"] = bytes / median(anchors) / 1e9;
  state.counters["ratio"] = median(ratios);
  state.counters["ratio_cpu"] = median(processor_ratios);
}

void tell_wrong_answer(benchmark::State& state, std::string_view what) {
  a_wrong_answer = true;
  state.SkipWithError(std::string("wrong answer: ").append(what).c_str());
}

bool all_answers_agreed() {
  return !a_wrong_answer;
}

}  // namespace pantau::bench
