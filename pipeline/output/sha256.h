// SHA-256, by which evidence names bytes: a record's line, a list, a file.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace pantau {

inline constexpr std::size_t kSha256HexSize = 64;

// Hashes bytes that come in parts. Not thread-safe; may be moved.
class Sha256 {
 public:
  Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  ~Sha256();

  void update(std::string_view bytes);

  // The hash of all bytes since the start or the last call, as 64 small
  // hexadecimal digits. The object then begins anew.
  std::string hex();

  // The same, appended to `out`.
  void append_hex(std::string& out);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

// The SHA-256 of `bytes`. Thread-safe: each thread keeps a context of its own, so
// a hash of a line costs no allocation but the result's.
std::string sha256_hex(std::string_view bytes);
void append_sha256_hex(std::string& out, std::string_view bytes);

}  // namespace pantau
