#include "pipeline/output/sha256.h"

#include <openssl/evp.h>

#include <array>

#include "classifiers/base/check.h"

namespace pantau {
namespace {

// Looked up once: OpenSSL 3 would search its providers at every hash.
const EVP_MD* algorithm() {
  static const EVP_MD* const found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  CHECK(found != nullptr, "OpenSSL's default provider has SHA-256");
  return found;
}

}  // namespace

struct Sha256::Context {
  EVP_MD_CTX* evp = EVP_MD_CTX_new();
  Context() {
    CHECK(evp != nullptr, "fails for want of memory only");
    begin();
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { EVP_MD_CTX_free(evp); }
  void begin() { CHECK(EVP_DigestInit_ex2(evp, algorithm(), nullptr) == 1, "the context is new"); }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes) {
  CHECK(EVP_DigestUpdate(context_->evp, bytes.data(), bytes.size()) == 1, "was begun");
}

std::string Sha256::hex() {
  std::string hex;
  append_hex(hex);
  return hex;
}

void Sha256::append_hex(std::string& out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<unsigned char, kSha256HexSize / 2> digest;
  unsigned size = 0;
  CHECK(EVP_DigestFinal_ex(context_->evp, digest.data(), &size) == 1 && size == digest.size(),
        "was begun, and a SHA-256 has 32 bytes");
  context_->begin();
  for (const unsigned char byte : digest) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 0xF];
  }
}

std::string sha256_hex(std::string_view bytes) {
  std::string hex;
  append_sha256_hex(hex, bytes);
  return hex;
}

void append_sha256_hex(std::string& out, std::string_view bytes) {
  thread_local Sha256 hash;
  hash.update(bytes);
  hash.append_hex(out);
}

}  // namespace pantau
