// How often a password may be guessed: per account, per network, and by everybody together.
//
// Some failures are free; each one more doubles the wait, up to a limit, because an account
// that can be locked for ever is a way to lock somebody out. What is remembered is forgotten
// after an hour without a failure, and lies in memory only.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "classifiers/base/time.h"

namespace pantau {

struct LoginLimits {
  int free_of_account = 5;
  int free_of_network = 20;
  int free_of_all = 200;
  std::chrono::seconds wait_max{300};
  std::chrono::seconds forgotten_after{3600};
  std::size_t keys_max = 100'000;
};

// "192.0.2.7" → its /24, an IPv6 address → its /48: what one person can easily have.
std::string network_of(std::string_view address);

class LoginLimit {
 public:
  explicit LoginLimit(LoginLimits limits = {}) : limits_(limits) {}

  // How long to wait still; nothing if an attempt may be made now. The attempt then counts as
  // failed until succeeded() is told, so that many at a time gain nothing. Thread-safe.
  std::optional<std::chrono::seconds> begin_attempt(std::string_view account,
                                                    std::string_view address, Instant now);
  void succeeded(std::string_view account, std::string_view address);

 private:
  struct Failures {
    int count = 0;
    Instant last{};
    Instant blocked_until{};
  };
  struct Key {
    std::string name;
    int free = 0;
  };
  std::vector<Key> keys_of(std::string_view account, std::string_view address) const;
  void count(Failures& failures, int free, Instant now) const;
  void forget(Instant now);

  LoginLimits limits_;
  std::mutex mutex_;
  std::unordered_map<std::string, Failures> failures_;
};

}  // namespace pantau
