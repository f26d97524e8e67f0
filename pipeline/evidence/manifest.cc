#include "pipeline/evidence/manifest.h"

#include <fmt/format.h>

#include <algorithm>

namespace pantau {
namespace {

bool is_hash(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// Of a name that is safe as it stands on any system and needs no encoding.
bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '@' || c == '.';
}

}  // namespace

bool is_safe_path(std::string_view path) {
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part.empty() || part == "." || part == ".." || !std::ranges::all_of(part, is_plain)) {
      return false;
    }
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

Manifest read_manifest(std::string_view text, std::size_t hash_digits) {
  Manifest manifest;
  std::string last;
  for (std::size_t number = 1; !text.empty(); number++) {
    const auto wrong = [&](std::string_view what) {
      manifest.mistakes.push_back(fmt::format("line {}: {}", number, what));
    };
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {
      wrong("has no end");
      break;
    }
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (line.size() <= hash_digits + 2 || line.substr(hash_digits, 2) != "  " ||
        !is_hash(line.substr(0, hash_digits))) {
      wrong("is no line of a manifest");
      continue;
    }
    const std::string path(line.substr(hash_digits + 2));
    if (!is_safe_path(path)) {
      wrong("its path leads out of the bag, or is none that is written here");
      continue;
    }
    if (path <= last) wrong("is not in the order of the paths, or there twice");
    last = path;
    manifest.hashes.emplace(path, line.substr(0, hash_digits));
  }
  return manifest;
}

}  // namespace pantau
