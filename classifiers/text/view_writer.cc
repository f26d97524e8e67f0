#include "classifiers/text/view_writer.h"

#include <algorithm>

namespace pantau {

void ViewWriter::widen_last_byte(std::uint32_t source_end) {
  const auto last = static_cast<std::uint32_t>(size_ - 1);
  if (view_.pieces_.empty()) view_.pieces_.emplace_back();
  FoldedView::Piece& piece = view_.pieces_.back();  // the last byte is in it
  const bool in_step = piece.source.empty();
  const std::uint32_t start = piece.source.start + (in_step ? last - piece.begin : 0);
  if (piece.begin == last) {
    piece.source = {start, source_end};
  } else {
    view_.pieces_.push_back({last, {start, source_end}});
  }
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
