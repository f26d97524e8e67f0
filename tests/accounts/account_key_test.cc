#include "classifiers/accounts/account_key.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace pantau {
namespace {

std::string random_key(std::mt19937_64& random) {
  static constexpr std::string_view kAlphabets[] = {"0123456789", "012345678a", "abc_.9",
                                                    "aB c{\xC3\xA9", "7"};
  const std::string_view alphabet = kAlphabets[random() % std::size(kAlphabets)];
  std::string key(1 + random() % 34, ' ');
  for (char& c : key) c = alphabet[random() % alphabet.size()];
  return key;
}

// Two keys are the same if and only if packing and bytes are; and that is told without packing.
TEST(AccountKey, IsPackedAsItselfOnly) {
  std::mt19937_64 random(20241129);
  int same = 0;
  for (int i = 0; i < 100'000; i++) {
    const std::string kept = random_key(random);
    std::string asked = random() % 2 == 0 ? kept : random_key(random);
    if (random() % 4 == 0) asked[random() % asked.size()] = "09aZ _"[random() % 6];
    if (random() % 8 == 0) asked += asked.back();
    std::vector<char> bytes(kept.size() + kPackedKeySlack);
    const PackedKey packed = pack_key(kept, bytes.data());
    // Of a size of its own, so that whoever reads beyond it is caught.
    const std::string exact(bytes.data(), packed.bytes);
    ASSERT_EQ(is_packed_as(asked, packed.packing, exact), asked == kept) << asked << " / " << kept;
    same += asked == kept ? 1 : 0;
  }
  EXPECT_GT(same, 20'000);
}

TEST(AccountKey, HandlesAreFoldedWhateverTheirLength) {
  std::mt19937_64 random(20241130);
  for (int i = 0; i < 20'000; i++) {
    const std::string handle = random_key(random);
    std::string expected = handle[0] == '@' ? handle.substr(1) : handle;
    for (char& c : expected) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    ASSERT_EQ(FoldedHandle(handle).key(), expected);
    ASSERT_TRUE(has_handle_key(handle, expected));
    ASSERT_EQ(is_all_digits(handle), handle.find_first_not_of("0123456789") == std::string::npos);
  }
}

}  // namespace
}  // namespace pantau
