// Times as an archive has them: many, of few days, nearly all written in the same way.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "classifiers/base/time.h"

namespace pantau {

// Reads what parse_rfc3339() reads, and the same. It remembers days, and so needs to work one out
// only now and then. For one thread.
class TimeReader {
 public:
  TimeReader();

  std::optional<Instant> read(std::string_view text);

 private:
  // A day as it was written, and when it begins in UTC.
  struct KnownDay {
    std::uint64_t year_and_month = 0;  // "2024-10-"
    std::uint16_t day = 0;             // "01"
    std::chrono::sys_days begin;
  };
  static constexpr std::size_t kDays =
      128;  // a power of two; more than an archive of a campaign has

  const KnownDay* day(std::string_view text);

  std::array<KnownDay, kDays> days_;
};

}  // namespace pantau
