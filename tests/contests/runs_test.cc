// Runs by the definition, a byte at a time, against each kernel.
#include "classifiers/contests/runs.h"

#include <gtest/gtest.h>

#include "classifiers/contests/key_index.h"
#include "classifiers/text/words.h"
#include "tests/support/dice.h"

namespace pantau {
namespace {

std::string padded(std::string_view text) {
  return std::string(text) + std::string(kRunPaddingBytes, '\0');
}

std::string plain_key(std::string_view text, std::size_t start) {
  std::size_t end = start + 1;
  while (end < text.size() && end < start + 8 && is_ascii_letter(text[end])) end++;
  return std::string(text.substr(start, end - start));
}

std::uint64_t number_of(std::string_view key) {
  std::uint64_t number = 0;
  for (std::size_t i = key.size(); i-- > 0;) {
    number = number << 8 | static_cast<unsigned char>(key[i]);
  }
  return number;
}

TEST(Runs, HaveTheirFirstLettersAsKeys) {
  const std::vector<std::pair<std::string, std::string>> cases = {{"", ""},
                                                                  {"a", "a"},
                                                                  {"abc def", "abc"},
                                                                  {"abcdefgh", "abcdefgh"},
                                                                  {"abcdefghi", "abcdefgh"},
                                                                  {"nomor2", "nomor"},
                                                                  {"2024", "2"},
                                                                  {"2siti", "2siti"},
                                                                  {"_x_", "_x"},
                                                                  {"azé", "az"},
                                                                  {"a\x80", "a"},
                                                                  {"za`b", "za"},
                                                                  {"za{b", "za"},
                                                                  {"aAb", "a"},
                                                                  {"éa", "\xC3"},
                                                                  {"siti\xFF", "siti"}};
  for (const auto& [text, key] : cases) {
    EXPECT_EQ(run_key(eight_bytes(text, 0)), number_of(key)) << text;
  }
}

TEST(Runs, NextIsTheFirstBehind) {
  EXPECT_EQ(next_run("ab  cd", 0), 4u);
  EXPECT_EQ(next_run("ab  cd", 1), 4u);
  EXPECT_EQ(next_run("ab", 0), 2u);
  EXPECT_EQ(next_run("ab. ", 0), 4u);
  EXPECT_EQ(next_run("abéc", 0), 4u);
}

// What the kernels share with nobody: bytes of all kinds, few of them rare.
std::string some_bytes(Dice& dice, std::size_t size) {
  constexpr std::string_view kCommon = "abcdefghijklmnopqrstuvwxyz     aeiou.,";
  constexpr std::string_view kBorders = "`{/:^@#_09AZ\x7F\x80\xFF\x01";
  const std::size_t odd = dice.pick(std::array<std::size_t, 3>{0, 3, 40});
  std::string bytes;
  while (bytes.size() < size) {
    if (!dice.percent(odd)) {
      bytes += dice.pick(kCommon);
    } else if (dice.percent(70)) {
      bytes += dice.pick(kBorders);
    } else {
      bytes += static_cast<char>(dice.below(256));
    }
  }
  return bytes;
}

void expect_window(const NamedRunKernel& kernel, std::string_view text, std::size_t from,
                   const KeyFilter& filter) {
  const std::string bytes = padded(text);
  RunScan scan;
  kernel.kernel(bytes.data(), static_cast<std::uint32_t>(text.size()),
                static_cast<std::uint32_t>(from), filter.bits(), scan);
  std::vector<std::uint32_t> starts;
  bool has_sign = false;
  bool beyond_ascii = false;
  for (std::size_t at = from; at < std::min<std::size_t>(text.size(), from + kRunWindowBytes);
       at++) {
    const bool begins = is_ascii_word(text[at]) && (at == 0 || !is_ascii_word(text[at - 1]));
    if (begins && filter.may_contain(number_of(plain_key(text, at)))) {
      starts.push_back(static_cast<std::uint32_t>(at));
    }
    has_sign = has_sign || text[at] == '#' || text[at] == '@';
    beyond_ascii = beyond_ascii || static_cast<signed char>(text[at]) < 0;
  }
  ASSERT_EQ(std::vector<std::uint32_t>(scan.starts, scan.starts + scan.count), starts)
      << kernel.name << ": " << text;
  ASSERT_EQ(scan.has_sign, has_sign) << kernel.name << ": " << text;
  ASSERT_EQ(scan.beyond_ascii, beyond_ascii) << kernel.name << ": " << text;
}

TEST(Runs, AreFoundByEveryKernel) {
  Dice dice(1);
  for (int i = 0; i < 3000; i++) {
    const std::string text =
        some_bytes(dice, dice.percent(90) ? dice.between(1, 200) : dice.between(900, 2200));
    // Some of the text's own keys, so that many pass and many do not.
    std::vector<std::uint64_t> keys;
    const std::size_t chance = dice.pick(std::array<std::size_t, 4>{0, 5, 50, 100});
    for (std::size_t at = 0; at < text.size(); at++) {
      if (dice.percent(chance)) keys.push_back(number_of(plain_key(text, at)));
    }
    const KeyFilter filter(keys);
    for (const NamedRunKernel& kernel : run_kernels()) {
      for (std::size_t from = 0; from < text.size(); from += kRunWindowBytes) {
        ASSERT_NO_FATAL_FAILURE(expect_window(kernel, text, from, filter));
      }
    }
  }
}

TEST(Runs, AreFoundWhereTheyAreMost) {
  std::string text;
  std::vector<std::uint64_t> keys = {number_of("a"), number_of("_")};
  const KeyFilter filter(keys);
  for (const std::string_view unit : {"a ", "_.", "aa ", "a", " a"}) {
    text.clear();
    while (text.size() < 3 * kRunWindowBytes) text += unit;
    for (const NamedRunKernel& kernel : run_kernels()) {
      for (std::size_t from = 0; from < text.size(); from += kRunWindowBytes) {
        ASSERT_NO_FATAL_FAILURE(expect_window(kernel, text, from, filter));
      }
    }
  }
}

// ---- tables ----

TEST(KeyFilter, PassesWhatItHasAndLittleElse) {
  Dice dice(1);
  for (const std::size_t count : {0U, 1U, 10U, 2000U}) {
    std::vector<std::uint64_t> keys;
    for (std::size_t i = 0; i < count; i++) {
      std::uint64_t key = 0;
      for (std::size_t letters = dice.between(1, 8); letters > 0; letters--) {
        key = key << 8 | ('a' + dice.below(26));
      }
      keys.push_back(key);
    }
    const KeyFilter filter(keys);
    for (const std::uint64_t key : keys) EXPECT_TRUE(filter.may_contain(key));
    std::size_t passed = 0;
    for (int i = 0; i < 10'000; i++) passed += filter.may_contain(dice.below(1ULL << 60)) ? 1 : 0;
    EXPECT_LT(passed, 200u) << count;
  }
}

TEST(KeyIndex, FindsAllEntriesOfAKey) {
  Dice dice(1);
  for (const std::size_t count : {0U, 1U, 50U, 5000U}) {
    std::vector<KeyIndex::Entry> entries;
    for (std::uint32_t i = 0; i < count; i++) {
      entries.push_back({dice.below(count), i});
      if (dice.percent(20)) entries.back().key <<= 40;
    }
    const KeyIndex index(entries);
    for (std::uint64_t key = 0; key < count + 10; key++) {
      std::vector<std::uint32_t> expected;
      for (const KeyIndex::Entry& entry : entries) {
        if (entry.key == key) expected.push_back(entry.value);
      }
      std::vector<std::uint32_t> found;
      for (const KeyIndex::Entry& entry : index.find(key)) found.push_back(entry.value);
      EXPECT_EQ(found, expected);
    }
  }
}

}  // namespace
}  // namespace pantau
