// Folding reads texts in vectors of bytes. Whatever stands at their borders, the views and where
// each of their bytes came from are those of the plain twin.
#include <gtest/gtest.h>

#include "classifiers/text/fold.h"
#include "classifiers/text/words.h"
#include "tests/support/plain_fold.h"
#include "tests/support/random_text.h"

namespace pantau {
namespace {

PlainView characters_of(const FoldedView& view) {
  PlainView characters;
  const std::string_view text = view.text();
  for (std::size_t at = 0; at < text.size();) {
    const auto start = static_cast<std::uint32_t>(at);
    const char32_t value = next_character(text, at);
    const ByteRange source = view.source_of({start, static_cast<std::uint32_t>(at)});
    characters.push_back({value, {source.start, source.end}});
  }
  return characters;
}

// `undisguised` with its sources in bytes of the plain view's text.
PlainView with_byte_sources(const PlainView& plain, PlainView undisguised) {
  std::vector<std::uint32_t> starts = {0};
  std::string text;
  for (const PlainCharacter& character : plain) {
    append_utf8(text, character.value);
    starts.push_back(static_cast<std::uint32_t>(text.size()));
  }
  for (PlainCharacter& character : undisguised) {
    character.source = {starts[character.source.start], starts[character.source.end]};
  }
  return undisguised;
}

// The views are reused, as a worker reuses them.
struct Views {
  FoldedView plain;
  FoldedView undisguised;
};

void expect_agreement(std::string_view text, Views& views) {
  // A copy of just its size, so that reading beyond it is seen by the address sanitizer.
  const std::vector<char> bytes(text.begin(), text.end());
  fold({bytes.data(), bytes.size()}, views.plain);
  const PlainView plain = plain_view(text);
  ASSERT_EQ(characters_of(views.plain), plain) << testing::PrintToString(std::string(text));
  const bool differs = undisguise(views.plain, views.undisguised);
  const PlainView undisguised = undisguised_view(plain);
  ASSERT_EQ(differs, !same_text(plain, undisguised)) << testing::PrintToString(std::string(text));
  if (!differs) return;
  ASSERT_EQ(characters_of(views.undisguised), with_byte_sources(plain, undisguised))
      << testing::PrintToString(std::string(text));
}

const TextPieces kPieces = {{"Ahmad Fulan", "Fulan-Siti", "Łukasz", "O'Neil"},
                            {"FulanSitiMenang"},
                            {"budi.s"},
                            {"coblos", "ayo", "dukung", "pilih", "maaf", "c0bl0s", "d.u.k.u.n.g"}};

constexpr std::size_t kSizeMax = 200;

TEST(FoldedViews, AgreeForTextsOfEverySize) {
  Dice dice(1);
  Views views;
  for (int round = 0; round < 60; round++) {
    for (std::size_t size = 0; size <= kSizeMax; size++) {
      expect_agreement(random_text_of_size(dice, kPieces, size), views);
      if (HasFatalFailure()) FAIL() << "round " << round << ", size " << size;
    }
  }
}

// One odd thing in a text that has none else, at every place of it.
TEST(FoldedViews, AgreeWhereverOneThingIsOdd) {
  Views views;
  for (const std::string odd :
       {"A",    "Z",    "[",    "@",    "`",     "{",       "  ",           "\t",
        "\r\n", "\x01", "\x1f", "\x7f", "é",     "\u200b",  "\u00a0",       "\u0301",
        "🙏",    "І",    "ii",   "uu",   "ooo",   "aa",      "aaa",          "aa ",
        "0x",   "x0",   "x!x",  "x$",   "a.b.c", "a b c d", "a_b_c",        "1.2.3",
        "|",    "x|x",  "ﬁ",    "½",    "İ",     "ẞ",       "a\u0327\u0301"}) {
    for (std::size_t size = 0; size <= 150; size++) {
      for (const char filler : {'x', ' '}) {
        std::string text;
        for (std::size_t i = 0; i < size; i++)
          text += filler == 'x' ? "xy z,"[i % 5] : "a \n"[i % 2];
        for (const std::size_t at : {std::size_t{0}, size / 3, size / 2, size}) {
          std::string changed = text;
          expect_agreement(changed.insert(at, odd), views);
          if (HasFatalFailure()) FAIL() << size << ' ' << at << ' ' << odd;
        }
        if (size % 8 == 7 || size % 8 < 2) expect_agreement(text + odd + text, views);
        if (HasFatalFailure()) FAIL() << size << ' ' << odd;
      }
    }
  }
}

TEST(FoldedViews, AgreeForLongTexts) {
  Dice dice(2);
  Views views;
  for (int round = 0; round < 8; round++) {
    expect_agreement(random_long_text(dice, kPieces, dice.below(200'000)), views);
    if (HasFatalFailure()) FAIL() << "round " << round;
  }
}

}  // namespace
}  // namespace pantau
