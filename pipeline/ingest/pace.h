// How fast a host is asked, and how long is waited after faults. Pure: the time is given.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>

#include "pipeline/ingest/waits.h"

namespace pantau {

// Lets through `per_minute` requests on the average, and `burst` at once after a pause.
class TokenBucket {
 public:
  TokenBucket(double per_minute, double burst)
      : per_microsecond_(per_minute / 60e6), burst_(burst), tokens_(burst) {}

  // How long until a request may go: 0 takes a token for it.
  Duration take(Duration now) {
    tokens_ =
        std::min(burst_, tokens_ + static_cast<double>((now - at_).count()) * per_microsecond_);
    at_ = now;
    if (tokens_ >= 1) {
      tokens_ -= 1;
      return Duration(0);
    }
    return Duration(static_cast<std::int64_t>((1 - tokens_) / per_microsecond_) + 1);
  }

 private:
  double per_microsecond_;
  double burst_;
  double tokens_;
  Duration at_{0};
};

// The pause after the `faults`th fault in a row (from 1): evenly distributed between nothing and
// twice as much each time, so that many clients that failed together do not come back together.
inline Duration jittered_pause(std::uint64_t faults, Duration first, Duration longest,
                               std::mt19937_64& dice) {
  Duration most = first;
  for (std::uint64_t i = 1; i < faults && most < longest; i++) most *= 2;
  most = std::min(most, longest);
  return Duration(std::uniform_int_distribution<std::int64_t>(0, most.count())(dice));
}

}  // namespace pantau
