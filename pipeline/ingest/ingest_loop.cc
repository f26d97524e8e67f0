#include "pipeline/ingest/ingest_loop.h"

#include <fmt/format.h>

#include <algorithm>

#include "classifiers/base/check.h"

namespace pantau {
namespace {

std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  return url.substr(0, url.find_first_of("/?#"));
}

HttpRequest http_request(const Request& request, const SourceSetting& setting) {
  HttpRequest http;
  http.url = request.url;
  http.headers = request.headers;
  http.reach = setting.reach;
  http.stream = request.stream;
  if (request.token == TokenUse::Bearer) http.bearer = setting.token;
  if (request.token == TokenUse::Parameter) http.key_parameter = setting.token;
  return http;
}

std::uint64_t total(const std::map<std::string_view, std::uint64_t>& counts) {
  std::uint64_t sum = 0;
  for (const auto& [what, count] : counts) sum += count;
  return sum;
}

}  // namespace

IngestLoop::IngestLoop(IngestSurroundings surroundings, const IngestSettings& settings,
                       const IngestLimits& limits, SweepName sweep)
    : around_(std::move(surroundings)),
      settings_(settings),
      limits_(limits),
      sweep_(std::move(sweep)),
      examiner_(around_.engine, sweep_),
      dice_(around_.seed) {}

Result<IngestEnd> IngestLoop::run() {
  TRY_STATUS(begin());
  while (!stopped() && !std::ranges::all_of(readers_, &Reader::is_done)) {
    TRY_STATUS(ask_what_is_due());
    for (Fetched& fetched : around_.fetcher.wait(pause())) {
      TRY_STATUS(take(std::move(fetched)));
    }
  }
  IngestEnd end;
  end.stopped = stopped();
  end.source_failed = std::ranges::any_of(
      readers_, [](const Reader& reader) { return reader.health.state == SourceState::Stopped; });
  return end;
}

bool IngestLoop::stopped() const {
  return around_.stop != nullptr && around_.stop->load();
}

Status IngestLoop::begin() {
  std::vector<std::string> names;
  for (const SourceSetting& setting : settings_.sources) names.push_back(setting.name);
  TRY(std::vector<StoredSource> stored, around_.store.begin(sweep_.id, sweep_.mandate, names));
  for (std::size_t i = 0; i < stored.size(); i++) {
    Reader reader;
    reader.setting = &settings_.sources[i];
    reader.cursor = std::move(stored[i].cursor);
    reader.health = std::move(stored[i].health);
    TRY_STATUS(resume(reader));
    readers_.push_back(std::move(reader));
  }
  return std::monostate{};
}

// A wait that a platform asked for holds over a restart; faults and what stopped a source do not,
// since a person may have mended it meanwhile.
Status IngestLoop::resume(Reader& reader) {
  SourceHealth& health = reader.health;
  const bool waits = health.state == SourceState::Waiting;
  if (const auto next_at = parse_rfc3339(health.next_at); waits && next_at) {
    const Duration left =
        std::clamp(*next_at - around_.clock.now(), Duration(0), limits_.reset_max);
    if (left.count() > 0) {
      postpone(reader, SourceState::Waiting, left, health.detail);
      return std::monostate{};
    }
  }
  health.faults_in_a_row = 0;
  health.state = SourceState::Ready;
  health.detail.clear();
  health.next_at.clear();
  if (!reader.cursor.empty()) {
    tell(reader, "going on where it stopped");
    if (!reader.setting->source->next(reader.cursor)) {
      reader.cursor = reader.setting->source->again(reader.cursor);
    }
  }
  return std::monostate{};
}

// Until something is due, but not past the next look at the stop sign.
std::chrono::milliseconds IngestLoop::pause() const {
  Duration pause = limits_.look_every;
  const Duration now = around_.clock.elapsed();
  if (on_their_way_ < limits_.requests_at_once_max) {
    for (const Reader& reader : readers_) {
      if (!reader.is_done() && !reader.asked) pause = std::min(pause, reader.due - now);
    }
  }
  return std::max(std::chrono::ceil<std::chrono::milliseconds>(pause),
                  std::chrono::milliseconds(0));
}

