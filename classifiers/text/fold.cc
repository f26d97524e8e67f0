// The plain view.
//
// Most texts are ASCII and become their view by lower-casing each byte in place.
// Where that ends, ICU decides, segment by segment: a segment is what NFKC case
// folding cannot look beyond (mostly one character, a letter with its accents
// at most), so all that a segment turns into came from the segment's bytes.
// Look-alikes are replaced before folding, because capitals and small letters
// resemble different Latin letters, and again after it, because a mathematical
// alpha only becomes an alpha there.
#include "classifiers/text/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <array>

#include "classifiers/base/check.h"
#include "classifiers/text/look_alikes.h"
#include "classifiers/text/words.h"

namespace pantau {
namespace {

// What becomes of a character of the folded text.
enum class Fate : std::uint8_t { Keep, Blank, Drop };

Fate fate_of(UChar32 c) {
  if (u_isUWhiteSpace(c) != 0 || c == 0x2800) return Fate::Blank;  // U+2800: an empty Braille cell
  const bool skin_tone = c >= 0x1F3FB && c <= 0x1F3FF;
  const bool annotation = c >= 0xFFF9 && c <= 0xFFFB;
  if (skin_tone || annotation || u_charType(c) == U_CONTROL_CHAR ||
      u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0) {
    return Fate::Drop;
  }
  return Fate::Keep;
}

const icu::Normalizer2& nfkc_case_fold() {
  static const icu::Normalizer2* const normalizer = [] {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* found = icu::Normalizer2::getNFKCCasefoldInstance(status);
    CHECK(U_SUCCESS(status), "ICU's normalization data is a part of its library");
    return found;
  }();
  return *normalizer;
}

// What ICU would say of a character, remembered: its look-alike, whether a segment
// begins before it, and whether folding leaves it alone. The table covers the two
// planes that texts are written in; beyond it ICU is asked each time.
class CharacterTable {
 public:
  static const CharacterTable& get() {
    static const CharacterTable table;
    return table;
  }

  UChar32 look_alike(UChar32 c) const {
    if (c < 0x80) return c;
    if (c >= kCharacters) return static_cast<UChar32>(latin_look_alike(static_cast<char32_t>(c)));
    const char letter = facts_[static_cast<std::size_t>(c)].letter;
    return letter == 0 ? c : letter;
  }

  bool begins_segment(UChar32 c) const {
    if (c < 0x80) return true;
    if (c >= kCharacters) return nfkc_case_fold().hasBoundaryBefore(c) != 0;
    return facts_[static_cast<std::size_t>(c)].begins_segment;
  }

  // True if a segment of only this character is kept as it is.
  bool is_plain(UChar32 c) const {
    return c >= 0x80 && c < kCharacters && facts_[static_cast<std::size_t>(c)].plain;
  }

 private:
  struct Facts {
    char letter = 0;
    bool begins_segment = false;
    bool plain = false;
  };
  static constexpr UChar32 kCharacters = 0x20000;

  CharacterTable() : facts_(kCharacters) {
    const icu::Normalizer2& fold = nfkc_case_fold();
    for (UChar32 c = 0x80; c < kCharacters; c++) {
      Facts& facts = facts_[static_cast<std::size_t>(c)];
      const bool ideograph = (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3);
      const auto alike =
          ideograph ? c : static_cast<UChar32>(latin_look_alike(static_cast<char32_t>(c)));
      if (alike != c) facts.letter = static_cast<char>(alike);
      facts.begins_segment = alike != c || fold.hasBoundaryBefore(c) != 0;
      facts.plain = alike == c && fold.isInert(c) != 0 && fate_of(c) == Fate::Keep;
    }
  }

  std::vector<Facts> facts_;
};

// Appends to a view and keeps its map, which is only written down once the view
// and its source stop being byte for byte alike.
class ViewWriter {
 public:
  explicit ViewWriter(FoldedView& view) : view_(view) { view_.clear(); }

  void byte(char byte, ByteRange source) {
    if (mapped_ || source.start != view_.text_.size() || source.end != source.start + 1) {
      add_to_map(1, source);
    }
    view_.text_ += byte;
    ends_in_blank_ = false;
  }

  void character(UChar32 c, ByteRange source) {
    const std::size_t before = view_.text_.size();
    map();
    icu::UnicodeString(c).toUTF8String(view_.text_);
    add_to_map(view_.text_.size() - before, source);
    ends_in_blank_ = false;
  }

  // White space; of several in a row one blank remains, which came from all of them.
  void blank(ByteRange source) {
    if (!ends_in_blank_) {
      byte(' ', source);
      ends_in_blank_ = true;
      return;
    }
    map();
    view_.ends_.back() = source.end;
  }

 private:
  void map() {
    if (mapped_) return;
    mapped_ = true;
    for (std::uint32_t i = 0; i < view_.text_.size(); i++) {
      view_.starts_.push_back(i);
      view_.ends_.push_back(i + 1);
    }
  }

