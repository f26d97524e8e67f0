// Look-alikes are replaced before folding, because capitals and small letters resemble different
// Latin letters, and again after it, because a mathematical alpha only becomes an alpha there.
#include "classifiers/text/segment.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <atomic>

#include "classifiers/base/check.h"
#include "classifiers/text/look_alikes.h"

namespace pantau {
namespace {

// The planes 0 and 1.
constexpr std::size_t kRememberedCharacters = 0x20000;

const icu::Normalizer2& nfkc_case_fold() {
  static const icu::Normalizer2* const normalizer = [] {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* found = icu::Normalizer2::getNFKCCasefoldInstance(status);
    CHECK(U_SUCCESS(status), "ICU's normalization data is a part of its library");
    return found;
  }();
  return *normalizer;
}

bool is_blank(UChar32 c) {
  return u_isUWhiteSpace(c) != 0 || c == 0x2800;  // U+2800: an empty Braille cell
}

bool is_invisible(UChar32 c) {
  const bool skin_tone = c >= 0x1F3FB && c <= 0x1F3FF;
  const bool annotation = c >= 0xFFF9 && c <= 0xFFFB;
  return skin_tone || annotation || u_charType(c) == U_CONTROL_CHAR ||
         u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

icu::UnicodeString case_folded(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString folded = nfkc_case_fold().normalize(text, status);
  CHECK(U_SUCCESS(status), "normalizing fails only for lack of memory");
  return folded;
}

template <class LookAlike>
std::u32string fold_segment(std::u32string_view segment, LookAlike&& look_alike) {
  icu::UnicodeString text;
  for (const char32_t c : segment) text.append(static_cast<UChar32>(look_alike(c)));
  const icu::UnicodeString folded = case_folded(text);
  std::u32string result;
  for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const char32_t c = look_alike(static_cast<char32_t>(folded.char32At(i)));
    if (is_blank(static_cast<UChar32>(c))) {
      result += U' ';
    } else if (!is_invisible(static_cast<UChar32>(c))) {
      result += c;
    }
  }
  return result;
}

Folding folding_to(std::u32string_view folded) {
  if (folded.empty()) return Folding::Nothing;
  if (folded == U" ") return Folding::Blank;
  if (folded.find(U' ') != std::u32string_view::npos) return Folding::Other;
  std::size_t size = 0;
  for (const char32_t c : folded) size += U8_LENGTH(static_cast<UChar32>(c));
  if (size > CharacterFacts::kBytesMax) return Folding::Other;
  return folded.size() == 1 ? Folding::Character : Folding::Text;
}

CharacterFacts ask_icu(char32_t c) {
  CharacterFacts facts;
  const auto code_point = static_cast<UChar32>(c);
  const char32_t alike = latin_look_alike(c);
  if (alike != c) facts.set_look_alike(static_cast<char>(alike));
  if (alike != c || nfkc_case_fold().hasBoundaryBefore(code_point) != 0) facts.set_begins_segment();
  if (alike == c && case_folded(icu::UnicodeString(code_point)).isEmpty() != 0)
    facts.set_vanishes();
  const std::u32string folded = fold_segment(std::u32string_view(&c, 1), latin_look_alike);
  facts.set_folding(folding_to(folded));
  if (facts.folding() != Folding::Character && facts.folding() != Folding::Text) return facts;
  std::array<char, CharacterFacts::kBytesMax> bytes{};
  std::size_t size = 0;
  for (const char32_t character : folded) {
    U8_APPEND_UNSAFE(bytes.data(), size, static_cast<UChar32>(character));
  }
  facts.set_bytes(bytes, size);
  return facts;
}

}  // namespace

std::u32string fold_segment(std::u32string_view segment) {
  return fold_segment(segment, [](char32_t c) {
    if (c < 0x80) return c;
    const char letter = facts_of(c).look_alike();
    return letter == '\0' ? c : static_cast<char32_t>(letter);
  });
}

CharacterFacts facts_of(char32_t c) {
  // Each cell holds 0, or what any thread at any time would put there: no lock is needed, and what
  // is not met costs nothing, not even memory.
  static std::array<std::atomic<std::uint64_t>, kRememberedCharacters> remembered;
  if (c >= kRememberedCharacters) return ask_icu(c);
  std::atomic<std::uint64_t>& cell = remembered[c];
  const std::uint64_t known = cell.load(std::memory_order_relaxed);
  if (known != 0) return CharacterFacts(known);
  const CharacterFacts facts = ask_icu(c);
  cell.store(facts.word(), std::memory_order_relaxed);
  return facts;
}

}  // namespace pantau