Status IngestLoop::ask_what_is_due() {
  for (std::size_t i = 0; i < readers_.size(); i++) {
    if (on_their_way_ >= limits_.requests_at_once_max) break;
    const Reader& reader = readers_[i];
    if (reader.is_done() || reader.asked || reader.due > around_.clock.elapsed()) continue;
    TRY_STATUS(ask(i));
  }
  return std::monostate{};
}

Status IngestLoop::ask(std::size_t number) {
  Reader& reader = readers_[number];
  std::optional<Request> request = reader.setting->source->next(reader.cursor);
  if (!request) return end_round(reader);
  const bool goes_on = reader.flows && request->stream;
  const Duration wait =
      goes_on ? Duration(0) : bucket_of(reader, request->url).take(around_.clock.elapsed());
  if (wait.count() > 0) {
    reader.due = around_.clock.elapsed() + wait;
    return std::monostate{};
  }
  fetch(number, *std::move(request));
  return std::monostate{};
}

void IngestLoop::fetch(std::size_t number, Request request) {
  Reader& reader = readers_[number];
  if (!reader.flows || !request.stream) reader.health.requests++;
  if (!request.stream) on_their_way_++;
  around_.fetcher.start(number, http_request(request, *reader.setting));
  reader.asked = std::move(request);
}

TokenBucket& IngestLoop::bucket_of(const Reader& reader, std::string_view url) {
  const std::string_view host = host_of(url);
  const auto found = buckets_.find(host);
  if (found != buckets_.end()) return found->second;
  // Of sources that share a host, the most careful one sets the pace.
  std::uint32_t rate = reader.setting->requests_per_minute;
  for (const Reader& other : readers_) {
    if (other.is_done()) continue;
    const std::optional<Request> request = other.setting->source->next(other.cursor);
    if (request && host_of(request->url) == host) {
      rate = std::min(rate, other.setting->requests_per_minute);
    }
  }
  const double burst = std::min(limits_.burst, static_cast<double>(rate));
  return buckets_.emplace(host, TokenBucket(rate, burst)).first->second;
}

Status IngestLoop::end_round(Reader& reader) {
  if (settings_.follow) {
    reader.cursor = reader.setting->source->again(reader.cursor);
    postpone(reader, SourceState::Ready, settings_.round_every, "all read; the next round follows");
  } else {
    reader.health.state = SourceState::Exhausted;
    reader.health.detail = "all read";
    reader.health.next_at.clear();
  }
  tell(reader, reader.health.detail);
  return around_.store.save_health(reader.setting->name, reader.health);
}

Status IngestLoop::take(Fetched fetched) {
  Reader& reader = readers_.at(fetched.ticket);
  CHECK(reader.asked.has_value(), "what comes back was asked for");
  const Request request = *std::exchange(reader.asked, std::nullopt);
  if (!request.stream) on_their_way_--;
  if (request.stream) reader.flows = false;  // until it has brought something
  if (!fetched.answer) return fail_once(reader, fetched.detail);
  HttpAnswer& http = *fetched.answer;
  http.body.reserve(http.body.size() + kHttpPaddingBytes);  // a copy on the way would have lost it
  reader.health.bytes += http.body.size();
  const Answer answer{http.status, http.headers, http.body, around_.clock.now()};
  Page page;
  const Verdict verdict = reader.setting->source->read(reader.cursor, answer, page);
  switch (verdict.is) {
    case Verdict::Is::Page:
      return take_page(reader, request, answer, page);
    case Verdict::Is::Wait:
      return wait(reader, verdict, answer);
    case Verdict::Is::Retry:
      return fail_once(reader, verdict.reason);
    case Verdict::Is::Stop:
      return stop(reader, verdict.reason);
  }
  return std::monostate{};
}

