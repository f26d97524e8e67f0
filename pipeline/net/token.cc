#include "pipeline/net/token.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace pantau {
namespace {

// Visible ASCII, so that it cannot end a header's line.
Result<std::string> checked(std::string token, std::string_view whence) {
  if (token.empty()) return fail(Fault::Config, fmt::format("{}: there is no token", whence));
  const bool is_sound = token.size() <= kTokenBytesMax &&
                        std::ranges::all_of(token, [](char c) { return c > ' ' && c < 0x7F; });
  if (!is_sound) {
    return fail(Fault::Config, fmt::format("{}: holds what no token has", whence));
  }
  return token;
}

}  // namespace

Result<std::string> token_from_environment(const std::string& variable) {
  const char* const value = std::getenv(variable.c_str());
  return checked(value == nullptr ? "" : value, "environment variable " + variable);
}

Result<std::string> token_from_file(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    const int error_number = errno;
    return fail(Fault::Config, fmt::format("{}: {}", path, std::strerror(error_number)));
  }
  struct stat status {};
  std::string text(kTokenBytesMax + 2, '\0');
  const bool is_file = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
  const ssize_t size = is_file ? ::read(fd, text.data(), text.size()) : -1;
  ::close(fd);
  if (size < 0) return fail(Fault::Config, fmt::format("{}: cannot be read", path));
  if ((status.st_mode & S_IRWXO) != 0) {
    return fail(Fault::Config,
                fmt::format("{}: everybody may read this token: chmod o= {}", path, path));
  }
  text.resize(static_cast<std::size_t>(size));
  text.resize(std::min(text.find('\n'), text.size()));
  if (!text.empty() && text.back() == '\r') text.pop_back();
  return checked(std::move(text), path);
}

}  // namespace pantau
