// A client that says whatever it is told to, and a server to say it to.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "pipeline/web/server.h"

namespace pantau {

// One connection to a port of this machine.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{20, 0};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    connected_ = connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  RawClient(RawClient&& other) noexcept : fd_(other.fd_), connected_(other.connected_) {
    other.fd_ = -1;
  }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  ~RawClient() {
    if (fd_ >= 0) close(fd_);
  }

  bool connected() const { return connected_; }

  // False if the other side no longer listens.
  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // All until the other side ends the connection.
  std::string read_to_end() const {
    std::string all;
    while (read_some(all)) {
    }
    return all;
  }

  // One answer with a Content-Length; what is there already behind it is kept.
  std::string read_answer() {
    while (true) {
      const std::size_t end = kept_.find("\r\n\r\n");
      if (end != std::string::npos) {
        const std::size_t field = kept_.find("Content-Length: ");
        const std::size_t length =
            field < end ? std::stoul(kept_.substr(field + 16)) : std::size_t{0};
        if (kept_.size() >= end + 4 + length) {
          std::string answer = kept_.substr(0, end + 4 + length);
          kept_.erase(0, answer.size());
          return answer;
        }
      }
      if (!read_some(kept_)) return {};
    }
  }

  void end_sending() const { shutdown(fd_, SHUT_WR); }

 private:
  bool read_some(std::string& to) const {
    char bytes[16384];
    const ssize_t size = recv(fd_, bytes, sizeof bytes, 0);
    if (size <= 0) return false;
    to.append(bytes, static_cast<std::size_t>(size));
    return true;
  }

  int fd_;
  bool connected_ = false;
  std::string kept_;
};

// A server on a free port, as long as this lives.
class RunningServer {
 public:
  RunningServer(ServerOptions options, WebHandler handle) {
    auto opened = Server::open(std::move(options), std::move(handle));
    if (!opened) {
      ADD_FAILURE() << opened.error().message;
      return;
    }
    server_ = *std::move(opened);
    thread_ = std::thread([this] { server_->run(stop_); });
  }
  ~RunningServer() { stop(); }
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  void ask_to_stop() { stop_ = true; }
  void stop() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }
  std::uint16_t port() const { return server_->port(); }
  RawClient client() const { return RawClient(port()); }

 private:
  std::unique_ptr<Server> server_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace pantau
