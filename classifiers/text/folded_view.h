// A view of a text, and which bytes of the text each byte of it came from.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "classifiers/text/byte_range.h"

namespace pantau {

// So many bytes behind a view's text may be read, and are zero: who looks at a text in blocks need
// not ask where it ends.
inline constexpr std::size_t kViewPaddingBytes = 80;

// One view of a text. Reused from text to text, to spare allocations.
class FoldedView {
 public:
  FoldedView() = default;
  FoldedView(FoldedView&& other) noexcept { swap(other); }
  FoldedView& operator=(FoldedView&& other) noexcept {
    swap(other);
    return *this;
  }

  std::string_view text() const { return text_; }

  // The bytes of the text it was made from that a non-empty range of this view came from; if the
  // range begins or ends inside a character, those of the whole character.
  ByteRange source_of(ByteRange range) const;

  void clear();

  // For a view of another view: now its source is what the other's is.
  void trace_through(const FoldedView& other);

 private:
  friend class ViewWriter;

  // Bytes of the view from `begin` to the next piece. Either they came one by one from the bytes
  // at source.start on (`source` is empty), or all of them from all of `source`.
  struct Piece {
    std::uint32_t begin = 0;
    ByteRange source;
  };

  // The piece that byte `at` is in, from there on; and where it ends.
  Piece piece_at(std::uint32_t at, std::uint32_t& end) const;

  // What byte `at` of the view came from.
  ByteRange source_of_byte(std::uint32_t at) const;

  void swap(FoldedView& other) noexcept;

  static constexpr std::array<char, kViewPaddingBytes> kNothing = {};

  std::string_view text_ = {kNothing.data(), 0};  // of `bytes_`
  std::vector<Piece> pieces_;      // in step from byte 0 on, until the first one says otherwise
  std::unique_ptr<char[]> bytes_;  // no string: these fill themselves with zeros when they grow
  std::size_t room_ = 0;           // in `bytes_`; the padding comes on top
};

}  // namespace pantau
