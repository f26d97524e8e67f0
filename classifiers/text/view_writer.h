// How a view comes to be: bytes are put at its end, and then said where they came from.
#pragma once

#include <cstring>

#include "classifiers/text/folded_view.h"

namespace pantau {

class ViewWriter {
 public:
  // What was in the view is lost; there is room for so many bytes of a new text.
  ViewWriter(FoldedView& view, std::size_t room) : view_(view) {
    view_.pieces_.clear();
    make_room(room + 1);  // even an empty text has padding
  }

  // The view is complete when its writer ends.
  ~ViewWriter() {
    std::memset(end(), 0, kViewPaddingBytes);
    view_.text_ = {view_.bytes_.get(), size_};
  }

  ViewWriter(const ViewWriter&) = delete;
  ViewWriter& operator=(const ViewWriter&) = delete;

  std::size_t size() const { return size_; }

  // Where the next byte is to be put. Up to kViewPaddingBytes more than there is room for may be
  // overwritten.
  char* end() { return view_.bytes_.get() + size_; }

  bool ends_in_blank() { return size_ > 0 && end()[-1] == ' '; }

  void make_room(std::size_t bytes) {
    if (view_.room_ - size_ < bytes) grow(bytes);
  }

  // The bytes put at the end came one by one from those at `source` on. (Or they are one
  // character that came from another as long, which comes to the same.)
  void add_in_step(std::size_t bytes, std::size_t source) {
    if (source != size_ + source_ahead_) step_from(source);
    size_ += bytes;
  }

  // Puts bytes [begin, end) of the source there.
  void copy(std::string_view source, std::size_t begin, std::size_t end) {
    if (begin == end) return;
    std::memcpy(this->end(), source.data() + begin, end - begin);
    add_in_step(end - begin, begin);
  }

  // Each of the bytes put at the end came from all of `source`.
  void add_as_one(std::size_t bytes, ByteRange source) {
    view_.pieces_.push_back({static_cast<std::uint32_t>(size_), source});
    source_ahead_ = kNotInStep;
    size_ += bytes;
  }

  // The last byte came from what it did and all behind that up to `source_end`.
  void widen_last_byte(std::uint32_t source_end);

 private:
  // More than any place in a text.
  static constexpr std::size_t kNotInStep = std::size_t{1} << 32;

  void step_from(std::size_t source);
  void grow(std::size_t bytes);

  FoldedView& view_;
  std::size_t size_ = 0;
  std::size_t source_ahead_ = 0;  // of the view, while the two are in step
};

}  // namespace pantau
