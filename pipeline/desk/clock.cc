#include "pipeline/desk/clock.h"

#include "pipeline/desk/state.h"

namespace pantau {

Instant LegalClock::due_at(Instant found) const {
  if (!counts_working_days) return found + std::chrono::days(days);
  Day day = zone.day_of(found);
  int left = days;
  while (left > 0) {
    day += std::chrono::days(1);
    const std::chrono::weekday weekday(day);
    const bool is_weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
    if (!is_weekend && !holidays.contains(day)) left--;
  }
  return zone.start_of(day + std::chrono::days(1));
}

std::int64_t LegalClock::days_left(Instant due, Instant now) {
  return std::chrono::floor<std::chrono::days>(due - now).count();
}

std::int64_t LegalClock::found_at_most(Instant now, int days_left_max) const {
  // due_at() never falls, so halving finds the last second; a year is more than any clock.
  constexpr auto kYear = std::chrono::days(400);
  auto low =
      std::chrono::floor<std::chrono::seconds>(now + std::chrono::days(days_left_max) - kYear);
  auto high = low + 2 * kYear;
  while (high - low > std::chrono::seconds(1)) {
    const auto middle = low + (high - low) / 2;
    (days_left(due_at(middle), now) <= days_left_max ? low : high) = middle;
  }
  return low.time_since_epoch().count();
}

Answer<LegalClock> legal_clock(DeskState& state) {
  LegalClock clock;
  clock.zone = state.zone;
  TRY(const std::int64_t days, number_setting(state, "clock_days"));
  clock.days = static_cast<int>(days);
  TRY(const std::string kind, setting(state, "clock"));
  clock.counts_working_days = kind == "working";
  TRY(const std::string holidays, setting(state, "holidays"));
  constexpr std::size_t kDaySize = 10;
  for (std::size_t at = 0; at + kDaySize <= holidays.size(); at += kDaySize + 1) {
    if (const auto day = parse_day(holidays.substr(at, kDaySize))) clock.holidays.insert(*day);
  }
  return clock;
}

}  // namespace pantau
