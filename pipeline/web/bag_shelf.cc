#include "pipeline/web/bag_shelf.h"

#include <numeric>

namespace pantau {

bool BagShelf::put(ShelvedBag bag, Instant now) {
  if (bag.bytes.size() > kBytesMax) return false;
  bag.made_at = now;
  const std::lock_guard lock(mutex_);
  forget(now);
  const auto bytes_on_shelf = [&] {
    return std::accumulate(
        bags_.begin(), bags_.end(), std::size_t{0},
        [](std::size_t sum, const auto& kept) { return sum + kept->bytes.size(); });
  };
  while (!bags_.empty() &&
         (bags_.size() >= kBagsMax || bytes_on_shelf() + bag.bytes.size() > kBytesMax)) {
    bags_.erase(bags_.begin());
  }
  bags_.push_back(std::make_shared<const ShelvedBag>(std::move(bag)));
  return true;
}

std::shared_ptr<const ShelvedBag> BagShelf::find(std::string_view id, std::int64_t staff,
                                                 Instant now) {
  const std::lock_guard lock(mutex_);
  forget(now);
  for (const auto& bag : bags_) {
    if (bag->id == id && bag->staff == staff) return bag;
  }
  return nullptr;
}

void BagShelf::forget(Instant now) {
  std::erase_if(bags_, [&](const auto& bag) { return now - bag->made_at > kKeptFor; });
}

}  // namespace pantau