Status IngestLoop::take_page(Reader& reader, const Request& request, const Answer& answer,
                             Page& page) {
  if (page.cursor.size() > kCursorBytesMax) return stop(reader, "its cursor grew too long");
  if (page.cursor == reader.cursor && !request.stream) {
    return fail_once(reader, "an answer that leads nowhere");
  }
  if (request.stream) reader.flows = answer.status == kStreamStatus && !answer.body.empty();
  for (const std::string& notice : page.notices) tell(reader, notice);
  const PageFindings found = examiner_.examine(page, {request, answer});
  SourceHealth& health = reader.health;
  health.state = SourceState::Ready;
  health.detail.clear();
  health.next_at.clear();
  health.answered_at = format_rfc3339(answer.received_at);
  health.records += page.acts.size();
  health.deletions += page.removals.size();
  health.edits += found.edits.size();
  health.skipped += total(page.not_acts);
  health.rejected += total(page.rejected);
  health.flags += found.items.size();
  health.faults_in_a_row = 0;
  reader.waits_in_a_row = 0;
  reader.due = around_.clock.elapsed();
  if (budget_is_spent(answer)) {
    const Duration wait = wait_asked_for(answer).value_or(Duration(0));
    postpone(reader, SourceState::Waiting, std::min(wait, limits_.wait_max), "the budget is spent");
    tell(reader, fmt::format("the budget is spent, waiting until {}",
                             time_of_day(around_.clock.now() + std::min(wait, limits_.wait_max))));
  }
  IngestCommit commit;
  commit.source = reader.setting->name;
  commit.cursor = page.cursor;
  commit.items = found.items;
  commit.captures = found.captures;
  commit.deletions = found.deletions;
  commit.edits = found.edits;
  commit.health = &health;
  TRY(const QueueCounts counts, around_.store.commit(commit));
  if (counts.open + counts.held > 0) {
    tell(reader, fmt::format("{} new in the queue", counts.open + counts.held));
  }
  reader.cursor = std::move(page.cursor);
  return std::monostate{};
}

Status IngestLoop::wait(Reader& reader, const Verdict& verdict, const Answer& answer) {
  Duration wait{0};
  if (verdict.until) {
    wait = std::clamp(*verdict.until - around_.clock.now(), Duration(0), limits_.reset_max);
  } else if (const std::optional<Duration> asked = wait_asked_for(answer)) {
    wait = std::min(*asked, limits_.wait_max);
  }
  // A platform that says "too many" and "come back at once" is not taken at its word twice.
  reader.waits_in_a_row++;
  const bool is_unclear = wait.count() == 0;
  if (is_unclear) {
    wait = limits_.wait_first;
    for (std::uint64_t i = 1; i < reader.waits_in_a_row && wait < limits_.wait_max; i++) wait *= 2;
    wait = std::min(wait, limits_.wait_max);
  }
  postpone(reader, SourceState::Waiting, wait, verdict.reason);
  tell(reader, fmt::format("waiting until {} ({})", time_of_day(around_.clock.now() + wait),
                           verdict.reason));
  return around_.store.save_health(reader.setting->name, reader.health);
}

Status IngestLoop::fail_once(Reader& reader, std::string_view reason) {
  SourceHealth& health = reader.health;
  health.faults++;
  health.faults_in_a_row++;
  if (!settings_.follow && health.faults_in_a_row >= limits_.faults_until_stop) {
    return stop(reader, fmt::format("{}, {} times in a row", reason, health.faults_in_a_row));
  }
  const bool rests = health.faults_in_a_row >= limits_.faults_until_rest;
  const Duration pause =
      rests ? limits_.rest
            : jittered_pause(health.faults_in_a_row, limits_.pause_first, limits_.pause_max, dice_);
  postpone(reader, SourceState::Failing, pause, reason);
  tell(reader, fmt::format("{}; {} until {}", reason, rests ? "resting" : "trying again, waiting",
                           time_of_day(around_.clock.now() + pause)));
  return around_.store.save_health(reader.setting->name, health);
}

Status IngestLoop::stop(Reader& reader, std::string_view reason) {
  reader.health.state = SourceState::Stopped;
  reader.health.detail = reason;
  reader.health.next_at.clear();
  tell(reader, fmt::format("stopped: {}", reason));
  return around_.store.save_health(reader.setting->name, reader.health);
}

void IngestLoop::postpone(Reader& reader, SourceState state, Duration by, std::string_view reason) {
  reader.due = around_.clock.elapsed() + by;
  reader.health.state = state;
  reader.health.next_at = format_rfc3339(around_.clock.now() + by);
  if (reader.health.detail != reason) reader.health.detail = reason;
}

// "14:05:00", as the sweep's people read it.
std::string IngestLoop::time_of_day(Instant instant) const {
  const Instant midnight = around_.zone.start_of(around_.zone.day_of(instant));
  const auto seconds = std::chrono::floor<std::chrono::seconds>(instant - midnight).count();
  return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

void IngestLoop::tell(const Reader& reader, std::string_view what) {
  around_.tell(fmt::format("{}: {}", reader.setting->name, what));
}

}  // namespace pantau
