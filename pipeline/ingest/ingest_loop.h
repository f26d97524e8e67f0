// The loop that reads all live sources, on one thread:
//
//   ask what is due ──▶ fetch ──▶ read ──▶ match ──▶ store, with the cursor
//        ▲                │         │
//        └── wait, back off, rest ◀─┘
//
// Everything that is hard about talking to platforms is here, once for all of them: budgets of
// hosts, the waits that they ask for, faults and pauses, and a rest for a source that goes on
// failing. A source has one request on its way at most, and asks the next one only when the last
// answer is stored; so what a crash loses is asked for again, and no more. A stream is asked in the
// same way for what has come since, so it may not run ahead of what is stored either.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/result.h"
#include "classifiers/engine.h"
#include "pipeline/ingest/pace.h"
#include "pipeline/ingest/page_examiner.h"
#include "pipeline/ingest/settings.h"
#include "pipeline/net/fetcher.h"
#include "pipeline/review/ingest_store.h"

namespace pantau {

// The clock, so that tests need not wait.
class IngestClock {
 public:
  virtual ~IngestClock() = default;
  virtual Instant now() = 0;       // for people and records
  virtual Duration elapsed() = 0;  // for waiting: since some moment, never set back
};

struct IngestLimits {
  Duration pause_first = std::chrono::seconds(1);  // after a fault; doubles, with jitter
  Duration pause_max = std::chrono::minutes(1);
  std::uint64_t faults_until_rest = 5;  // so many in a row, and a source is left alone …
  Duration rest = std::chrono::minutes(5);
  std::uint64_t faults_until_stop = 8;  // … or given up, unless the sweep follows its sources
  Duration wait_first = std::chrono::seconds(30);  // if a platform does not say how long; doubles
  Duration wait_max = std::chrono::hours(1);       // longer asks of headers are cut to this
  Duration reset_max = std::chrono::hours(25);     // of a source that knows its daily reset
  std::size_t requests_at_once_max = 16;
  double burst = 5;                           // requests that a host gets at once after a pause
  std::chrono::milliseconds look_every{250};  // at the stop sign
};

// What the loop needs of its surroundings; a test gives its own.
struct IngestSurroundings {
  const Engine& engine;
  IngestStore& store;
  Fetcher& fetcher;
  IngestClock& clock;
  TimeZone zone;                               // of the times that are told
  std::function<void(std::string_view)> tell;  // a line for people
  const std::atomic<bool>* stop = nullptr;     // becomes true: end in order
  std::uint64_t seed = 1;                      // of the jitter
};

struct IngestEnd {
  bool stopped = false;        // by the stop sign; else all sources are done
  bool source_failed = false;  // one of them because it cannot go on
};

class IngestLoop {
 public:
  IngestLoop(IngestSurroundings surroundings, const IngestSettings& settings,
             const IngestLimits& limits, SweepName sweep);

  // Begins where the sources stopped; one that had been read to its end begins a new round.
  // Returns when all sources are exhausted or stopped, or at the stop sign. An error is the
  // store's: what was committed before stands.
  Result<IngestEnd> run();

 private:
  struct Reader {
    const SourceSetting* setting = nullptr;
    std::string cursor;
    SourceHealth health;
    Duration due{0};
    std::optional<Request> asked;  // on its way
    std::uint64_t waits_in_a_row = 0;
    bool flows = false;  // its stream is open: what comes next is no new request
    bool is_done() const {
      return health.state == SourceState::Exhausted || health.state == SourceState::Stopped;
    }
  };

  Status begin();
  Status resume(Reader& reader);
  Status ask_what_is_due();
  Status ask(std::size_t number);
  void fetch(std::size_t number, Request request);
  Status end_round(Reader& reader);
  bool stopped() const;
  std::chrono::milliseconds pause() const;

  Status take(Fetched fetched);
  Status take_page(Reader& reader, const Request& request, const Answer& answer, Page& page);
  Status wait(Reader& reader, const Verdict& verdict, const Answer& answer);
  Status fail_once(Reader& reader, std::string_view reason);
  Status stop(Reader& reader, std::string_view reason);

  void postpone(Reader& reader, SourceState state, Duration by, std::string_view reason);
  std::string time_of_day(Instant instant) const;
  void tell(const Reader& reader, std::string_view what);
  TokenBucket& bucket_of(const Reader& reader, std::string_view url);

  IngestSurroundings around_;
  const IngestSettings& settings_;
  IngestLimits limits_;
  SweepName sweep_;
  PageExaminer examiner_;
  std::mt19937_64 dice_;
  std::vector<Reader> readers_;
  std::map<std::string, TokenBucket, std::less<>> buckets_;  // by host
  std::size_t on_their_way_ = 0;
};

}  // namespace pantau
