#include "classifiers/text/view_writer.h"

#include <algorithm>

namespace pantau {

void ViewWriter::widen_last_byte(std::uint32_t source_end) {
  const auto last = static_cast<std::uint32_t>(size_ - 1);
  const ByteRange source = {view_.source_of_byte(last).start, source_end};
  if (view_.pieces_.empty() || view_.pieces_.back().begin != last) view_.pieces_.emplace_back();
  view_.pieces_.back() = {last, source};
  source_ahead_ = kNotInStep;
}

void ViewWriter::step_from(std::size_t source) {
  const auto at = static_cast<std::uint32_t>(source);
  view_.pieces_.push_back({static_cast<std::uint32_t>(size_), {at, at}});
  source_ahead_ = source - size_;
}

void ViewWriter::grow(std::size_t bytes) {
  const std::size_t room = std::max(size_ + bytes, 2 * view_.room_);
  auto grown = std::make_unique_for_overwrite<char[]>(room + kViewPaddingBytes);
  if (size_ > 0) std::memcpy(grown.get(), view_.bytes_.get(), size_);
  view_.bytes_ = std::move(grown);
  view_.room_ = room;
}

}  // namespace pantau
