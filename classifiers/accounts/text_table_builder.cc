#include "classifiers/accounts/text_table_builder.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "classifiers/accounts/text_pool.h"
#include "classifiers/accounts/text_table.h"

namespace pantau {
namespace {

// Numbers of different length in the order of their values.
bool comes_behind(std::string_view text, std::string_view other) {
  return text.size() != other.size() ? text.size() > other.size() : text > other;
}

}  // namespace

void TextTableBuilder::expect(std::size_t texts, std::size_t bytes) {
  texts_.reserve(bytes);
  head_.reserve(texts / stride_ + 2);
  slots_expected_ = std::max(slots_expected_, std::bit_ceil(texts * 3 / 2));
}

std::uint32_t TextTableBuilder::number_of(std::string_view text, std::uint64_t hash) {
  if (is_ascending_) {
    if (count_ == 0 || comes_behind(text, last_)) {
      last_ = text;
      return add(text);
    }
    if (text == last_) return static_cast<std::uint32_t>(count_ - 1);
    index_what_ascends();
  }
  if (count_ * 4 >= slots_.size() * 3) resize(slots_.size() * 4);
  const auto high = static_cast<std::uint32_t>(hash >> 32);
  for (std::size_t at = slot_of(hash);; at = (at + 1) & (slots_.size() - 1)) {
    Slot& slot = slots_[at];
    if (slot.number_and_1 == 0) {
      const std::uint32_t number = add(text);
      if (!is_full_) slot = {high, number + 1};
      return number;
    }
    const std::uint32_t number = slot.number_and_1 - 1;
    if (slot.hash_high == high && this->text(number) == text) return number;
  }
}

std::uint32_t TextTableBuilder::add(std::string_view text) {
  is_full_ = is_full_ || texts_.size() + kTextBytesMax > std::numeric_limits<std::int32_t>::max();
  if (is_full_) return 0;
  if (count_ % stride_ == 0) head_.push_back(static_cast<std::uint32_t>(texts_.size()));
  append_text(texts_, text);
  head_.front() = static_cast<std::uint32_t>(++count_);
  return head_.front() - 1;
}

void TextTableBuilder::index_what_ascends() {
  is_ascending_ = false;
  resize(std::max(slots_expected_, std::bit_ceil(count_ * 2)));
  std::string_view rest = texts_;
  for (std::uint32_t number = 0; number < count_; number++) {
    const std::uint64_t hash = text_hash(take_text(rest));
    std::size_t at = slot_of(hash);
    while (slots_[at].number_and_1 != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {static_cast<std::uint32_t>(hash >> 32), number + 1};
  }
}

std::string_view TextTableBuilder::head() const {
  return {reinterpret_cast<const char*>(head_.data()), head_.size() * sizeof(std::uint32_t)};
}

std::string_view TextTableBuilder::text(std::uint32_t number) const {
  std::string_view texts = std::string_view(texts_).substr(head_[1 + number / stride_]);
  for (std::size_t before = number % stride_; before > 0; before--) take_text(texts);
  return take_text(texts);
}

void TextTableBuilder::resize(std::size_t size) {
  for (const Slot& slot : std::exchange(slots_, std::vector<Slot>(size))) {
    if (slot.number_and_1 == 0) continue;
    std::size_t at = slot.hash_high & (slots_.size() - 1);
    while (slots_[at].number_and_1 != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

}  // namespace pantau
