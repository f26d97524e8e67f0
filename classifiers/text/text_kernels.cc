#include "classifiers/text/text_kernels.h"

namespace pantau {

const TextKernel& text_kernel() {
#if defined(__x86_64__)
  static const bool has_avx2 = [] {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") != 0;
  }();
  return has_avx2 ? avx2_text_kernel : sse2_text_kernel;
#else
  return plain_text_kernel;
#endif
}

}  // namespace pantau
