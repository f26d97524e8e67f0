// How times are taken: always beside the anchor's.
//
// The machines that this runs on are shared and change their speed from minute to minute, so
// a time alone says little. Each repetition times the anchor and the work one after the
// other, on the same bytes and threads; what is reported is the median of their ratios.
#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>
#include <functional>
#include <string_view>

#include "bench/material.h"

namespace pantau::bench {

struct Work {
  const Archive* archive = nullptr;
  unsigned threads = 1;
  std::uint64_t flags = 0;
  std::function<void()> run;

  // A stage that is not about records: how many things it does, and of how much of the archive.
  std::uint64_t items = 0;
  double share = 1;
};

// Times `work` against the anchor. Counters, medians of all repetitions: GB/s of input, records
// a second, ns a record (of a stage, only ns an item); flags; anchor_GB/s; ratio, the anchor's time
// by the work's (2 is twice as fast as the anchor); ratio_cpu, the same of the processor's time,
// which other programs on the machine disturb less and which says nothing about waiting.
void measure(benchmark::State& state, const Work& work);

// Tells that two ways to do one thing do not agree, and makes the program fail.
void tell_wrong_answer(benchmark::State& state, std::string_view what);
bool all_answers_agreed();

}  // namespace pantau::bench
