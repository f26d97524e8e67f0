// Texts as people write them, folded: the examples that the two twins of this folder could both
// have wrong.
#include "classifiers/text/fold.h"

#include <gtest/gtest.h>

#include <utility>

namespace pantau {
namespace {

std::string undisguised(std::string_view text) {
  FoldedView plain;
  FoldedView view;
  fold(text, plain);
  return std::string(undisguise(plain, view) ? view.text() : plain.text());
}

TEST(Fold, SeesThroughWidthCaseAndLookAlikes) {
  for (const char* text : {"PILIH", "ＰＩＬＩＨ", "𝗣𝗜𝗟𝗜𝗛", "РІLІН", "pi\u200Blih", "ᴘɪʟɪʜ", "𝓅𝒾𝓁𝒾𝒽",
                           "ⓟⓘⓛⓘⓗ", "p\u00ADilih", "pіlіh"}) {
    EXPECT_EQ(folded(text), "pilih") << text;
  }
  EXPECT_EQ(folded("Ayo\r\n\tcoblos\u00A0②👍🏽!"), "ayo coblos 2👍!");
}

TEST(Undisguise, SeesThroughSignsSeparatorsAndRepetition) {
  for (const char* text :
       {"c0bl0s", "c.o.b.l.o.s", "c-o-b-l-o-s", "c o b l o s", "coblosss", "coooblooos", "c0bl05",
        "c_o_b_l_o_s", "c . o . b . l . o . s", "COBLO$"}) {
    EXPECT_EQ(undisguised(text), "coblos") << text;
  }
  EXPECT_EQ(undisguised("p!lih m3n4ngk4n dukuuung"), "pilih menangkan dukung");
}

TEST(Undisguise, TellsTheWordsOfACallApart) {
  const std::pair<const char*, const char*> examples[] = {
      {"J a n g a n p i l i h", "jangan pilih"},
      {"a.y.o.c.o.b.l.o.s fulan", "ayo coblos fulan"},
      {"p i l i h f u l a n", "pilih fulan"},
      {"a h m a d   f u l a n", "ahmad fulan"},  // more white space than between letters
      {"c o b l o s n o m o r 3", "coblos nomor 3"},
      {"n0m0r3 ay0 mar1", "nomor3 ayo mari"},
      {"p!l!h k@l@u m!l!h u$@h", "pilih kalau milih usah"},
      {"nomor II", "nomor ii"},
      {"p e m i l i h a n", "pemilihan"},
  };
  for (const auto& [text, expected] : examples) EXPECT_EQ(undisguised(text), expected);
}

TEST(Undisguise, KnowsWhereTheBlankBetweenTwoWordsCameFrom) {
  FoldedView plain;
  FoldedView view;
  fold("a-y-o-p-i-l-i-h", plain);
  ASSERT_TRUE(undisguise(plain, view));
  ASSERT_EQ(view.text(), "ayo pilih");
  EXPECT_EQ(view.source_of({3, 4}), (ByteRange{5, 6}));
  EXPECT_EQ(view.source_of({4, 9}), (ByteRange{6, 15}));
}

TEST(Undisguise, LeavesOrdinaryWordsAndNumbersAlone) {
  for (const char* text :
       {"nomor2", "nomor1!", "0812 3456 7890", "tahun 2024", "paslon01, paslon02",
        "maaf saat tanggal", "s.h. dan m.h.", "a b c", "halo!", "jam 10.30", "rp15.000",
        "2024menang", "e-ktp", "paslon iii", "vii", "pasal2"}) {
    EXPECT_EQ(undisguised(text), text);
  }
}

TEST(Fold, KnowsWhereEachByteCameFrom) {
  const std::string text = "«Рilih» c0bl0s";
  FoldedView plain;
  fold(text, plain);
  const auto at = static_cast<std::uint32_t>(plain.text().find("pilih"));
  const ByteRange source = plain.source_of({at, at + 5});
  EXPECT_EQ(text.substr(source.start, source.end - source.start), "Рilih");
  FoldedView other;
  ASSERT_TRUE(undisguise(plain, other));
  const auto there = static_cast<std::uint32_t>(other.text().find("coblos"));
  const ByteRange original = plain.source_of(other.source_of({there, there + 6}));
  EXPECT_EQ(text.substr(original.start, original.end - original.start), "c0bl0s");
}

TEST(Fold, KnowsWholeCharactersOnly) {
  FoldedView plain;
  fold("a\u00E9b \u0456", plain);  // the second letter stays as long as it is, the last does not
  ASSERT_EQ(plain.text(), "a\u00E9b i");
  EXPECT_EQ(plain.source_of({1, 2}), (ByteRange{1, 3}));
  EXPECT_EQ(plain.source_of({2, 3}), (ByteRange{1, 3}));
  EXPECT_EQ(plain.source_of({2, 4}), (ByteRange{1, 4}));
  EXPECT_EQ(plain.source_of({4, 6}), (ByteRange{4, 7}));
}

TEST(Fold, ViewsCanBeMoved) {
  FoldedView view;
  fold("a long text that does not fit into the view itself: \u00C9", view);
  FoldedView moved = std::move(view);
  EXPECT_EQ(moved.text(), "a long text that does not fit into the view itself: \u00E9");
  fold("b", view);
  EXPECT_EQ(view.text(), "b");
  moved = FoldedView();
  EXPECT_EQ(moved.text(), "");
}

}  // namespace
}  // namespace pantau
