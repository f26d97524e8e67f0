// The hashes that a bag's manifests are made of.
#pragma once

#include <string>
#include <string_view>

namespace pantau {

inline constexpr std::size_t kSha512HexSize = 128;

std::string sha512_hex(std::string_view bytes);

}  // namespace pantau
