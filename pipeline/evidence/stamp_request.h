// A bag's time stamp, asked of an authority over HTTP (RFC 3161, 3.4).
//
// Only a hash goes out. Plain HTTP is allowed, and is what many authorities have: an answer proves
// itself, for it is checked against the authority's certificate before it is taken.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "classifiers/base/result.h"
#include "classifiers/base/time.h"
#include "pipeline/net/fetcher.h"

namespace pantau {

struct TimestampSettings {
  std::string url;     // empty: bags are not stamped
  std::string ca;      // PEM: whom its stamps are held against
  std::string server;  // "10.1.2.3:318": an authority in the house, as HttpReach::test_server
};

inline constexpr int kTimestampTriesMax = 3;
// Of all tries together, for somebody waits.
inline constexpr std::chrono::milliseconds kTimestampTimeMax{30'000};
// A stamp that tells another time than ours by more than this is wrong, or our clock is.
inline constexpr std::chrono::seconds kTimestampSkewMax{600};

// What requests for stamps are limited to.
HttpLimits timestamp_limits();

// DER of an answer that stamps `data`. Asked again, after `pause` and then twice that, if the
// authority cannot be reached or is out of order. Fault::Source with the reason if there is no
// good answer; `now` is the clock's time.
Result<std::string> fetch_timestamp(Fetcher& fetcher, const TimestampSettings& settings,
                                    std::string_view data, Instant now,
                                    std::chrono::milliseconds pause = std::chrono::seconds(1));

}  // namespace pantau
