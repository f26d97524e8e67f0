#include "pipeline/net/streaming_fetcher.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <thread>
#include <utility>

#include "pipeline/net/web_socket.h"

namespace pantau {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

class OpenStream {
 public:
  OpenStream(HttpRequest request, std::string url, const StreamLimits& limits,
             std::function<void()> wake)
      : request_(std::move(request)),
        url_(std::move(url)),
        limits_(limits),
        mailbox_(limits, request_.stream->silence_max, std::move(wake)),
        thread_([this] { read_web_socket(request_, url_, limits_, mailbox_); }) {}
  OpenStream(const OpenStream&) = delete;
  OpenStream& operator=(const OpenStream&) = delete;
  ~OpenStream() {
    mailbox_.abandon();
    thread_.join();
  }

  const std::string& subscription() const { return request_.stream->subscription; }
  StreamMailbox& mailbox() { return mailbox_; }

  bool is_wanted = true;  // an answer is waited for

 private:
  const HttpRequest request_;
  const std::string url_;
  const StreamLimits limits_;
  StreamMailbox mailbox_;
  std::thread thread_;  // the last, so that all it uses is there
};

class StreamingFetcher final : public Fetcher {
 public:
  StreamingFetcher(std::unique_ptr<Fetcher> plain, const StreamLimits& limits)
      : plain_(std::move(plain)), limits_(limits) {}

  void start(std::uint64_t ticket, HttpRequest request) override {
    if (!request.stream) return plain_->start(ticket, std::move(request));
    const auto found = streams_.find(ticket);
    if (found != streams_.end() && found->second->subscription() == request.stream->subscription) {
      found->second->is_wanted = true;
      return;
    }
    if (found != streams_.end()) streams_.erase(found);
    std::string url = next_url(ticket, request);
    streams_.emplace(ticket, std::make_unique<OpenStream>(std::move(request), std::move(url),
                                                          limits_, [this] { plain_->wake(); }));
  }

  std::vector<Fetched> wait(milliseconds longest) override {
    std::vector<Fetched> done = collect();
    if (!done.empty()) longest = milliseconds(0);
    std::ranges::move(plain_->wait(std::min(longest, until_due())), std::back_inserter(done));
    std::ranges::move(collect(), std::back_inserter(done));
    return done;
  }

  void wake() override { plain_->wake(); }

 private:
  // Each connection goes to the next one of the stream's servers, so a sick one is left alone.
  std::string next_url(std::uint64_t ticket, const HttpRequest& request) {
    const std::vector<std::string>& mirrors = request.stream->mirrors;
    const std::size_t turn = turns_[ticket]++ % (mirrors.size() + 1);
    return turn == 0 ? request.url : mirrors[turn - 1];
  }

  std::vector<Fetched> collect() {
    std::vector<Fetched> done;
    for (auto at = streams_.begin(); at != streams_.end();) {
      OpenStream& stream = *at->second;
      if (stream.is_wanted) {
        if (std::optional<Fetched> fetched = stream.mailbox().take(steady_clock::now())) {
          fetched->ticket = at->first;
          done.push_back(*std::move(fetched));
          stream.is_wanted = false;
        }
      }
      at = stream.mailbox().has_ended() ? streams_.erase(at) : std::next(at);
    }
    return done;
  }

  // Until a stream that is waited for may have something, if it says nothing before.
  milliseconds until_due() const {
    milliseconds wait = milliseconds::max();
    for (const auto& [ticket, stream] : streams_) {
      const std::optional<StreamMailbox::Time> next = stream->mailbox().next_take();
      if (!stream->is_wanted || !next) continue;
      wait = std::min(wait, std::chrono::ceil<milliseconds>(*next - steady_clock::now()));
    }
    return std::max(wait, milliseconds(0));
  }

  std::unique_ptr<Fetcher> plain_;  // woken by the streams, so it outlives them
  StreamLimits limits_;
  std::map<std::uint64_t, std::size_t> turns_;  // connections made, by ticket
  std::map<std::uint64_t, std::unique_ptr<OpenStream>> streams_;
};

}  // namespace

std::unique_ptr<Fetcher> make_streaming_fetcher(std::unique_ptr<Fetcher> plain,
                                                const StreamLimits& limits) {
  return std::make_unique<StreamingFetcher>(std::move(plain), limits);
}

}  // namespace pantau
