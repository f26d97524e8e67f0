// Passwords: argon2id by libsodium, and the secrets that nobody chooses.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "classifiers/base/result.h"

namespace pantau {

inline constexpr std::size_t kPasswordCharactersMin = 12;
inline constexpr std::size_t kPasswordBytesMax = 1024;

// What guessing one password costs. The defaults are libsodium's "moderate": 256 MiB and
// some tenths of a second.
struct PasswordCost {
  std::uint64_t operations = 3;
  std::size_t memory_bytes = std::size_t{256} << 20;
};

// Must have run before anything else here. Fault::Config if there is no source of randomness.
Status start_crypto();

// "" or why `password` is not taken, as a code: "password_short", "password_long", "password_name"
// (holds the name it is for, or is held by it), "password_plain" (too few different characters).
std::string_view password_mistake(std::string_view password, std::string_view name);

// As text that holds the cost and the salt. Fault::Storage if the memory cannot be had.
Result<std::string> hash_password(std::string_view password, PasswordCost cost);

// Takes as long as hashing did, whatever the answer.
bool is_password(std::string_view hash, std::string_view password);

// 256 bits that cannot be guessed, as 64 hexadecimal digits.
std::string new_secret();

// A code that a person types over: "ABCD-EFGH-JKLM-NPQR", 80 bits, no look-alikes.
std::string new_typed_code();

// Whether they are the same, in a time that does not tell how much of them is.
bool same_secret(std::string_view a, std::string_view b);

}  // namespace pantau