  void add_to_map(std::size_t bytes, ByteRange source) {
    map();
    view_.starts_.insert(view_.starts_.end(), bytes, source.start);
    view_.ends_.insert(view_.ends_.end(), bytes, source.end);
  }

  FoldedView& view_;
  bool mapped_ = false;
  bool ends_in_blank_ = false;
};

bool is_ascii_blank(unsigned char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

void write_ascii(unsigned char c, std::uint32_t at, ViewWriter& writer) {
  const ByteRange source{at, at + 1};
  if (is_ascii_blank(c)) {
    writer.blank(source);
  } else if (c >= 0x20 && c != 0x7F) {
    const bool capital = c >= 'A' && c <= 'Z';
    writer.byte(static_cast<char>(capital ? c + ('a' - 'A') : c), source);
  }
}

void write_folded(UChar32 c, ByteRange source, ViewWriter& writer) {
  const UChar32 alike = CharacterTable::get().look_alike(c);
  if (alike < 0x80 && alike >= 0x20 && alike != ' ' && alike != 0x7F) {
    const bool capital = alike >= 'A' && alike <= 'Z';
    return writer.byte(static_cast<char>(capital ? alike + ('a' - 'A') : alike), source);
  }
  switch (fate_of(alike)) {
    case Fate::Keep:
      return writer.character(alike, source);
    case Fate::Blank:
      return writer.blank(source);
    case Fate::Drop:
      return;
  }
}

// Folds the segment that begins at `at` and returns where it ends.
std::size_t write_segment(std::string_view text, std::size_t at, ViewWriter& writer) {
  const CharacterTable& table = CharacterTable::get();
  std::size_t end = at;
  const auto c = static_cast<UChar32>(next_character(text, end));
  const UChar32 first = table.look_alike(c);
  std::size_t next = end;
  UChar32 following = 0;
  if (next < text.size()) following = static_cast<UChar32>(next_character(text, next));
  const bool alone = end == text.size() || table.begins_segment(following);
  if (alone) {
    const ByteRange source{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
    if (table.is_plain(c)) {
      writer.character(c, source);
      return end;
    }
    if (first < 0x80) {
      write_folded(first, source, writer);
      return end;
    }
  }
  icu::UnicodeString segment(first);
  while (end < text.size()) {
    next = end;
    following = static_cast<UChar32>(next_character(text, next));
    if (table.begins_segment(following)) break;
    segment.append(table.look_alike(following));
    end = next;
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString folded = nfkc_case_fold().normalize(segment, status);
  CHECK(U_SUCCESS(status), "normalizing fails only for lack of memory");
  const ByteRange source{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
  for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    write_folded(folded.char32At(i), source, writer);
  }
  return end;
}

// Whether each byte of the text becomes one byte of the view: ASCII, without controls that are
// dropped and without two blanks in a row. Written so that the compiler makes vectors of it: nine
// of ten texts are like this.
bool is_simple(std::string_view text) {
  if (text.empty()) return true;
  const auto breaks = [](unsigned char c, unsigned char next) {
    const bool blank = is_ascii_blank(c);
    return static_cast<unsigned char>(
        static_cast<int>(c >= 0x7F) | (static_cast<int>(c < 0x20) & static_cast<int>(!blank)) |
        (static_cast<int>(blank) & static_cast<int>(is_ascii_blank(next))));
  };
  unsigned char broken = breaks(static_cast<unsigned char>(text.back()), 'x');
  for (std::size_t i = 0; i + 1 < text.size(); i++) {
    broken |= breaks(static_cast<unsigned char>(text[i]), static_cast<unsigned char>(text[i + 1]));
  }
  return broken == 0;
}

// The view of a simple text, byte for byte.
void fold_simple(std::string_view text, std::string& folded) {
  folded.resize(text.size());
  for (std::size_t i = 0; i < text.size(); i++) {
    const auto c = static_cast<unsigned char>(text[i]);
    const int small = c + (static_cast<unsigned char>(c - 'A') < 26 ? 'a' - 'A' : 0);
    folded[i] = static_cast<char>(c < 0x20 ? ' ' : small);
  }
}

std::string_view within_limit(std::string_view text) {
  if (text.size() <= kFoldedTextBytesMax) return text;
  std::size_t end = kFoldedTextBytesMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) end--;
  return text.substr(0, end);
}

}  // namespace

void fold(std::string_view text, FoldedView& plain) {
  text = within_limit(text);
  if (is_simple(text)) {
    plain.clear();
    return fold_simple(text, plain.text_);
  }
  ViewWriter writer(plain);
  std::size_t at = 0;
  while (at < text.size()) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool ascii_follows =
        at + 1 == text.size() || static_cast<unsigned char>(text[at + 1]) < 0x80;
    if (byte < 0x80 && ascii_follows) {
      write_ascii(byte, static_cast<std::uint32_t>(at), writer);
      at++;
    } else {
      at = write_segment(text, at, writer);
    }
  }
}

std::string folded(std::string_view text) {
  FoldedView view;
  fold(text, view);
  return std::move(view.text_);
}

}  // namespace pantau
