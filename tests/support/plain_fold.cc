#include "tests/support/plain_fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>
#include <unicode/utf8.h>

#include <array>
#include <utility>

#include "classifiers/base/check.h"
#include "classifiers/text/fold.h"

namespace pantau {
namespace {

constexpr char32_t kBrailleBlank = 0x2800;

const icu::Normalizer2& case_folding() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
  CHECK(U_SUCCESS(status), "NFKC case folding is part of ICU's data");
  return *normalizer;
}

const USpoofChecker* spoof_checker() {
  static USpoofChecker* const checker = [] {
    UErrorCode status = U_ZERO_ERROR;
    USpoofChecker* const opened = uspoof_open(&status);
    CHECK(U_SUCCESS(status), "the confusables are part of ICU's data");
    return opened;
  }();
  return checker;
}

bool in_categories(char32_t c, std::uint32_t mask) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & mask) != 0;
}

// Small capitals have no skeleton of their own that is Latin, and people use
// them as an alphabet.
constexpr std::array<std::pair<char32_t, char>, 24> kSmallCapitals = {{
    {U'ᴀ', 'a'}, {U'ʙ', 'b'}, {U'ᴄ', 'c'}, {U'ᴅ', 'd'}, {U'ᴇ', 'e'}, {U'ꜰ', 'f'},
    {U'ɢ', 'g'}, {U'ʜ', 'h'}, {U'ɪ', 'i'}, {U'ᴊ', 'j'}, {U'ᴋ', 'k'}, {U'ʟ', 'l'},
    {U'ᴍ', 'm'}, {U'ɴ', 'n'}, {U'ᴏ', 'o'}, {U'ᴘ', 'p'}, {U'ʀ', 'r'}, {U'ꜱ', 's'},
    {U'ᴛ', 't'}, {U'ᴜ', 'u'}, {U'ᴠ', 'v'}, {U'ᴡ', 'w'}, {U'ʏ', 'y'}, {U'ᴢ', 'z'},
}};

bool is_ascii_capital_or_small(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

char32_t latin_look(char32_t c) {
  if (c < 0x80 || !in_categories(c, U_GC_L_MASK)) return c;
  for (const auto& [capital, letter] : kSmallCapitals) {
    if (c == capital) return static_cast<char32_t>(letter);
  }
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString skeleton;
  uspoof_getSkeletonUnicodeString(spoof_checker(), 0, icu::UnicodeString(static_cast<UChar32>(c)),
                                  skeleton, &status);
  CHECK(U_SUCCESS(status), "every character has a skeleton");
  if (skeleton.length() != 1) return c;
  const char32_t look = skeleton[0];
  if (look == U'l' && in_categories(c, U_GC_LU_MASK)) return U'i';  // a capital I
  return is_ascii_capital_or_small(look) ? look : c;
}

PlainView characters_of(std::string_view text) {
  PlainView characters;
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < length;) {
    const std::int32_t start = at;
    UChar32 c;
    U8_NEXT(bytes, at, length, c);
    CHECK(c >= 0, "texts are valid UTF-8");
    characters.push_back({static_cast<char32_t>(c),
                          {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(at)}});
  }
  return characters;
}

std::string_view cut_to_bound(std::string_view text) {
  if (text.size() <= kFoldedTextBytesMax) return text;
  std::size_t length = kFoldedTextBytesMax;
  while (U8_IS_TRAIL(text[length])) length--;
  return text.substr(0, length);
}

// The characters from `begin` to the next border of normalisation, as one.
struct Segment {
  icu::UnicodeString text;
  PlainRange source;
};

std::vector<Segment> segments_of(const PlainView& characters) {
  std::vector<Segment> segments;
  for (const PlainCharacter& character : characters) {
    const auto c = static_cast<UChar32>(latin_look(character.value));
    if (segments.empty() || case_folding().hasBoundaryBefore(c)) {
      segments.push_back({icu::UnicodeString(), character.source});
    }
    segments.back().text.append(c);
    segments.back().source.end = character.source.end;
  }
  return segments;
}

PlainView normalised(const PlainView& characters) {
  PlainView result;
  for (const Segment& segment : segments_of(characters)) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString folded = case_folding().normalize(segment.text, status);
    CHECK(U_SUCCESS(status), "only memory could be short");
    for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
      result.push_back({static_cast<char32_t>(folded.char32At(i)), segment.source});
    }
  }
  return result;
}

bool is_blank(char32_t c) {
  return c == kBrailleBlank || u_isUWhiteSpace(static_cast<UChar32>(c));
}

bool is_invisible(char32_t c) {
  const bool is_skin_tone = c >= 0x1F3FB && c <= 0x1F3FF;
  const bool is_annotation = c >= 0xFFF9 && c <= 0xFFFB;
  const bool is_control = in_categories(c, U_GC_CC_MASK) && !is_blank(c);
  return is_skin_tone || is_annotation || is_control ||
         u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

char32_t small(char32_t c) {
  return c >= U'A' && c <= U'Z' ? c - U'A' + U'a' : c;
}

}  // namespace

PlainView plain_view(std::string_view text) {
  PlainView view;
  for (const PlainCharacter& character : normalised(characters_of(cut_to_bound(text)))) {
    if (is_invisible(character.value)) continue;
    if (!is_blank(character.value)) {
      view.push_back({small(latin_look(character.value)), character.source});
    } else if (!view.empty() && view.back().value == U' ') {
      view.back().source.end = character.source.end;
    } else {
      view.push_back({U' ', character.source});
    }
  }
  return view;
}

PlainRange source_of(const PlainView& view, PlainRange range) {
  CHECK(range.start < range.end, "only what is there came from somewhere");
  return {view[range.start].source.start, view[range.end - 1].source.end};
}

bool same_text(const PlainView& a, const PlainView& b) {
  return to_utf8(a) == to_utf8(b);
}

void append_utf8(std::string& text, char32_t c) {
  std::array<char, U8_MAX_LENGTH> bytes{};
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(bytes.data(), length, static_cast<UChar32>(c));
  text.append(bytes.data(), static_cast<std::size_t>(length));
}

std::string to_utf8(const PlainView& view) {
  std::string text;
  for (const PlainCharacter& character : view) append_utf8(text, character.value);
  return text;
}

std::u32string to_characters(const PlainView& view) {
  std::u32string characters;
  for (const PlainCharacter& character : view) characters += character.value;
  return characters;
}

bool is_plain_letter(char32_t c) {
  return c >= U'a' && c <= U'z';
}

bool is_plain_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

bool is_plain_word(char32_t c) {
  if (c < 0x80) return is_plain_letter(c) || is_plain_digit(c) || c == U'_';
  return in_categories(c, U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK);
}

}  // namespace pantau
