// The plain view.
//
// Simple stretches are copied in small letters. Where one ends, segments are folded, one by one, by
// what is remembered of their characters; only segments of several characters that change one
// another are left to ICU each time.
#include "classifiers/text/fold.h"

#include <string>

#include "classifiers/text/segment.h"
#include "classifiers/text/simple_stretch.h"
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
  struct Character {
    char32_t value = 0;
    CharacterFacts facts;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  Character character_at(std::size_t at) const {
    Character character;
    character.begin = at;
    character.value = next_character(text_, at);
    character.end = at;
    character.facts = facts_of(character.value);
    return character;
  }

  // Up to where the next segment begins that is not one printable character of ASCII.
  void fold_stretch() {
    std::size_t size = fold_simple_stretch(text_.data() + at_, text_.size() - at_,
                                           writer_.ends_in_blank(), writer_.end());
    const std::size_t end = at_ + size;
    const bool belongs_to_next = size > 0 && end < text_.size() && !is_ascii(text_[end]) &&
                                 !character_at(end).facts.begins_segment;
    if (belongs_to_next) size--;
    if (size > 0) writer_.add_in_step(size, at_);
    at_ += size;
  }

  // One segment, and what follows it up to the next character of ASCII.
  void fold_segments() {
    Character next = character_at(at_);
    do {
      const Character first = next;
      bool alone = true;
      at_ = first.end;
      while (has_next()) {
        next = character_at(at_);
        if (next.facts.begins_segment) break;
        alone = alone && next.facts.vanishes;
        at_ = next.end;
      }
      if (alone && first.facts.folding != Folding::Other) {
        add(first.facts, range(first.begin, at_));
      } else {
        add_by_icu(range(first.begin, at_));
      }
    } while (has_next());
  }

  bool has_next() const { return at_ < text_.size() && !is_ascii(text_[at_]); }

  static ByteRange range(std::size_t start, std::size_t end) {
    return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
  }

  void add(const CharacterFacts& facts, ByteRange source) {
    switch (facts.folding) {
      case Folding::Character:
      case Folding::Text:
        return add(facts.bytes.data(), facts.size, facts.folding == Folding::Character, source);
      case Folding::Blank:
        return add_blank(source);
      default:
        return;
    }
  }

  void add(const char* bytes, std::size_t size, bool one_character, ByteRange source) {
    const std::size_t source_size = source.end - source.start;
    if (size > source_size) make_room(size);
    std::memcpy(writer_.end(), bytes, sizeof(CharacterFacts::bytes));
    if (one_character && size == source_size) {
      writer_.add_in_step(size, source.start);
    } else {
      writer_.add_as_one(size, source);
    }
  }

  // Of several blanks in a row one remains, which came from all of them.
  void add_blank(ByteRange source) {
    if (writer_.ends_in_blank()) return writer_.widen_last_byte(source.end);
    add(" \0\0\0", 1, true, source);
  }

  void add_by_icu(ByteRange source) {
    std::u32string segment;
    for (std::size_t at = source.start; at < source.end;) segment += next_character(text_, at);
    for (const char32_t c : fold_segment(segment)) {
      if (c == ' ') {
        make_room(1);
        add_blank(source);
      } else {
        std::array<char, U8_MAX_LENGTH> bytes;
        std::size_t size = 0;
        U8_APPEND_UNSAFE(bytes.data(), size, static_cast<UChar32>(c));
        make_room(size);
        add(bytes.data(), size, true, source);
      }
    }
  }

  // For what is to be put at the view's end, and for all that follows if it is simple.
  void make_room(std::size_t bytes) { writer_.make_room(bytes + text_.size() - at_); }

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
