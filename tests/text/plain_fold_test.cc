// classifiers/text folds by tables and short cuts; support/plain_fold.h asks ICU each
// time. They must agree on every character and on every text.
#include "tests/support/plain_fold.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "classifiers/text/fold.h"
#include "classifiers/text/words.h"
#include "tests/support/random_text.h"

namespace pantau {
namespace {

// A view as people can read it: each character with what it came from.
std::string shown(const PlainView& view) {
  std::string text;
  for (const PlainCharacter& character : view) {
    text += "U+" + std::to_string(static_cast<std::uint32_t>(character.value)) + "[" +
            std::to_string(character.source.start) + "," + std::to_string(character.source.end) +
            ") ";
  }
  return text;
}

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

// The plain undisguised view, its sources in bytes of the plain view's text.
PlainView with_byte_sources(const PlainView& undisguised, const PlainView& plain) {
  std::vector<std::uint32_t> starts = {0};
  for (const PlainCharacter& character : plain) {
    std::string bytes;
    append_utf8(bytes, character.value);
    starts.push_back(starts.back() + static_cast<std::uint32_t>(bytes.size()));
  }
  PlainView result = undisguised;
  for (PlainCharacter& character : result) {
    character.source = {starts[character.source.start], starts[character.source.end]};
  }
  return result;
}

void expect_padding(const FoldedView& view) {
  const char* const end = view.text().data() + view.text().size();
  for (std::size_t i = 0; i < kViewPaddingBytes; i++) ASSERT_EQ(end[i], 0) << i;
}

// Both views of both sides; one text if they agree. The views are used again and again, as in an
// engine, so nothing of an earlier text may be left in them. The text stands alone in its memory,
// for the sanitizers to see what is read around it.
void expect_agreement(std::string_view given) {
  static FoldedView plain;
  static FoldedView undisguised;
  const std::vector<char> bytes(given.begin(), given.end());
  const std::string_view text(bytes.data(), bytes.size());
  fold(text, plain);
  const PlainView expected = plain_view(text);
  ASSERT_EQ(shown(characters_of(plain)), shown(expected)) << "\"" << text << "\"";
  ASSERT_EQ(folded(text), to_utf8(expected));
  expect_padding(plain);

  const bool differs = undisguise(plain, undisguised);
  const PlainView other = undisguised_view(expected);
  ASSERT_EQ(differs, !same_text(other, expected)) << "\"" << text << "\"";
  if (!differs) {
    ASSERT_TRUE(undisguised.text().empty());
    return;
  }
  expect_padding(undisguised);
  ASSERT_EQ(shown(characters_of(undisguised)), shown(with_byte_sources(other, expected)))
      << "\"" << text << "\"";
}

TEST(PlainFold, AgreesOnEveryCharacter) {
  for (char32_t c = 0; c <= 0x10FFFF; c++) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, c);
    FoldedView plain;
    fold(text, plain);
    const PlainView expected = plain_view(text);
    ASSERT_EQ(plain.text(), to_utf8(expected)) << "U+" << std::hex << std::uint32_t{c};
    ASSERT_EQ(characters_of(plain), expected) << "U+" << std::hex << std::uint32_t{c};
    ASSERT_EQ(is_word_character(c), is_plain_word(c)) << "U+" << std::hex << std::uint32_t{c};
  }
}

// What may join with a character before it or behind it, or vanish beside it.
TEST(PlainFold, AgreesOnEveryCharacterAmongOthers) {
  constexpr std::array<std::string_view, 12> kOthers = {
      "",       "e",      "A",      " ",          "\n",         "\u0301",
      "\u0327", "\uFE0F", "\u200D", "\U0001F44D", "\U0001F3FD", "\u3099"};
  Dice dice(5);
  for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x10000 ? 1 : c < 0x20000 ? 5 : 97) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text = std::string(dice.pick(kOthers)) + std::string(dice.pick(kOthers));
    append_utf8(text, c);
    text.append(dice.pick(kOthers)).append(dice.pick(kOthers));
    expect_agreement(text);
    if (HasFatalFailure()) FAIL() << "U+" << std::hex << std::uint32_t{c};
  }
}

