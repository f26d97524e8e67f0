// The scanners find the words that a loop over bytes finds, and all that the filter may have.
#include "classifiers/rules/word_scan.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "classifiers/rules/syntax.h"

namespace pantau {
namespace {

struct Found {
  std::vector<std::string> words;
  std::vector<std::uint32_t> keys;
  std::vector<std::uint32_t> hits;

  friend bool operator==(const Found&, const Found&) = default;
};

std::vector<std::string> plain_words(std::string_view text) {
  std::vector<std::string> words;
  bool is_inside = false;
  for (const char c : text) {
    const bool is_word = is_syntax_word(static_cast<unsigned char>(c));
    if (is_word && !is_inside) words.emplace_back();
    if (is_word) words.back() += c;
    is_inside = is_word;
  }
  return words;
}

// What there is to find, one word after the other.
Found plain_scan(std::string_view text, const WordProbes& probes, const FeatureFilter& filter) {
  Found found;
  found.words = plain_words(text);
  WordBytes bytes_before;
  std::uint32_t key_before = 0;
  for (std::uint32_t i = 0; i < found.words.size(); i++) {
    const WordBytes bytes = bytes_of_word(found.words[i]);
    const std::uint32_t key = word_key(bytes);
    std::vector<std::uint32_t> keys = {key};
    if (probes.pairs) keys.push_back(pair_key(key_before, key));
    if (probes.joints) keys.push_back(joint_key(bytes_before, bytes));
    for (const std::uint32_t length : probes.prefixes) keys.push_back(prefix_key(bytes, length));
    for (const std::uint32_t length : probes.suffixes) keys.push_back(suffix_key(bytes, length));
    found.keys.push_back(key);
    if (std::ranges::any_of(keys, [&](std::uint32_t k) { return filter.bits().may_have(k); })) {
      found.hits.push_back(i);
    }
    bytes_before = bytes;
    key_before = key;
  }
  return found;
}

Found scan(WordScanner scanner, std::string_view text, const WordProbes& probes,
           const FeatureFilter& filter, TextWords& words) {
  scanner(text, probes, filter, words);
  Found found;
  for (std::size_t i = 0; i < words.size(); i++) {
    found.words.emplace_back(text.substr(words.start(i), words.end(i) - words.start(i)));
    found.keys.push_back(words.key(i));
  }
  found.hits.assign(words.hits().begin(), words.hits().end());
  return found;
}

std::string random_text(std::mt19937_64& random) {
  std::string text;
  const std::uint64_t kind = random() % 3;
  for (std::uint64_t size = random() % 300; size > 0; size--) {
    if (kind == 0) text += static_cast<char>(random());
    if (kind == 1) text += "ab_9AZ @[`{/:\x80\xFF"[random() % 15];
    if (kind == 2) text += random() % 6 == 0 ? ' ' : static_cast<char>('a' + random() % 3);
  }
  return text;
}

TEST(WordScan, AllScannersFindTheSame) {
  std::mt19937_64 random(1);
  TextWords words;
  for (int round = 0; round < 3000; round++) {
    WordProbes probes;
    probes.pairs = random() % 2 == 0;
    probes.joints = random() % 2 == 0;
    for (const std::uint32_t length : {8U, 5U, 3U}) {
      if (random() % 2 == 0) probes.prefixes.add(length);
      if (random() % 2 == 0) probes.suffixes.add(length);
    }
    FeatureFilter filter(random() % 200);
    for (std::uint64_t keys = random() % 200; keys > 0; keys--) {
      filter.add(static_cast<std::uint32_t>(random()));
    }
    // A text by itself, so that a sanitizer sees whoever reads beyond it.
    const std::string text = random_text(random);
    const std::vector<char> bytes(text.begin(), text.end());
    const std::string_view view(bytes.data(), bytes.size());
    const Found expected = plain_scan(view, probes, filter);
    for (const WordScanner scanner : word_scanners()) {
      ASSERT_EQ(scan(scanner, view, probes, filter, words), expected) << text;
    }
  }
}

TEST(WordScan, FindsTheFirstWordBehindAPlace) {
  TextWords words;
  word_scanners().back()("ayo, kita coblos", {}, FeatureFilter(), words);
  EXPECT_EQ(words.first_behind(0), 0U);
  EXPECT_EQ(words.first_behind(2), 0U);
  EXPECT_EQ(words.first_behind(3), 1U);
  EXPECT_EQ(words.first_behind(10), 2U);
  EXPECT_EQ(words.first_behind(16), 3U);
}

// Keys of what is looked for are those of what is found.
TEST(WordScan, KeysOfPartsAreThoseOfWords) {
  const WordBytes word = bytes_of_word("menangkanlah");
  EXPECT_EQ(prefix_key(word, 8), prefix_key(bytes_of_word("menangkan"), 8));
  EXPECT_EQ(prefix_key(word, 3), prefix_key(bytes_of_word("men"), 3));
  EXPECT_NE(prefix_key(word, 5), prefix_key(bytes_of_word("men"), 5));
  EXPECT_EQ(suffix_key(word, 5), suffix_key(bytes_of_word("kanlah"), 5));
  EXPECT_EQ(joint_key(word, word), joint_key(bytes_of_word("nlah"), bytes_of_word("menang")));
  EXPECT_NE(joint_key(word, word), joint_key(bytes_of_word("lah"), bytes_of_word("menang")));
}

}  // namespace
}  // namespace pantau
