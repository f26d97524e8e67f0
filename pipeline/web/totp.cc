#include "pipeline/web/totp.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <array>

#include "classifiers/base/check.h"
#include "pipeline/web/password.h"

namespace pantau {
namespace {

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t kSecretBytes = 20;

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_plain(c)) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace

std::string new_totp_secret() {
  std::array<unsigned char, kSecretBytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::string out;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const unsigned char byte : bytes) {  // 160 bits are 32 digits, nothing is left over
    bits = bits << 8 | byte;
    count += 8;
    while (count >= 5) {
      count -= 5;
      out += kBase32[bits >> count & 31U];
    }
  }
  return out;
}

std::optional<std::string> decode_totp_secret(std::string_view base32) {
  std::string out;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : base32) {
    const std::size_t digit = kBase32.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = bits << 5 | static_cast<std::uint32_t>(digit);
    count += 5;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>(bits >> count & 0xFFU);
    }
  }
  if (out.empty()) return std::nullopt;
  return out;
}

std::int64_t totp_step(Instant now) {
  return std::chrono::floor<std::chrono::seconds>(now).time_since_epoch() / kTotpStep;
}

std::string totp_code(std::string_view secret, std::int64_t step, unsigned digits) {
  std::array<unsigned char, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); i++) {
    counter[counter.size() - 1 - i] =
        static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (8 * i));
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  CHECK(HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(),
             counter.size(), mac.data(), &size) != nullptr,
        "OpenSSL has SHA-1");
  const std::size_t offset = mac[size - 1] & 0x0FU;
  const std::uint32_t value = static_cast<std::uint32_t>(mac[offset] & 0x7FU) << 24 |
                              static_cast<std::uint32_t>(mac[offset + 1]) << 16 |
                              static_cast<std::uint32_t>(mac[offset + 2]) << 8 | mac[offset + 3];
  std::uint32_t modulus = 1;
  for (unsigned i = 0; i < digits; i++) modulus *= 10;
  return fmt::format("{:0{}}", value % modulus, digits);
}

std::optional<std::int64_t> match_totp(std::string_view secret, std::string_view code, Instant now,
                                       std::int64_t last_step) {
  const std::int64_t step = totp_step(now);
  std::optional<std::int64_t> found;
  for (std::int64_t near = step - kTotpStepsBesideMax; near <= step + kTotpStepsBesideMax; near++) {
    if (near > last_step && same_secret(totp_code(secret, near), code) && !found) found = near;
  }
  return found;
}

std::string totp_address(std::string_view base32, std::string_view name) {
  return fmt::format("otpauth://totp/Pantau:{}?secret={}&issuer=Pantau", percent_encoded(name),
                     base32);
}

}  // namespace pantau