// Where what is odd stands at the borders of the blocks that a text is looked at in.
TEST(PlainFold, AgreesOnOddThingsAtBordersOfBlocks) {
  constexpr std::array<std::string_view, 24> kOdd = {
      "  ",           " ",       "\n", "\x01", "\x7F", "\u00E9", "e\u0301", "\u2019", "\U0001F525",
      "\u2764\uFE0F", "ooo",     "bb", "bb.",  "oo",   "b0b",    "1b",      "b!b",    "$b",
      "a.b.c",        "a b c d", "Z",  "@b",   "_",    "b1!!b"};
  Dice dice(6);
  for (int i = 0; i < 5'000; i++) {
    std::string text;
    const std::size_t words = dice.between(1, 9);
    for (std::size_t word = 0; word < words; word++) {
      const std::size_t border = dice.percent(3) ? 1024 : 16 * dice.between(1, 9);
      const std::size_t at = border - dice.between(0, 4);
      if (at > text.size() && dice.percent(70)) {
        const bool letters = dice.percent(50);
        while (text.size() < at)
          text += letters || text.size() % 2 == 0 ? "kyx"[text.size() % 3] : '-';
      }
      text += dice.pick(kOdd);
    }
    expect_agreement(text);
    if (HasFatalFailure()) FAIL() << "text " << i;
  }
}

TEST(PlainFold, AgreesOnRandomCharacters) {
  Dice dice(1);
  for (int i = 0; i < 20'000; i++) {
    expect_agreement(random_characters(dice, dice.between(0, 12)));
    if (HasFatalFailure()) FAIL() << "text " << i;
  }
}

TEST(PlainFold, AgreesOnCharactersAmongLetters) {
  Dice dice(2);
  for (int i = 0; i < 20'000; i++) {
    std::string text;
    const std::size_t count = dice.between(1, 12);
    for (std::size_t k = 0; k < count; k++) {
      text += dice.percent(30) ? random_characters(dice, 1)
                               : std::string(1, static_cast<char>(dice.between(0x20, 0x7E)));
    }
    expect_agreement(text);
    if (HasFatalFailure()) FAIL() << "text " << i;
  }
}

// Where short texts of few characters meet every border of the undisguising rules.
TEST(PlainFold, AgreesOnShortTextsOfSigns) {
  Dice dice(3);
  constexpr std::string_view kCharacters = "aboiu0123456789!@$|_. -\xC2\xB7";
  for (int i = 0; i < 100'000; i++) {
    std::string text;
    const std::size_t count = dice.between(1, 16);
    const std::size_t kinds = dice.between(2, kCharacters.size() - 2);
    const std::size_t first = dice.below(kCharacters.size() - 2);
    for (std::size_t k = 0; k < count; k++) {
      const std::size_t at = (first + dice.below(kinds)) % (kCharacters.size() - 1);
      text += at == kCharacters.size() - 2 ? kCharacters.substr(at) : kCharacters.substr(at, 1);
    }
    expect_agreement(text);
    if (HasFatalFailure()) FAIL() << "text " << i;
  }
}

TEST(PlainFold, AgreesOnDisguisedTexts) {
  Dice dice(4);
  const TextPieces pieces = {{"Ahmad Fulan", "Fulan-Siti", "Łukasz"},
                             {"FulanSitiMenang"},
                             {"budi.s"},
                             {"coblos", "ayo", "dukung", "pilih", "maaf"}};
  for (int i = 0; i < 10'000; i++) {
    expect_agreement(random_text(dice, pieces));
    if (HasFatalFailure()) FAIL() << "text " << i;
  }
}

TEST(PlainFold, AgreesOnTextsThatAreCut) {
  // A character of three bytes across the border.
  for (std::size_t before = kFoldedTextBytesMax - 4; before <= kFoldedTextBytesMax; before++) {
    std::string text(before, 'a');
    text += "が b";
    FoldedView plain;
    fold(text, plain);
    EXPECT_EQ(plain.text(), to_utf8(plain_view(text))) << before;
  }
}

}  // namespace
}  // namespace pantau
