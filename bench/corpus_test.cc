#include "bench/corpus.h"

#include <gtest/gtest.h>
#include <re2/re2.h>
#include <simdjson.h>
#include <xxhash.h>

#include <map>

#include "bench/patterns.h"

namespace pantau::bench {
namespace {

constexpr std::uint64_t kSeed = 1;

std::string records(Mix mix, std::uint64_t seed, std::uint64_t count) {
  const Candidates candidates(seed, Candidates::Size());
  RecordMaker maker({.seed = seed, .mix = mix, .records = count, .roster = 1000}, candidates);
  std::string lines;
  for (std::uint64_t i = 0; i < count; i++) maker.append(i, lines);
  return lines;
}

std::uint64_t hash(const std::string& text) {
  return XXH3_64bits(text.data(), text.size());
}

// Whoever changes what is made up makes all earlier figures incomparable, and should know it.
TEST(Corpus, IsTheSameOnEveryMachine) {
  const Candidates candidates(kSeed, Candidates::Size());
  std::string roster;
  append_roster_rows(kSeed, 0, 1000, roster);
  EXPECT_EQ(hash(roster), 0xB86677F529B7CBD0ULL);
  EXPECT_EQ(hash(candidates.contests_toml()), 0x6358289A2FD2F7D8ULL);
  EXPECT_EQ(hash(candidates.campaign_csv()), 0xFA141DFF7AE6D72AULL);
  EXPECT_EQ(hash(rule_pack_toml(kSeed, 1000)), 0xBAA722D0AF794ABFULL);
  EXPECT_EQ(hash(records(Mix::National, kSeed, 1000)), 0x27F988510AC866C4ULL);
  EXPECT_EQ(hash(records(Mix::Timeline, kSeed, 1000)), 0x87AF4FA926EC7AB6ULL);
  EXPECT_EQ(hash(records(Mix::Storm, kSeed, 1000)), 0x3688ED7B370EDAA8ULL);
  EXPECT_EQ(hash(records(Mix::Likes, kSeed, 1000)), 0x5EC2130F7F8D3B58ULL);
  EXPECT_EQ(hash(records(Mix::Foreign, kSeed, 1000)), 0xB8E57010173ADA2AULL);
  EXPECT_EQ(hash(records(Mix::Crowd, kSeed, 1000)), 0x66801969F5F88962ULL);
  EXPECT_EQ(hash(records(Mix::Wall, kSeed, 1000)), 0xF34F035A2B96BFC5ULL);
}

TEST(Corpus, AnotherSeedIsAnotherWorld) {
  EXPECT_NE(records(Mix::National, 1, 10), records(Mix::National, 2, 10));
  EXPECT_NE(rule_pack_toml(1, 10), rule_pack_toml(2, 10));
}

TEST(Corpus, RecordsMayBeMadeInAnyOrder) {
  const Candidates candidates(kSeed, Candidates::Size());
  RecordMaker maker({.seed = kSeed, .mix = Mix::Storm, .records = 2}, candidates);
  std::string first;
  std::string second;
  std::string again;
  maker.append(0, first);
  maker.append(1, second);
  maker.append(0, again);
  EXPECT_EQ(first, again);
  EXPECT_NE(first, second);
}

TEST(Corpus, SmallPacksAreTheHeadOfBigOnes) {
  const std::string big = rule_pack_toml(kSeed, 100);
  const std::string small = rule_pack_toml(kSeed, 10);
  const std::size_t patterns = small.find("[[rule]]");
  EXPECT_EQ(big.substr(0, patterns), small.substr(0, patterns));
}

TEST(Corpus, HasTheLengthsAndKindsOfAnArchive) {
  constexpr std::uint64_t kCount = 20'000;
  const std::string lines = records(Mix::National, kSeed, kCount);
  simdjson::dom::parser parser;
  const simdjson::padded_string padded(lines);
  std::uint64_t text_bytes = 0;
  std::map<std::string, std::uint64_t> kinds;
  for (const simdjson::dom::element record : parser.parse_many(padded)) {
    kinds[std::string(record["kind"].get_string().value())]++;
    std::string_view text;
    if (record["text"].get(text) == simdjson::SUCCESS) text_bytes += text.size();
  }
  EXPECT_NEAR(static_cast<double>(lines.size()) / kCount, 426, 6);
  EXPECT_NEAR(static_cast<double>(text_bytes) / static_cast<double>(lines.size()), 0.14, 0.005);
  EXPECT_NEAR(static_cast<double>(kinds["post"]) / kCount, 0.15, 0.01);
  EXPECT_NEAR(static_cast<double>(kinds["comment"]) / kCount, 0.25, 0.01);
  EXPECT_NEAR(static_cast<double>(kinds["share"]) / kCount, 0.10, 0.01);
  EXPECT_NEAR(static_cast<double>(kinds["like"]) / kCount, 0.40, 0.01);
  EXPECT_NEAR(static_cast<double>(kinds["follow"]) / kCount, 0.10, 0.01);
}

TEST(Corpus, EveryPatternMatchesItsSample) {
  for (std::uint64_t i = 0; i < 2000; i++) {
    const MadePattern pattern = make_pattern(kSeed, i);
    const re2::RE2 re(pattern.expression);
    ASSERT_TRUE(re.ok()) << pattern.expression;
    EXPECT_TRUE(re2::RE2::PartialMatch(pattern.sample, re)) << pattern.expression;
    EXPECT_FALSE(re2::RE2::PartialMatch("", re)) << pattern.expression;
  }
}

}  // namespace
}  // namespace pantau::bench
