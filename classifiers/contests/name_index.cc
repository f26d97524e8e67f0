#include "classifiers/contests/name_index.h"

#include "classifiers/base/check.h"
#include "classifiers/text/fold.h"

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

}  // namespace

void NameIndex::add(std::string_view name, std::uint32_t owner) {
  Name added{split(folded(name)), owner};
  CHECK(!added.parts.empty(), "read_contests() refuses names without letters");
  const std::string& first = added.parts.front();
  by_first_word_[first.substr(0, next_word(first, 0).end)].push_back(
      static_cast<std::uint32_t>(names_.size()));
  names_.push_back(std::move(added));
}

ByteRange NameIndex::match(const Name& name, std::string_view text, std::uint32_t word) {
  std::size_t at = word;
  for (std::size_t part = 0; part < name.parts.size(); part++) {
    if (part > 0) at = behind_separators(text, at);
    if (at == std::string_view::npos || !text.substr(at).starts_with(name.parts[part])) return {};
    at += name.parts[part].size();
  }
  if (word_continues_at(text, at)) return {};
  return {word, static_cast<std::uint32_t>(at)};
}

}  // namespace pantau
