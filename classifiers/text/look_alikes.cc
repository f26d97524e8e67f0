#include "classifiers/text/look_alikes.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <algorithm>
#include <array>
#include <memory>

#include "classifiers/base/check.h"

namespace pantau {
namespace {

struct SmallCapital {
  char32_t capital;
  char letter;
};

constexpr std::array<SmallCapital, 24> kSmallCapitals = {{
    {0x1D00, 'a'}, {0x0299, 'b'}, {0x1D04, 'c'}, {0x1D05, 'd'}, {0x1D07, 'e'}, {0xA730, 'f'},
    {0x0262, 'g'}, {0x029C, 'h'}, {0x026A, 'i'}, {0x1D0A, 'j'}, {0x1D0B, 'k'}, {0x029F, 'l'},
    {0x1D0D, 'm'}, {0x0274, 'n'}, {0x1D0F, 'o'}, {0x1D18, 'p'}, {0x0280, 'r'}, {0xA731, 's'},
    {0x1D1B, 't'}, {0x1D1C, 'u'}, {0x1D20, 'v'}, {0x1D21, 'w'}, {0x028F, 'y'}, {0x1D22, 'z'},
}};

const USpoofChecker* checker() {
  struct Close {
    void operator()(USpoofChecker* open) const { uspoof_close(open); }
  };
  static const std::unique_ptr<USpoofChecker, Close> checker = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<USpoofChecker, Close> opened(uspoof_open(&status));
    CHECK(U_SUCCESS(status), "ICU's confusable data is a part of its library");
    return opened;
  }();
  return checker.get();
}

bool is_ascii_letter_of_any_case(char16_t c) {
  return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

}  // namespace

char32_t latin_look_alike(char32_t c) {
  const auto code_point = static_cast<UChar32>(c);
  if (c < 0x80 || (U_MASK(u_charType(code_point)) & U_GC_L_MASK) == 0) return c;
  const auto* small_capital = std::ranges::find(kSmallCapitals, c, &SmallCapital::capital);
  if (small_capital != kSmallCapitals.end()) return static_cast<char32_t>(small_capital->letter);
  icu::UnicodeString skeleton;
  UErrorCode status = U_ZERO_ERROR;
  uspoof_getSkeletonUnicodeString(checker(), 0, icu::UnicodeString(code_point), skeleton, &status);
  if (U_FAILURE(status) || skeleton.length() != 1) return c;
  const char16_t letter = skeleton.charAt(0);
  // To UTS #39 a capital I looks like a small l. Here it is an i: ＰＩＬＩＨ is "pilih".
  if (letter == u'l' && u_charType(code_point) == U_UPPERCASE_LETTER) return U'i';
  return is_ascii_letter_of_any_case(letter) ? static_cast<char32_t>(letter | 0x20) : c;
}

}  // namespace pantau
