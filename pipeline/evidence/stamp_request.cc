#include "pipeline/evidence/stamp_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <thread>

#include "pipeline/evidence/seal.h"

namespace pantau {
namespace {

constexpr std::string_view kQueryType = "application/timestamp-query";
constexpr std::string_view kReplyType = "application/timestamp-reply";
constexpr int kStatusDone = 200;
constexpr int kStatusBusy = 429;
constexpr int kStatusOutOfOrder = 500;  // and all above

// What one try came to: an answer, or why there is none and whether another may help.
struct Try {
  std::optional<std::string> answer;
  std::string fault;
  bool may_pass = false;
};

bool is_reply(const HttpAnswer& answer) {
  const auto type = std::ranges::find(answer.headers, "content-type", &Header::name);
  return type != answer.headers.end() && type->value.starts_with(kReplyType);
}

Try judged(Fetched fetched) {
  if (!fetched.answer) {
    return {std::nullopt,
            fetched.detail.empty() ? std::string(name_of(fetched.fault)) : fetched.detail,
            fetched.fault == HttpFault::Unreachable || fetched.fault == HttpFault::Unresolved ||
                fetched.fault == HttpFault::TooSlow || fetched.fault == HttpFault::Truncated};
  }
  HttpAnswer& answer = *fetched.answer;
  if (answer.status != kStatusDone) {
    return {std::nullopt, fmt::format("its answer has status {}", answer.status),
            answer.status == kStatusBusy || answer.status >= kStatusOutOfOrder};
  }
  if (!is_reply(answer)) {
    return {std::nullopt, fmt::format("its answer is not of the type {}", kReplyType)};
  }
  return {std::move(answer.body), ""};
}

Try ask_once(Fetcher& fetcher, const TimestampSettings& settings, const std::string& query) {
  HttpRequest request;
  request.url = settings.url;
  request.body = query;
  request.body_type = kQueryType;
  request.reach.test_server = settings.server;
  request.reach.plain = true;
  fetcher.start(1, std::move(request));
  // The fetcher's own limit ends this.
  while (true) {
    std::vector<Fetched> done = fetcher.wait(std::chrono::seconds(1));
    if (!done.empty()) return judged(std::move(done.front()));
  }
}

Status check_time(Instant stamped, Instant now) {
  const auto apart = stamped > now ? stamped - now : now - stamped;
  if (apart <= kTimestampSkewMax) return Status();
  return fail(Fault::Source,
              fmt::format("it says {}, but this machine's clock says {}: one of them is wrong",
                          format_rfc3339(stamped), format_rfc3339(now)));
}

Error named(const TimestampSettings& settings, std::string_view reason) {
  return Error{Fault::Source, fmt::format("no time stamp from {}: {}", settings.url, reason)};
}

}  // namespace

HttpLimits timestamp_limits() {
  HttpLimits limits;
  limits.body_bytes_max = kSealBytesMax;
  limits.redirects_max = 0;
  limits.total_time_max = kTimestampTimeMax / kTimestampTriesMax;
  limits.connect_time_max = limits.total_time_max / 2;
  return limits;
}

Result<std::string> fetch_timestamp(Fetcher& fetcher, const TimestampSettings& settings,
                                    std::string_view data, Instant now,
                                    std::chrono::milliseconds pause) {
  TRY(const std::string query, timestamp_request(data));
  Try last;
  for (int tried = 0; tried < kTimestampTriesMax; tried++) {
    if (tried > 0) {
      std::this_thread::sleep_for(pause);
      pause *= 2;
    }
    last = ask_once(fetcher, settings, query);
    if (last.answer || !last.may_pass) break;
  }
  if (!last.answer) return tl::make_unexpected(named(settings, last.fault));
  const Result<Stamped> stamped = check_timestamp(data, *last.answer, settings.ca);
  if (!stamped) return tl::make_unexpected(named(settings, stamped.error().message));
  const Status in_time = check_time(stamped->at, now);
  if (!in_time) return tl::make_unexpected(named(settings, in_time.error().message));
  return *std::move(last.answer);
}

}  // namespace pantau
