// The plain view.
//
// Simple stretches are copied in small letters. Where one ends, segments are folded, one by one, by
// what is remembered of their characters; only segments of several characters that change one
// another are left to ICU each time.
#include "classifiers/text/fold.h"

#include <string>

#include "classifiers/text/segment.h"
#include "classifiers/text/text_kernels.h"
#include "classifiers/text/utf8.h"
#include "classifiers/text/view_writer.h"

namespace pantau {
namespace {

class Folder {
 public:
  Folder(std::string_view text, FoldedView& plain) : text_(text), writer_(plain, text.size()) {}

  void fold() {
    while (at_ < text_.size()) {
      fold_stretch();
      if (at_ < text_.size()) fold_segments();
    }
  }

 private:
  using Bytes = std::array<char, CharacterFacts::kBytesMax>;

  // The facts of the character that begins at `at`, which moves behind it.
  CharacterFacts next_facts(std::size_t& at) const { return facts_of(next_character(text_, at)); }

  // Up to where the next segment begins that is not one printable character of ASCII.
  void fold_stretch() {
    std::size_t size = kernel_.fold_simple_stretch(text_.data() + at_, text_.size() - at_,
                                                   writer_.ends_in_blank(), writer_.end());
    std::size_t next = at_ + size;
    const bool belongs_to_next = size > 0 && next < text_.size() && !is_ascii(text_[next]) &&
                                 !next_facts(next).begins_segment();
    if (belongs_to_next) size--;
    if (size > 0) writer_.add_in_step(size, at_);
    at_ += size;
  }

  // One segment, and what follows it up to the next character of ASCII.
  void fold_segments() {
    std::size_t begin = at_;
    CharacterFacts first = next_facts(at_);
    for (;;) {
      bool alone = true;
      CharacterFacts next;
      std::size_t next_end = at_;
      while (has_next()) {
        next_end = at_;
        next = next_facts(next_end);
        if (next.begins_segment()) break;
        alone = alone && next.vanishes();
        at_ = next_end;
      }
      if (alone && first.folding() != Folding::Other) {
        add(first, range(begin, at_));
      } else {
        add_by_icu(range(begin, at_));
      }
      if (!has_next()) return;
      begin = at_;
      first = next;
      at_ = next_end;
    }
  }

  bool has_next() const { return at_ < text_.size() && !is_ascii(text_[at_]); }

  static ByteRange range(std::size_t start, std::size_t end) {
    return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
  }

  void add(CharacterFacts facts, ByteRange source) {
    switch (facts.folding()) {
      case Folding::Character:
      case Folding::Text:
        return add(facts.bytes(), facts.size(), facts.folding() == Folding::Character, source);
      case Folding::Blank:
        return add_blank(source);
      default:
        return;
    }
  }

  void add(Bytes bytes, std::size_t size, bool one_character, ByteRange source) {
    const std::size_t source_size = source.end - source.start;
    if (size > source_size) make_room(size);
    std::memcpy(writer_.end(), bytes.data(), bytes.size());
    if (one_character && size == source_size) {
      writer_.add_in_step(size, source.start);
    } else {
      writer_.add_as_one(size, source);
    }
  }

  // Of several blanks in a row one remains, which came from all of them.
  void add_blank(ByteRange source) {
    if (writer_.ends_in_blank()) return writer_.widen_last_byte(source.end);
    add(Bytes{' '}, 1, true, source);
  }

  void add_by_icu(ByteRange source) {
    std::u32string segment;
    for (std::size_t at = source.start; at < source.end;) segment += next_character(text_, at);
    for (const char32_t c : fold_segment(segment)) {
      if (c == ' ') {
        make_room(1);
        add_blank(source);
      } else {
        Bytes bytes{};
        std::size_t size = 0;
        U8_APPEND_UNSAFE(bytes.data(), size, static_cast<UChar32>(c));
        make_room(size);
        add(bytes, size, true, source);
      }
    }
  }

  // For what is to be put at the view's end, and for all that follows if it is simple.
  void make_room(std::size_t bytes) { writer_.make_room(bytes + text_.size() - at_); }

  const TextKernel& kernel_ = text_kernel();
  std::string_view text_;
  ViewWriter writer_;
  std::size_t at_ = 0;
};

std::string_view within_limit(std::string_view text) {
  if (text.size() <= kFoldedTextBytesMax) return text;
  std::size_t end = kFoldedTextBytesMax;
  while (end > 0 && is_inside_character(text[end])) end--;
  return text.substr(0, end);
}

}  // namespace

void fold(std::string_view text, FoldedView& plain) {
  Folder(within_limit(text), plain).fold();
}

std::string folded(std::string_view text) {
  FoldedView view;
  fold(text, view);
  return std::string(view.text());
}

}  // namespace pantau
