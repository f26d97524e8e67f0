#include "pipeline/web/password.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <bitset>

#include "pipeline/output/utf8.h"

namespace pantau {
namespace {

constexpr std::size_t kDifferentCharactersMin = 5;

std::string small(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    text.remove_prefix(utf8_part(text).size);
    count++;
  }
  return count;
}

}  // namespace

Status start_crypto() {
  if (sodium_init() < 0) return fail(Fault::Config, "libsodium finds no source of randomness");
  return std::monostate{};
}

std::string_view password_mistake(std::string_view password, std::string_view name) {
  if (password.size() > kPasswordBytesMax) return "password_long";
  if (characters(password) < kPasswordCharactersMin) return "password_short";
  std::bitset<256> seen;
  for (const char c : password) seen.set(static_cast<unsigned char>(c));
  if (seen.count() < kDifferentCharactersMin) return "password_plain";
  const std::string small_password = small(password);
  const std::string small_name = small(name);
  constexpr std::size_t kNameBytesMin = 4;  // "al" is in too many good passwords
  if (small_name.size() >= kNameBytesMin && small_password.find(small_name) != std::string::npos) {
    return "password_name";
  }
  return "";
}

Result<std::string> hash_password(std::string_view password, PasswordCost cost) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), cost.operations,
                            cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(Fault::Storage,
                fmt::format("hashing a password needs {} MiB of memory", cost.memory_bytes >> 20));
  }
  return std::string(hash.data());
}

bool is_password(std::string_view hash, std::string_view password) {
  const std::string terminated(hash);
  return crypto_pwhash_str_verify(terminated.c_str(), password.data(), password.size()) == 0;
}

std::string new_secret() {
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::string text(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

std::string new_typed_code() {
  constexpr std::string_view kDigits = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";  // no I, O, 0, 1
  static_assert(kDigits.size() == 32);
  constexpr int kGroups = 4;
  constexpr int kGroupSize = 4;
  std::string code;
  for (int i = 0; i < kGroups * kGroupSize; i++) {
    if (i > 0 && i % kGroupSize == 0) code += '-';
    code += kDigits[randombytes_uniform(kDigits.size())];
  }
  return code;
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace pantau
