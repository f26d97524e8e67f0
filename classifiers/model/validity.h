// When an entry of a list holds.
#pragma once

#include "classifiers/base/time.h"

namespace pantau {

// The days, inclusive, on which an entry of a list holds.
struct Validity {
  Day from = Day::min();
  Day to = Day::max();

  bool always() const { return from == Day::min() && to == Day::max(); }
  bool holds_on(Day day) const { return from <= day && day <= to; }
};

// The same as instants of one time zone, [from, until): asked for each record, so
// worked out once.
struct Period {
  Instant from = Instant::min();
  Instant until = Instant::max();

  Period() = default;
  Period(const Validity& validity, const TimeZone& zone) {
    if (validity.from != Day::min()) from = zone.start_of(validity.from);
    if (validity.to != Day::max()) until = zone.start_of(validity.to + std::chrono::days(1));
  }

  bool holds_at(Instant time) const { return from <= time && time < until; }
};

}  // namespace pantau
