// An HTTP server on loopback that does to its clients whatever a test wants: wrong lengths, drips,
// resets, bytes without end. Plain sockets, because libraries would not let it be so rude.
#pragma once

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace pantau {

// What the server does after a request, step by step.
struct Step {
  std::string send;
  std::chrono::milliseconds pause{0};  // before it is sent
  std::size_t times = 1;               // until the client has gone, if it is that many
};

struct Reply {
  std::vector<Step> steps;
  bool keep = false;   // the connection; else it is closed
  bool reset = false;  // closed with RST
};

inline std::string http_head(int status, std::size_t length, const std::string& more = "") {
  return fmt::format("HTTP/1.1 {} Made Up\r\nContent-Length: {}\r\n{}\r\n", status, length, more);
}

inline Reply plain_reply(int status, const std::string& body, const std::string& headers = "") {
  return {{{http_head(status, body.size(), headers) + body}}, true, false};
}

class ScriptedServer {
 public:
  // Called with the request's head, on the server's threads, one at a time.
  using Script = std::function<Reply(const std::string& head, int nth)>;

  explicit ScriptedServer(Script script) : script_(std::move(script)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 64);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    accepting_ = std::thread([this] { accept_all(); });
  }
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  ~ScriptedServer() {
    ended_ = true;
    accepting_.join();
    for (std::thread& thread : serving_) thread.join();
    ::close(listener_);
  }

  std::string endpoint() const { return fmt::format("127.0.0.1:{}", port_); }
  std::string url() const { return "http://" + endpoint(); }
  int requests() const { return requests_; }
  int connections() const { return connections_; }

 private:
  static constexpr int kLookEveryMs = 20;

  bool readable(int fd) const {
    while (!ended_) {
      pollfd wanted{fd, POLLIN, 0};
      if (::poll(&wanted, 1, kLookEveryMs) > 0) return true;
    }
    return false;
  }

  void accept_all() {
    while (readable(listener_)) {
      const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (fd < 0) continue;
      connections_++;
      serving_.emplace_back([this, fd] { serve(fd); });
    }
  }

  void serve(int fd) {
    std::string head;
    while (readable(fd)) {
      char bytes[4096];
      const ssize_t size = ::recv(fd, bytes, sizeof bytes, 0);
      if (size <= 0) break;
      head.append(bytes, static_cast<std::size_t>(size));
      if (head.find("\r\n\r\n") == std::string::npos) continue;
      Reply reply;
      {
        const std::lock_guard lock(mutex_);
        reply = script_(head, requests_++);
      }
      head.clear();
      const bool sent = send_all(fd, reply);
      if (reply.reset) {
        const linger at_once{1, 0};
        ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
      }
      if (!sent || !reply.keep) break;
    }
    ::close(fd);
  }

  bool send_all(int fd, const Reply& reply) const {
    for (const Step& step : reply.steps) {
      for (std::size_t i = 0; i < step.times; i++) {
        for (auto left = step.pause; left.count() > 0; left -= std::chrono::milliseconds(10)) {
          if (ended_) return false;
          std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        std::string_view bytes = step.send;
        while (!bytes.empty()) {
          if (ended_) return false;
          pollfd wanted{fd, POLLOUT, 0};
          if (::poll(&wanted, 1, kLookEveryMs) == 0) continue;
          const ssize_t size = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
          if (size < 0) return false;
          bytes.remove_prefix(static_cast<std::size_t>(size));
        }
      }
    }
    return true;
  }

  Script script_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> ended_ = false;
  std::atomic<int> requests_ = 0;
  std::atomic<int> connections_ = 0;
  std::mutex mutex_;
  std::thread accepting_;
  std::vector<std::thread> serving_;
};

}  // namespace pantau
