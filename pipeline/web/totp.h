// One-time passwords of a person's phone: TOTP (RFC 6238) with SHA-1, six digits, 30 seconds,
// which is what every such program understands.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "classifiers/base/time.h"

namespace pantau {

inline constexpr std::chrono::seconds kTotpStep{30};
inline constexpr std::int64_t kTotpStepsBesideMax = 1;  // clocks are not all alike

// 160 bits in base 32, as it is typed into a phone.
std::string new_totp_secret();

// The bytes of a secret in base 32; nothing for any other text.
std::optional<std::string> decode_totp_secret(std::string_view base32);

std::int64_t totp_step(Instant now);

// The code of one step. `digits` is 6 but for the known answers of the standard.
std::string totp_code(std::string_view secret, std::int64_t step, unsigned digits = 6);

// The step whose code this is, near `now` and behind `last_step`: each code counts once.
std::optional<std::int64_t> match_totp(std::string_view secret, std::string_view code, Instant now,
                                       std::int64_t last_step);

// "otpauth://totp/…", which such programs read as a picture or a link.
std::string totp_address(std::string_view base32, std::string_view name);

}  // namespace pantau
