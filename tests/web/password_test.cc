#include "pipeline/web/password.h"

#include <gtest/gtest.h>

#include <set>

namespace pantau {
namespace {

constexpr PasswordCost kCheap{1, 64 << 10};

class Password : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(start_crypto().has_value()); }
};

TEST_F(Password, IsKeptAsArgon2idWithASaltOfItsOwn) {
  const auto hash = hash_password("kuda nil berenang", kCheap);
  ASSERT_TRUE(hash.has_value());
  EXPECT_TRUE(hash->starts_with("$argon2id$v=19$")) << *hash;
  EXPECT_NE(*hash_password("kuda nil berenang", kCheap), *hash);
  EXPECT_TRUE(is_password(*hash, "kuda nil berenang"));
  for (const std::string_view wrong : {"", "kuda nil berenang ", "Kuda nil berenang", "x"}) {
    EXPECT_FALSE(is_password(*hash, wrong)) << wrong;
  }
  EXPECT_FALSE(is_password("", "kuda nil berenang"));
  EXPECT_FALSE(is_password("$argon2id$v=19$m=broken", "kuda nil berenang"));
}

// A hash that another program made: the reference implementation's own known answer.
TEST_F(Password, ReadsWhatOthersWrote) {
  constexpr std::string_view kHash =
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
  EXPECT_TRUE(is_password(kHash, "password"));
  EXPECT_FALSE(is_password(kHash, "passwore"));
}

TEST_F(Password, CostsByDefaultWhatOneSignInMayCost) {
  const PasswordCost standard;
  const auto hash = hash_password("kuda nil berenang", standard);
  ASSERT_TRUE(hash.has_value());
  EXPECT_NE(hash->find("m=262144,t=3,p=1"), std::string::npos) << *hash;
}

TEST_F(Password, IsRefusedIfItIsShortOrPlain) {
  EXPECT_EQ(password_mistake("kudanil berenang", "siti"), "");
  EXPECT_EQ(password_mistake("elevenchars", "siti"), "password_short");
  EXPECT_EQ(password_mistake("āēīōūāēīōūā", "siti"), "password_short") << "characters, not bytes";
  EXPECT_EQ(password_mistake("āēīōūāēīōūāē", "siti"), "");
  EXPECT_EQ(password_mistake("aaaaaaaaaaaaaaa", "siti"), "password_plain");
  EXPECT_EQ(password_mistake("Siti-berenang-jauh", "siti"), "password_name");
  EXPECT_EQ(password_mistake(std::string(1025, 'x'), "siti"), "password_long");
}

TEST_F(Password, SecretsAreNeverTheSame) {
  std::set<std::string> secrets;
  for (int i = 0; i < 1000; i++) {
    const std::string secret = new_secret();
    EXPECT_EQ(secret.size(), 64U);  // 256 bits
    secrets.insert(secret);
  }
  EXPECT_EQ(secrets.size(), 1000U);
  const std::string code = new_typed_code();
  EXPECT_EQ(code.size(), 19U);
  EXPECT_EQ(code.find_first_not_of("ABCDEFGHJKLMNPQRSTUVWXYZ23456789-"), std::string::npos);
}

TEST_F(Password, SecretsAreComparedWhole) {
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abd"));
  EXPECT_FALSE(same_secret("abc", "ab"));
  EXPECT_FALSE(same_secret("", "a"));
}

}  // namespace
}  // namespace pantau
