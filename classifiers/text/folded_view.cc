#include "classifiers/text/folded_view.h"

#include <algorithm>
#include <utility>

#include "classifiers/text/utf8.h"

namespace pantau {
ByteRange FoldedView::source_of(ByteRange range) const {
  while (range.start > 0 && is_inside_character(text_[range.start])) range.start--;
  while (range.end < text_.size() && is_inside_character(text_[range.end])) range.end++;
  return {source_of_byte(range.start).start, source_of_byte(range.end - 1).end};
}

ByteRange FoldedView::source_of_byte(std::uint32_t at) const {
  const auto behind = std::ranges::upper_bound(pieces_, at, {}, &Piece::begin);
  const Piece piece = behind == pieces_.begin() ? Piece() : behind[-1];
  if (!piece.source.empty()) return piece.source;
  const std::uint32_t source = piece.source.start + (at - piece.begin);
  return {source, source + 1};
}

void FoldedView::swap(FoldedView& other) noexcept {
  std::swap(text_, other.text_);
  std::swap(pieces_, other.pieces_);
  std::swap(bytes_, other.bytes_);
  std::swap(room_, other.room_);
}

}  // namespace pantau
