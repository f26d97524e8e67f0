// How much of what is made up a run of tests sees, and which.
//
// PANTAU_SEED, the first world's seed, gives other worlds than those of every day; PANTAU_WORLDS,
// how many times as many, a night full of them. Under sanitizers there are fewer.
#pragma once

#include <cstdint>
#include <cstdlib>

namespace pantau {

#if defined(__SANITIZE_THREAD__)
inline constexpr std::uint64_t kWorldsDivisor = 40;
#elif defined(__SANITIZE_ADDRESS__)
inline constexpr std::uint64_t kWorldsDivisor = 10;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr std::uint64_t kWorldsDivisor = 10;
#else
inline constexpr std::uint64_t kWorldsDivisor = 1;
#endif
#else
inline constexpr std::uint64_t kWorldsDivisor = 1;
#endif

inline std::uint64_t number_in(const char* variable, std::uint64_t otherwise) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

inline std::uint64_t first_seed() {
  return number_in("PANTAU_SEED", 1);
}

// Of the worlds of every day so many as are asked for.
inline std::uint64_t worlds_wanted(std::uint64_t every_day) {
  return every_day * number_in("PANTAU_WORLDS", 1) / kWorldsDivisor + 1;
}

}  // namespace pantau
