#include "pipeline/web/login_limit.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace pantau {
namespace {

constexpr int kDoublingsMax = 20;

}  // namespace

std::string network_of(std::string_view address) {
  const std::string text(address);
  std::array<unsigned char, 16> bytes{};
  std::size_t kept = 0;
  if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) {
    kept = 3;
  } else if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) {
    kept = 6;
    constexpr std::array<unsigned char, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    if (std::equal(kMapped.begin(), kMapped.end(), bytes.begin())) kept = 15;  // IPv4 in IPv6
  }
  return {reinterpret_cast<const char*>(bytes.data()), kept};
}

std::vector<LoginLimit::Key> LoginLimit::keys_of(std::string_view account,
                                                 std::string_view address) const {
  return {{"account " + std::string(account), limits_.free_of_account},
          {"network " + network_of(address), limits_.free_of_network},
          {"all", limits_.free_of_all}};
}

std::optional<std::chrono::seconds> LoginLimit::begin_attempt(std::string_view account,
                                                              std::string_view address,
                                                              Instant now) {
  const std::lock_guard lock(mutex_);
  const std::vector<Key> keys = keys_of(account, address);
  if (failures_.size() + keys.size() > limits_.keys_max) forget(now);
  if (failures_.size() + keys.size() > limits_.keys_max) return limits_.wait_max;
  Instant free_at = now;
  for (const Key& key : keys) {
    const auto found = failures_.find(key.name);
    if (found != failures_.end()) free_at = std::max(free_at, found->second.blocked_until);
  }
  if (free_at > now) return std::chrono::ceil<std::chrono::seconds>(free_at - now);
  for (const Key& key : keys) count(failures_[key.name], key.free, now);
  return std::nullopt;
}

void LoginLimit::count(Failures& failures, int free, Instant now) const {
  if (now - failures.last > limits_.forgotten_after) failures.count = 0;
  failures.count++;
  failures.last = now;
  if (failures.count < free) return;
  const int doublings = std::min(failures.count - free, kDoublingsMax);
  failures.blocked_until =
      now + std::min(limits_.wait_max, std::chrono::seconds(std::int64_t{1} << doublings));
}

// The account's failures are over, and this attempt was none of the others': theirs stay, since
// whoever guesses many accounts may have one of his own.
void LoginLimit::succeeded(std::string_view account, std::string_view address) {
  const std::lock_guard lock(mutex_);
  for (const Key& key : keys_of(account, address)) {
    const auto found = failures_.find(key.name);
    if (found == failures_.end()) continue;
    found->second.count--;
    found->second.blocked_until = {};
    if (key.name.starts_with("account ") || found->second.count <= 0) failures_.erase(found);
  }
}

void LoginLimit::forget(Instant now) {
  std::erase_if(failures_, [&](const auto& entry) {
    return now - entry.second.last > limits_.forgotten_after;
  });
}

}  // namespace pantau
