#include "classifiers/contests/runs.h"

#include "classifiers/text/words.h"

namespace pantau {

std::vector<NamedRunKernel> run_kernels() {
  std::vector<NamedRunKernel> kernels;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
      __builtin_cpu_supports("popcnt")) {
    kernels.push_back({"avx2", scan_runs_avx2});
  }
#endif
  kernels.push_back({"plain", scan_runs_plain});
  return kernels;
}

std::size_t next_run(std::string_view text, std::size_t at) {
  while (at < text.size() && is_ascii_word(text[at])) at++;
  while (at < text.size() && !is_ascii_word(text[at])) at++;
  return at;
}

}  // namespace pantau
