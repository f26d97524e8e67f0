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

void FoldedView::clear() {
  text_ = {kNothing.data(), 0};
  pieces_.clear();
}

void FoldedView::trace_through(const FoldedView& other) {
  std::vector<Piece> traced;
  std::uint32_t end = 0;
  for (std::uint32_t at = 0; at < text_.size(); at = end) {
    const Piece piece = piece_at(at, end);
    if (!piece.source.empty()) {
      traced.push_back({at, other.source_of(piece.source)});
    } else {
      std::uint32_t other_end = 0;
      traced.push_back({at, other.piece_at(piece.source.start, other_end).source});
      end = std::min(end, at + (other_end - piece.source.start));
    }
  }
  pieces_ = std::move(traced);
}

FoldedView::Piece FoldedView::piece_at(std::uint32_t at, std::uint32_t& end) const {
  const auto behind = std::ranges::upper_bound(pieces_, at, {}, &Piece::begin);
  end = behind == pieces_.end() ? static_cast<std::uint32_t>(text_.size()) : behind->begin;
  Piece piece = behind == pieces_.begin() ? Piece() : behind[-1];
  if (piece.source.empty()) {
    piece.source.start += at - piece.begin;
    piece.source.end = piece.source.start;
  }
  piece.begin = at;
  return piece;
}

ByteRange FoldedView::source_of_byte(std::uint32_t at) const {
  std::uint32_t end = 0;
  const ByteRange source = piece_at(at, end).source;
  return source.empty() ? ByteRange{source.start, source.start + 1} : source;
}

void FoldedView::swap(FoldedView& other) noexcept {
  std::swap(text_, other.text_);
  std::swap(pieces_, other.pieces_);
  std::swap(bytes_, other.bytes_);
  std::swap(room_, other.room_);
}

}  // namespace pantau
