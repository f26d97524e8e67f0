// The legal clock: what was found must be decided within so many days (DOMAIN: Law 7/2017,
// article 454). Whether these are days of the calendar or of work is read both ways, so it is a
// setting.
#pragma once

#include <cstdint>
#include <set>

#include "classifiers/base/time.h"
#include "pipeline/desk/answer.h"

namespace pantau {

struct DeskState;

struct LegalClock {
  TimeZone zone = TimeZone::utc();
  int days = 7;
  bool counts_working_days = false;
  std::set<Day> holidays;

  // Calendar: as many times 24 hours. Working: the end of the last day of work, of which the day
  // of finding is none. Never earlier for what was found later.
  Instant due_at(Instant found) const;
  // Whole days until then; negative behind it.
  static std::int64_t days_left(Instant due, Instant now);
  // What was found at or before this second has at most `days_left_max` days left; by the second.
  std::int64_t found_at_most(Instant now, int days_left_max) const;
};

Answer<LegalClock> legal_clock(DeskState& state);

}  // namespace pantau
