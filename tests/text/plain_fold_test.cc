// classifiers/text folds by tables and short cuts; support/plain_fold.h asks ICU each
// time. They must agree on every character and on every text.
#include "tests/support/plain_fold.h"

#include <gtest/gtest.h>

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

// Both views of both sides; one text if they agree.
void expect_agreement(std::string_view text) {
  FoldedView plain;
  fold(text, plain);
  const PlainView expected = plain_view(text);
  ASSERT_EQ(shown(characters_of(plain)), shown(expected)) << "\"" << text << "\"";
  EXPECT_EQ(folded(text), to_utf8(expected));

  FoldedView undisguised;
  const bool differs = undisguise(plain, undisguised);
  const PlainView other = undisguised_view(expected);
  ASSERT_EQ(differs, !same_text(other, expected)) << "\"" << text << "\"";
  if (!differs) {
    EXPECT_TRUE(undisguised.text().empty());
    return;
  }
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
