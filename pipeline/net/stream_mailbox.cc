#include "pipeline/net/stream_mailbox.h"

#include <algorithm>
#include <utility>

namespace pantau {
namespace {

// The headers speak of the moment when the connection was made: its clock and budgets have moved
// on when the messages come.
bool is_momentary(const Header& header) {
  return header.name == "date" || header.name == "retry-after" ||
         header.name.find("ratelimit") != std::string::npos ||
         header.name.find("rate-limit") != std::string::npos;
}

}  // namespace

void StreamMailbox::open(const std::vector<Header>& headers, Time now) {
  const std::lock_guard lock(mutex_);
  headers_ = headers;
  std::erase_if(headers_, is_momentary);
  last_at_ = now;
}

bool StreamMailbox::put(std::string_view message, Time now) {
  bool is_news = false;
  {
    std::unique_lock lock(mutex_);
    if (batches_.empty() || batches_.back().messages.size() >= limits_.batch_bytes_max) {
      room_.wait(lock, [&] { return abandoned_ || batches_.size() < limits_.batches_waiting_max; });
      if (abandoned_) return false;
      batches_.push_back({{}, now});
      is_news = true;
    }
    std::string& messages = batches_.back().messages;
    messages += kMessageBegin;
    messages += message;
    messages += kMessageEnd;
    last_at_ = now;
    is_news = is_news || messages.size() >= limits_.batch_bytes_max;
  }
  if (is_news) wake_();
  return true;
}

void StreamMailbox::end(Fetched how) {
  {
    const std::lock_guard lock(mutex_);
    end_ = std::move(how);
  }
  wake_();
}

bool StreamMailbox::is_due(const Batch& batch, Time now) const {
  return end_ || batches_.size() > 1 || batch.messages.size() >= limits_.batch_bytes_max ||
         now - batch.first_at >= limits_.linger;
}

Fetched StreamMailbox::answer(std::string body) const {
  Fetched fetched;
  fetched.answer = HttpAnswer{kStreamStatus, headers_, std::move(body)};
  return fetched;
}

std::optional<Fetched> StreamMailbox::take(Time now) {
  const std::lock_guard lock(mutex_);
  if (!batches_.empty()) {
    if (!is_due(batches_.front(), now)) return std::nullopt;
    Fetched fetched = answer(std::move(batches_.front().messages));
    batches_.pop_front();
    room_.notify_one();
    return fetched;
  }
  if (end_) {
    is_over_ = true;
    return std::exchange(end_, std::nullopt);
  }
  if (!last_at_ || now - *last_at_ < silence_max_) return std::nullopt;
  is_over_ = true;
  return answer({});
}

std::optional<StreamMailbox::Time> StreamMailbox::next_take() const {
  const std::lock_guard lock(mutex_);
  if (!batches_.empty()) return batches_.front().first_at + limits_.linger;
  if (!last_at_) return std::nullopt;
  return *last_at_ + silence_max_;
}

bool StreamMailbox::has_ended() const {
  const std::lock_guard lock(mutex_);
  return is_over_;
}

void StreamMailbox::abandon() {
  {
    const std::lock_guard lock(mutex_);
    abandoned_ = true;
  }
  room_.notify_one();
}

}  // namespace pantau
