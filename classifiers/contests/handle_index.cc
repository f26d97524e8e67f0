#include "classifiers/contests/handle_index.h"

#include "classifiers/text/words.h"

namespace pantau {
namespace {

bool is_handle_character(char c) {
  return is_ascii_word(c) || c == '.' || c == '-';
}

bool is_handle_character_at(std::string_view text, std::size_t at) {
  return at < text.size() && is_handle_character(text[at]);
}

}  // namespace

HandleIndex::HandleIndex(std::vector<OwnedHandle> handles) : handles_(std::move(handles)) {
  std::vector<KeyIndex::Entry> entries;
  entries.reserve(handles_.size());
  for (std::uint32_t i = 0; i < handles_.size(); i++) {
    entries.push_back({key_of(handles_[i].handle), i});
  }
  by_handle_ = KeyIndex(std::move(entries));
}

ByteRange HandleIndex::range_at(std::string_view text, std::size_t sign) {
  if (word_continues_before(text, sign)) return {};
  const std::size_t start = sign + 1;
  std::size_t end = start;
  while (is_handle_character_at(text, end)) end++;
  const bool names_a_host =
      end > start && end < text.size() && text[end] == '@' && is_handle_character_at(text, end + 1);
  if (names_a_host) {
    end++;
    while (is_handle_character_at(text, end)) end++;
  }
  while (end > start && (text[end - 1] == '.' || text[end - 1] == '-')) end--;
  return {static_cast<std::uint32_t>(sign), static_cast<std::uint32_t>(end)};
}

}  // namespace pantau
