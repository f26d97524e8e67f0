// What a stream delivers, between the thread that reads it and the one that wants it.
//
// Messages are gathered for a moment, so that a commit is not made for each. When nobody takes
// them, the reader is held up, and with it the server: memory stays bounded.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/net/fetcher.h"

namespace pantau {

// Every limit of one stream.
struct StreamLimits {
  std::size_t message_bytes_max = std::size_t{1} << 20;
  std::size_t batch_bytes_max = std::size_t{1} << 20;  // of one answer, but for its last message
  std::size_t batches_waiting_max = 8;                 // then the server has to wait
  std::chrono::milliseconds linger{200};               // from a batch's first message on
  std::chrono::milliseconds connect_time_max{15'000};  // until the first message may come
  std::chrono::milliseconds deaf_time_max{60'000};     // without a sign of life; pings ask for one
};

class StreamMailbox {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // `wake` is called from the reader's thread when take() may have something.
  StreamMailbox(const StreamLimits& limits, std::chrono::seconds silence_max,
                std::function<void()> wake)
      : limits_(limits), silence_max_(silence_max), wake_(std::move(wake)) {}

  // The reader's side. The connection stands; its headers are told with each answer.
  void open(const std::vector<Header>& headers, Time now);
  // Waits for room. False: nobody wants it any more.
  bool put(std::string_view message, Time now);
  void end(Fetched how);  // after it nothing comes
  bool is_abandoned() const { return abandoned_; }

  // The other side. What has come, as one answer; or that nothing has come for too long; or,
  // when all was taken, how the stream ended. Nothing if it is too early for any of these.
  std::optional<Fetched> take(Time now);
  std::optional<Time> next_take() const;  // when it is worth a try, if nothing comes before
  bool has_ended() const;                 // and all of it was taken
  void abandon();

 private:
  struct Batch {
    std::string messages;
    Time first_at;
  };

  bool is_due(const Batch& batch, Time now) const;
  Fetched answer(std::string body) const;

  StreamLimits limits_;
  std::chrono::seconds silence_max_;
  std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::condition_variable room_;
  std::deque<Batch> batches_;
  std::vector<Header> headers_;
  std::optional<Time> last_at_;  // of a message; none before the connection stands
  std::optional<Fetched> end_;
  bool is_over_ = false;
  std::atomic<bool> abandoned_ = false;
};

}  // namespace pantau
