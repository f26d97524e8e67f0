#include "pipeline/web/totp.h"

#include <gtest/gtest.h>

#include <chrono>

#include "pipeline/web/password.h"

namespace pantau {
namespace {

// RFC 6238, appendix B: the secret is this text, the codes have eight digits.
TEST(Totp, GivesTheAnswersOfTheStandard) {
  constexpr std::string_view kSecret = "12345678901234567890";
  const std::pair<std::int64_t, std::string_view> known[] = {
      {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
      {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& [seconds, code] : known) {
    EXPECT_EQ(totp_code(kSecret, totp_step(Instant(std::chrono::seconds(seconds))), 8), code);
  }
}

// RFC 4648, section 10.
TEST(Totp, ReadsBase32) {
  EXPECT_EQ(decode_totp_secret("MZXW6YTBOI"), "foobar");
  EXPECT_EQ(decode_totp_secret("MZXW6YTB"), "fooba");
  EXPECT_EQ(decode_totp_secret("mzxw6ytb"), std::nullopt);
  EXPECT_EQ(decode_totp_secret("MZXW0YTB"), std::nullopt);
  EXPECT_EQ(decode_totp_secret(""), std::nullopt);
}

TEST(Totp, MakesSecretsOf160Bits) {
  ASSERT_TRUE(start_crypto().has_value());
  const std::string secret = new_totp_secret();
  EXPECT_EQ(secret.size(), 32U);
  EXPECT_EQ(decode_totp_secret(secret)->size(), 20U);
  EXPECT_NE(new_totp_secret(), secret);
  EXPECT_EQ(totp_address("ABC", "a b"), "otpauth://totp/Pantau:a%20b?secret=ABC&issuer=Pantau");
}

TEST(Totp, TakesACodeOfNowOrNextToNowAndOnce) {
  ASSERT_TRUE(start_crypto().has_value());
  const std::string secret = "12345678901234567890";
  const Instant now{std::chrono::seconds(1'000'000'005)};
  const std::int64_t step = totp_step(now);
  for (std::int64_t beside = -3; beside <= 3; beside++) {
    const auto found = match_totp(secret, totp_code(secret, step + beside), now, 0);
    EXPECT_EQ(found.has_value(), beside >= -1 && beside <= 1) << beside;
  }
  EXPECT_EQ(match_totp(secret, totp_code(secret, step), now, step), std::nullopt) << "used";
  EXPECT_EQ(match_totp(secret, totp_code(secret, step - 1), now, step), std::nullopt) << "older";
  EXPECT_EQ(match_totp(secret, totp_code(secret, step + 1), now, step), step + 1);
  EXPECT_EQ(match_totp(secret, "", now, 0), std::nullopt);
  EXPECT_EQ(match_totp(secret, "12345", now, 0), std::nullopt);
}

}  // namespace
}  // namespace pantau
