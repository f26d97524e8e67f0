// Memory that is given back all at once.
//
// A batch's records are views; what had to be unescaped or put together lives
// in the batch's arena, so that a record costs no allocation of its own and
// dies with its batch.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace pantau {

// Not thread-safe: an arena belongs to its batch, a batch to one stage at a time.
class Arena {
 public:
  // `bytes` of uninitialised memory, valid until reset() or the arena's end.
  char* allocate(std::size_t bytes) {
    if (bytes > static_cast<std::size_t>(end_ - next_)) grow(bytes);
    char* const start = next_;
    next_ += bytes;
    return start;
  }

  // A copy of `text` that lives as long as the arena.
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    char* const copy = allocate(text.size());
    std::memcpy(copy, text.data(), text.size());
    return {copy, text.size()};
  }

  // Gives back what allocate() took beyond `used` bytes of the last call's `bytes`.
  void give_back(std::size_t unused) { next_ -= unused; }

  // Forgets everything and keeps the first block for the next batch.
  void reset() {
    if (blocks_.size() > 1) blocks_.resize(1);
    next_ = blocks_.empty() ? nullptr : blocks_.front().bytes.get();
    end_ = blocks_.empty() ? nullptr : next_ + blocks_.front().size;
  }

 private:
  struct Block {
    std::unique_ptr<char[]> bytes;
    std::size_t size;
  };
  static constexpr std::size_t kBlockBytes = std::size_t{64} * 1024;

  void grow(std::size_t bytes) {
    const std::size_t size = std::max(bytes, kBlockBytes);
    blocks_.push_back({std::unique_ptr<char[]>(new char[size]), size});
    next_ = blocks_.back().bytes.get();
    end_ = next_ + size;
  }

  std::vector<Block> blocks_;
  char* next_ = nullptr;
  char* end_ = nullptr;
};

}  // namespace pantau
