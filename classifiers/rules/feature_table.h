// Which of many features a key stands for. Nearly all keys that are asked for stand for none, and
// to say so costs one look into a small table of bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pantau {

// Whether a key may be one of some.
class FeatureFilter {
 public:
  // Where in a key the numbers of its bits stand.
  static constexpr int kFirstBit = 8;
  static constexpr int kSecondBit = 3;

  // A look at them, as long as the filter is there and not changed.
  struct Bits {
    const std::uint32_t* words = nullptr;
    unsigned shift = 31;

    // True for every key that was added, and for few others.
    bool may_have(std::uint32_t key) const { return (~words[key >> shift] & bits_of(key)) == 0; }
  };

  explicit FeatureFilter(std::size_t keys = 0);
  void add(std::uint32_t key) { words_[key >> shift_] |= bits_of(key); }
  Bits bits() const { return {words_.data(), shift_}; }

 private:
  // Two bits of a word of 32.
  static std::uint32_t bits_of(std::uint32_t key) {
    return std::uint32_t{1} << (key >> kFirstBit & 31) | std::uint32_t{1}
                                                             << (key >> kSecondBit & 31);
  }

  std::vector<std::uint32_t> words_;
  unsigned shift_;
};

class FeatureTable {
 public:
  void add(std::uint32_t key, std::uint32_t value) { added_.push_back({key, value}); }
  // After the last add(), before any question.
  void build();

  bool empty() const { return slots_.empty(); }
  const FeatureFilter& filter() const { return filter_; }

  // Calls found(value) for each value that was added under `key`, in the order of the values.
  template <class Found>
  void each(std::uint32_t key, Found&& found) const {
    if (!filter_.bits().may_have(key)) return;
    for (std::size_t at = key >> shift_;; at = (at + 1) & (slots_.size() - 1)) {
      const Slot& slot = slots_[at];
      if (slot.begin == slot.end) return;
      if (slot.key != key) continue;
      for (std::uint32_t i = slot.begin; i < slot.end; i++) found(values_[i]);
      return;
    }
  }

 private:
  struct Added {
    std::uint32_t key = 0;
    std::uint32_t value = 0;
    friend bool operator==(const Added&, const Added&) = default;
    friend bool operator<(const Added& a, const Added& b) {
      return a.key != b.key ? a.key < b.key : a.value < b.value;
    }
  };
  struct Slot {
    std::uint32_t key = 0;
    std::uint32_t begin = 0;  // [begin, end) in values_; empty if the slot is free
    std::uint32_t end = 0;
  };

  std::vector<Added> added_;
  FeatureFilter filter_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> values_;
  unsigned shift_ = 0;
};

}  // namespace pantau
