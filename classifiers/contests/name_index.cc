#include "classifiers/contests/name_index.h"

#include "classifiers/base/check.h"
#include "classifiers/text/fold.h"
#include "classifiers/text/words.h"

namespace pantau {
namespace {

constexpr int kSeparatorCharactersMax = 3;

bool is_separator(char32_t c) {
  return c == ' ' || c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

std::vector<std::string> split(std::string_view name) {
  std::vector<std::string> parts;
  bool in_part = false;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t start = at;
    const bool separates = is_separator(next_character(name, at));
    if (!separates) {
      if (!in_part) parts.emplace_back();
      parts.back() += name.substr(start, at - start);
    }
    in_part = !separates;
  }
  return parts;
}

// Behind one to three separators, or npos if there are none or more.
std::size_t behind_separators(std::string_view text, std::size_t at) {
  for (int count = 0; count <= kSeparatorCharactersMax; count++) {
    if (at == text.size()) return std::string_view::npos;
    std::size_t next = at;
    if (!is_separator(next_character(text, next))) return count > 0 ? at : std::string_view::npos;
    at = next;
  }
  return std::string_view::npos;
}

bool begins_with_ascii(std::string_view text) {
  return static_cast<unsigned char>(text.front()) < 0x80;
}

}  // namespace

NameIndex::NameIndex(std::span<const OwnedName> names) {
  std::vector<KeyIndex::Entry> by_runs;
  std::vector<KeyIndex::Entry> beyond_ascii;
  names_.reserve(names.size());
  for (const auto& [name, owner] : names) {
    const std::string plain = folded(name);
    const auto position = static_cast<std::uint32_t>(names_.size());
    Name& added = names_.emplace_back(Name{split(plain), owner});
    CHECK(!added.parts.empty(), "read_contests() refuses names without letters");
    const std::size_t start = plain.find(added.parts.front());
    if (!begins_with_ascii(added.parts.front())) {
      beyond_ascii.push_back({character_key(plain, start), position});
      continue;
    }
    const std::uint64_t first = run_key(eight_bytes(plain, start));
    const std::size_t next = next_run(plain, start);
    const std::uint64_t second = next < plain.size() ? run_key(eight_bytes(plain, next)) : 0;
    by_runs.push_back({key_of_runs(first, second), position});
    first_keys_.push_back(first);
  }
  by_runs_ = KeyIndex(std::move(by_runs));
  beyond_ascii_ = KeyIndex(std::move(beyond_ascii));
}

ByteRange NameIndex::match(const Name& name, std::string_view text, std::size_t start) {
  if (word_continues_before(text, start)) return {};
  std::size_t at = start;
  for (std::size_t part = 0; part < name.parts.size(); part++) {
    if (part > 0) at = behind_separators(text, at);
    if (at == std::string_view::npos || !text.substr(at).starts_with(name.parts[part])) return {};
    at += name.parts[part].size();
  }
  if (word_continues_at(text, at)) return {};
  return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(at)};
}

}  // namespace pantau
