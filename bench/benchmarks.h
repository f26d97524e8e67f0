// What there is to measure. `material` must outlive the runs.
#pragma once

#include "bench/material.h"

namespace pantau::bench {

void register_sweep_benchmarks(Material& material);
void register_stage_benchmarks(Material& material);

}  // namespace pantau::bench
