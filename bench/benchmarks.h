// What there is to measure. `material` must outlive the runs.
#pragma once

#include <string>

#include "bench/material.h"

namespace pantau::bench {

void register_sweep_benchmarks(Material& material);
void register_stage_benchmarks(Material& material);
void register_pattern_benchmarks(Material& material);
void register_text_work_benchmarks(Material& material);
void register_memory_benchmarks(Material& material);

// One sweep over a mix, whose peak memory is written to standard output; the exit status.
int sweep_and_tell_memory(Material& material, const std::string& mix, unsigned threads);

}  // namespace pantau::bench
