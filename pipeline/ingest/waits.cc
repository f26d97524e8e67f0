#include "pipeline/ingest/waits.h"

#include <algorithm>
#include <charconv>

#include "pipeline/net/http_date.h"

namespace pantau {
namespace {

constexpr std::string_view kResets[] = {"ratelimit-reset", "x-ratelimit-reset",
                                        "x-rate-limit-reset"};
constexpr std::string_view kRemainders[] = {"ratelimit-remaining", "x-ratelimit-remaining",
                                            "x-rate-limit-remaining"};

// A number of seconds from here on is a moment; one of so many digits counts milliseconds.
constexpr double kEpochSeconds = 1e9;
constexpr double kEpochMilliseconds = 1e12;

// More than this is no answer to "how long"; what is left of it is capped by the loop anyway.
constexpr double kSecondsMax = 1e7;

std::optional<double> read_number(std::string_view text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  if (read.ec != std::errc() || read.ptr != end || !(number >= 0)) return std::nullopt;
  return number;
}

Duration seconds(double count) {
  return Duration(static_cast<std::int64_t>(std::clamp(count, 0.0, kSecondsMax) * 1e6));
}

Duration until(Instant moment, Instant now) {
  const Duration wait = moment - now;
  return std::clamp(wait, Duration(0), seconds(kSecondsMax));
}

std::optional<Duration> read_reset(std::string_view text, Instant now) {
  if (const std::optional<double> number = read_number(text)) {
    const double since_epoch = static_cast<double>(now.time_since_epoch().count()) / 1e6;
    if (*number >= kEpochMilliseconds) return seconds(*number / 1e3 - since_epoch);
    if (*number >= kEpochSeconds) return seconds(*number - since_epoch);
    return seconds(*number);
  }
  if (const std::optional<Instant> moment = parse_rfc3339(text)) return until(*moment, now);
  return std::nullopt;
}

}  // namespace

std::optional<Instant> server_time(const Answer& answer) {
  const std::string_view date = answer.header("date");
  return date.empty() ? std::nullopt : parse_http_date(std::string(date));
}

std::optional<Duration> wait_asked_for(const Answer& answer) {
  const Instant now = server_time(answer).value_or(answer.received_at);
  if (const std::string_view after = answer.header("retry-after"); !after.empty()) {
    if (const std::optional<double> number = read_number(after)) return seconds(*number);
    if (const auto moment = parse_http_date(std::string(after))) return until(*moment, now);
  }
  for (const std::string_view name : kResets) {
    const std::string_view value = answer.header(name);
    if (value.empty()) continue;
    if (const std::optional<Duration> wait = read_reset(value, now)) return wait;
  }
  return std::nullopt;
}

bool budget_is_spent(const Answer& answer) {
  return std::ranges::any_of(
      kRemainders, [&](std::string_view name) { return read_number(answer.header(name)) == 0.0; });
}

}  // namespace pantau
