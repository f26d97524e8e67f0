// Bags that were made and wait to be fetched by whoever had them made. They lie in memory only,
// for a short time: a case's evidence is not left about on the server's disk.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/time.h"

namespace pantau {

struct ShelvedBag {
  std::string id;  // not to be guessed
  std::int64_t staff = 0;
  std::int64_t case_id = 0;
  std::string file_name;
  std::string bytes;
  Instant made_at{};
};

class BagShelf {
 public:
  static constexpr std::size_t kBagsMax = 8;
  static constexpr std::size_t kBytesMax = std::size_t{512} << 20;
  static constexpr std::chrono::minutes kKeptFor{15};

  // The oldest make room; false if this one alone is too large.
  bool put(ShelvedBag bag, Instant now);
  // Null if it is not there, too old, or somebody else's.
  std::shared_ptr<const ShelvedBag> find(std::string_view id, std::int64_t staff, Instant now);

 private:
  void forget(Instant now);  // with the lock held

  std::mutex mutex_;
  std::vector<std::shared_ptr<const ShelvedBag>> bags_;  // oldest first
};

}  // namespace pantau
