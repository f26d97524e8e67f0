// The contract by examples: mentions, and where a match stands.
#include <gtest/gtest.h>

#include "tests/engine/small_world.h"

namespace pantau {
namespace {

struct MentionCase {
  std::string text;
  std::string mentions;
};

void expect_mentions(const std::vector<MentionCase>& cases) {
  for (const MentionCase& a : cases) {
    SmallWorld world(LinkKind::Mention);
    EXPECT_EQ(world.mentions(a.text), a.mentions) << a.text;
  }
}

TEST(Mentions, ByName) {
  expect_mentions({
      {"Ahmad Fulan", "1:Ahmad Fulan"},
      {"ahmad-FULAN!", "1:ahmad-FULAN"},            // hyphen and blank are alike
      {"fulan siti", "1:fulan siti"},               //
      {"Ahmad  \n Fulan", "1:Ahmad  \n Fulan"},     // white space is one blank
      {"Ahmad - Fulan", "1:Ahmad - Fulan"},         // up to three
      {"Ahmad -- Fulan", ""},                       // not four
      {"Ahmad–Fulan", "1:Ahmad–Fulan"},             // a dash is a hyphen
      {"AhmadFulan", ""},                           // not none
      {"Ahmad, Fulan", ""},                         //
      {"Ahmad Fulanto", ""},                        // whole words
      {"xAhmad Fulan", ""},                         //
      {"Ahmad Fulan_", ""},                         //
      {"Ahmad Fulané", ""},                         // letters beyond ASCII too
      {"(Ahmad Fulan)", "1:Ahmad Fulan"},           //
      {"Budi-Budi", "2:Budi|Budi"},                 //
      {"Fulan-Siti, Budi", "1:Fulan-Siti 2:Budi"},  //
      {"budiman", ""},                              //
      {"Ｂｕｄｉ", "2:Ｂｕｄｉ"},                   // full width
      {"Вudі", "2:Вudі"},                           // look-alikes
      {"B\u200bu\u200bdi", "2:B\u200bu\u200bdi"},   // invisible characters
      {"b.u.d.i", "2:b.u.d.i"},                     // spread
      {"b u d i", "2:b u d i"},                     // four, by blanks
      {"Bu di", ""},                                //
      {"Bud1", ""},                                 // a number behind a word
      {"8udi", "2:8udi"},                           // a sign for a letter
      {"Buuudi", "2:Buuudi"},                       //
      {"Budi b.u.d.i", "2:Budi|b.u.d.i"},           //
  });
}

TEST(Mentions, ByHashtag) {
  expect_mentions({
      {"#FulanSitiMenang", "1:#FulanSitiMenang"},
      {"#fulansitimenang2024!", "1:#fulansitimenang2024"},  // inside a longer one, whole
      {"#AyoFulanSitiMenang", "1:#AyoFulanSitiMenang"},     //
      {"FulanSitiMenang", ""},                              //
      {"# FulanSitiMenang", ""},                            //
      {"#Fulan_SitiMenang", ""},                            //
      {"#coblos2", "2:#coblos2"},                           // listed with '#'
      {"#coblos2#coblos2", "2:#coblos2|#coblos2"},          //
      {"##coblos2", "2:#coblos2"},                          //
      {"#coblos", ""},                                      //
      {"＃Coblos2", "2:＃Coblos2"},                         //
      {"#c.o.b.l.o.s2", ""},                                //
      {"#Fu1anSitiMenang", ""},                             // '1' is read as i
      {"#FulanS1tiMenang", "1:#FulanS1tiMenang"},           //
      {"#FulanSitiiiMenang", "1:#FulanSitiiiMenang"},       //
  });
}

TEST(Mentions, ByHandle) {
  expect_mentions({
      {"@fulan.resmi", "1:@fulan.resmi"},
      {"@Fulan.Resmi.", "1:@Fulan.Resmi"},   // the full stop is the sentence's
      {"@fulan.resmi.-", "1:@fulan.resmi"},  //
      {"(@fulan.resmi)", "1:@fulan.resmi"},  //
      {"@fulan.resmi2", ""},                 //
      {"@fulan.resmi_", ""},                 //
      {"@fulan", ""},                        //
      {"fulan.resmi", ""},                   //
      {"x@fulan.resmi", ""},                 // an e-mail address
      {"@fulan.resmi@x.id", ""},             // an account elsewhere
      {"@fulan.resmi@", "1:@fulan.resmi"},   //
      {"@@fulan.resmi", "1:@fulan.resmi"},   //
      {"@ fulan.resmi", ""},                 //
      {"＠fulan.resmi", "1:＠fulan.resmi"},  //
      {"@ful4n.resmi", ""},                  // another handle, not a disguise
  });
}

TEST(Mentions, ByHandleOfAnAccountElsewhere) {
  SmallWorld world(LinkKind::Mention);
  world.entry().handle = "fulan@mastodon.id";
  EXPECT_EQ(world.mentions("@Fulan@Mastodon.id."), "1:@Fulan@Mastodon.id");
  EXPECT_EQ(world.mentions("@fulan"), "");
}

TEST(Mentions, ByHandleOnlyOnThePlatformAndWhileItIsValid) {
  SmallWorld world(LinkKind::Mention);
  world.entry().validity.to = day("2024-10-01");
  EXPECT_EQ(world.mentions("@fulan.resmi"), "1:@fulan.resmi");
  world.at("2024-10-02T00:00:00+08:00");
  EXPECT_EQ(world.mentions("@fulan.resmi"), "");
  world.entry().validity.to = Day::max();
  world.entry().platform = "x";
  EXPECT_EQ(world.mentions("@fulan.resmi"), "");
  world.entry().platform = "instagram";
  world.entry().candidate = kNoCandidate;
  EXPECT_EQ(world.mentions("@fulan.resmi"), "");
}

TEST(Mentions, ByNumber) {
  expect_mentions({
      {"nomor urut 2", "2:nomor urut 2"},
      {"No. 02", "2:No. 02"},
      {"paslon dua", "2:paslon dua"},
      {"pilih 2️⃣", "2:2️⃣"},
      {"nomor urut 2️⃣", "2:2️⃣"},
      {"1️⃣2️⃣", ""},                  // twelve
      {"0️⃣2️⃣", "2:0️⃣2️⃣"},  //
      {"0️⃣0️⃣2️⃣", "2:0️⃣0️⃣2️⃣"},
      {"1️⃣ 2️⃣", "1:1️⃣ 2:2️⃣"},          //
      {"paslon nomor urut: 1", "1:paslon nomor urut: 1"},  //
      {"pasangan calon no 2", "2:pasangan calon no 2"},    //
      {"CABUP #2", "2:CABUP #2"},                          //
      {"cawalkot-1", "1:cawalkot-1"},                      //
      {"nomor2", "2:nomor2"},                              //
      {"nomor ２", "2:nomor ２"},                          //
      {"nomor . # 2", ""},                                 // five between
      {"nomor: #2", "2:nomor: #2"},                        // three
      {"nomor, 2", ""},                                    //
      {"nomor 12", ""},                                    //
      {"nomor 002", "2:nomor 002"},                        //
      {"nomor 2024", ""},                                  //
      {"nomor 2,5", ""},                                   //
      {"nomor 2.5", ""},                                   //
      {"nomor 2, lalu", "2:nomor 2"},                      //
      {"nomor 2.", "2:nomor 2"},                           //
      {"nomor 2x", ""},                                    //
      {"nomor satu-satunya", ""},                          //
      {"nomor satu", "1:nomor satu"},                      //
      {"nomor satuan", ""},                                //
      {"ekonomor 2", ""},                                  //
      {"kono 2", ""},                                      //
      {"2", ""},                                           //
      {"dua", ""},                                         //
      {"nomor 1 atau nomor 2", "1:nomor 1 2:nomor 2"},     //
      {"n0m0r urut 2", "2:n0m0r urut 2"},                  // disguised
      {"p.a.s.l.o.n 2", "2:p.a.s.l.o.n 2"},                //
      {"paslon duaaa", "2:paslon duaaa"},                  //
      {"épaslon no 2", "2:no 2"},                          // no paslon, but a number
  });
}

TEST(Mentions, ByNumberOnlyFromTheDrawOn) {
  SmallWorld world(LinkKind::Mention);
  world.at("2024-09-22T23:59:59+08:00");
  EXPECT_EQ(world.mentions("nomor 2"), "");
  EXPECT_EQ(world.mentions("Budi"), "2:Budi");  // a name counts always
  world.at("2024-09-23T00:00:00+08:00");
  EXPECT_EQ(world.mentions("nomor 2"), "2:nomor 2");
  world.contest().number_draw.reset();
  EXPECT_EQ(world.mentions("nomor 2"), "");
}

TEST(Mentions, ByNumberOnlyWhereTheSubjectVotes) {
  struct Where {
    std::string subject;
    std::string contest;
    bool counts;
  };
  const std::vector<Where> cases = {{"63.08", "63.08", true}, {"63.08.01", "63.08", true},
                                    {"63.08", "63", true},    {"63.08", "", true},
                                    {"63", "63.08", false},   {"63.080", "63.08", false},
                                    {"63.1", "63.10", false}, {"64.08", "63", false},
                                    {"63.08", "6", false},    {"63.09.01", "63.08", false}};
  for (const Where& a : cases) {
    SmallWorld world(LinkKind::Mention);
    world.lists.roster[0].region = a.subject;
    world.contest().region = a.contest;
    EXPECT_EQ(world.mentions("nomor 2"), a.counts ? "2:nomor 2" : "")
        << a.subject << " in " << a.contest;
    EXPECT_EQ(world.mentions("Budi"), "2:Budi");  // a name counts everywhere
  }
}

TEST(Mentions, InTwoContestsAreTwoMatches) {
  SmallWorld world(LinkKind::Mention);
  world.lists.contests.push_back(small_contest());
  world.lists.contests[1].id = "pilgub";
  world.lists.contests[1].region = "63";
  world.lists.contests[1].zone = zone("Asia/Jakarta");
  world.at("2024-09-25T00:30:00+08:00");
  world.record.text = "nomor 2";
  const std::optional<PlainFlag> flag = world.flag();
  ASSERT_EQ(flag->matches.size(), 2u);
  EXPECT_EQ(flag->matches[0].stage, Stage::Campaign);
  EXPECT_EQ(flag->matches[1].stage, Stage::Determined);  // an hour behind
}

TEST(Slogans, StandBesideAMentionOnly) {
  SmallWorld world(LinkKind::Mention);
  world.record.text = "Banua Maju!";
  EXPECT_FALSE(world.flag());
  world.record.text = "Banua-maju! Budi";  // another's slogan
  EXPECT_EQ(world.spans("@slogan"), "");
  world.record.text = "Ahmad Fulan, b4nua maju, Banua Maju";
  EXPECT_EQ(world.spans("@slogan"), "b4nua maju|Banua Maju");
  EXPECT_EQ(world.spans("@mention"), "Ahmad Fulan");
}

// ---- §8 where a match stands ----

std::string pattern_spans(std::string_view expression, std::string_view text) {
  SmallWorld world(LinkKind::Target);
  world.to_candidate();
  world.rule().any = {world.pattern("p", std::string(expression))};
  world.record.text = text;
  return world.spans("p");
}

TEST(Spans, StandInTheOriginalText) {
  const std::string coblos = R"(\bcoblos\b)";
  EXPECT_EQ(pattern_spans(coblos, "Ayo COBLOS, coblos"), "COBLOS|coblos");
  EXPECT_EQ(pattern_spans(coblos, "Ayo ｃｏｂｌｏｓ!"), "ｃｏｂｌｏｓ");
  EXPECT_EQ(pattern_spans(coblos, "é соblоѕ é"), "соblоѕ");
  EXPECT_EQ(pattern_spans(coblos, "cob\u200blos"), "cob\u200blos");
  EXPECT_EQ(pattern_spans(coblos, "\u200bcoblos"), "coblos");
  EXPECT_EQ(pattern_spans(coblos, "c0bl0s c.o.b.l.o.s"), "c0bl0s|c.o.b.l.o.s");
  EXPECT_EQ(pattern_spans(coblos, "(c o b l o s)"), "c o b l o s");
  EXPECT_EQ(pattern_spans(coblos, "cobloooos!"), "cobloooos");
  EXPECT_EQ(pattern_spans(coblos, "ᴄᴏʙʟᴏꜱ"), "ᴄᴏʙʟᴏꜱ");
  EXPECT_EQ(pattern_spans(coblos, "𝐜𝐨𝐛𝐥𝐨𝐬 ⓒⓞⓑⓛⓞⓢ"), "𝐜𝐨𝐛𝐥𝐨𝐬|ⓒⓞⓑⓛⓞⓢ");
  EXPECT_EQ(pattern_spans(coblos, "nyoblos"), "no flag");
}

TEST(Spans, OfAPartOfACharacterAreTheWholeCharacter) {
  EXPECT_EQ(pattern_spans("f", "ﬁn"), "ﬁ");
  EXPECT_EQ(pattern_spans("s", "Straße"), "S|ß");
  EXPECT_EQ(pattern_spans("a b", "a \n\t b"), "a \n\t b");
  EXPECT_EQ(pattern_spans(" ", "a \n\t b"), " \n\t ");
}

TEST(Spans, OfTheUndisguisedViewYieldToThoseOfThePlainOne) {
  // "ee" is found in both; of the undisguised "e" only what stands elsewhere.
  EXPECT_EQ(pattern_spans("e+", "deeel"), "eee");
  EXPECT_EQ(pattern_spans("del|eee", "deeel d3l"), "eee|d3l");
}

TEST(Spans, OfAllExpressionsOfAPatternAreShownOnce) {
  SmallWorld world(LinkKind::Target);
  world.to_candidate();
  const std::uint32_t pattern = world.pattern("p", "aba");
  world.lists.packs[0].patterns[pattern].expressions = {"aba", "b", "ab", "(?:aba)", R"(\b)"};
  world.rule().all = {pattern};
  world.rule().any = {pattern};
  world.record.text = "ababa";
  EXPECT_EQ(world.spans("p"), "ab|aba|b|ab|b");  // from the left, not overlapping
}

TEST(Spans, AreTheFirstOnesWhereThereAreTooMany) {
  SmallWorld world(LinkKind::Mention);
  world.rule().any = {world.pattern("ya", "ya")};
  for (std::size_t i = 0; i < kPlacesMax + 50; i++) world.record.text += "Budi ya ";
  const std::optional<PlainFlag> flag = world.flag();
  ASSERT_EQ(flag->matches[0].spans.size(), 2 * kPlacesMax);
  EXPECT_EQ(flag->matches[0].spans.back().bytes.end, kPlacesMax * 8 - 1);
}

TEST(Spans, ThatAreNotShownCountForNear) {
  SmallWorld world(LinkKind::Mention);
  world.rule().any = {world.pattern("ya", "ya")};
  world.rule().near_chars_max = 1;
  for (std::size_t i = 0; i < kPlacesMax + 50; i++) world.record.text += "ya, ";
  world.record.text += "Budi";
  EXPECT_FALSE(world.flag());
  world.record.text += " ya";
  EXPECT_TRUE(world.flag());
}

TEST(Spans, AreSearchedOnlyAsFarAsATextIsFolded) {
  SmallWorld world(LinkKind::Mention);
  world.contest().number_draw.reset();  // numbers take the plain matcher long
  world.record.text = std::string(kFoldedTextBytesMax - 8, '.') + "Budi Budi Budi";
  EXPECT_EQ(world.spans("@mention"), "Budi");
}

}  // namespace
}  // namespace pantau
