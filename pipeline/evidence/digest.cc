#include "pipeline/evidence/digest.h"

#include <openssl/evp.h>

#include <array>

#include "classifiers/base/check.h"

namespace pantau {

std::string sha512_hex(std::string_view bytes) {
  std::array<unsigned char, kSha512HexSize / 2> digest{};
  unsigned size = 0;
  const int done =
      EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha512(), nullptr);
  CHECK(done == 1 && size == digest.size(), "SHA-512 is always there");
  std::string hex;
  hex.reserve(kSha512HexSize);
  for (const unsigned char byte : digest) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return hex;
}

}  // namespace pantau
