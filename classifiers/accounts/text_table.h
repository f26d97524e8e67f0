// Numbered texts, one behind the other: a section of the roster's image.
//
//   count | position of each `stride`th text | texts
//
// A text is its length (one byte, or two of seven bits each, the lower ones first and marked by
// the top bit) and its bytes; positions count from the first text. What is asked for rarely has a
// long stride: it costs no room, and walking past a few texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pantau {

inline constexpr std::size_t kTextBytesMax = 0x3FFF;

// Puts a text behind others.
template <class Bytes>
void append_text(Bytes& texts, std::string_view text) {
  if (text.size() < 0x80) {
    texts.push_back(static_cast<char>(text.size()));
  } else {
    texts.push_back(static_cast<char>(0x80 | (text.size() & 0x7F)));
    texts.push_back(static_cast<char>(text.size() >> 7));
  }
  texts.insert(texts.end(), text.begin(), text.end());
}

// Takes a text off the front; nothing for a forged table that goes beyond its end.
std::string_view take_text(std::string_view& texts);

class TextTableView {
 public:
  TextTableView() = default;

  // The table at the beginning of `section`. Whatever that holds, nothing is read outside of it.
  TextTableView(std::string_view section, std::size_t stride);

  std::uint32_t count() const { return count_; }

  // Empty for a number that the table does not have.
  std::string_view text(std::uint32_t number) const;

 private:
  std::string_view positions_;
  std::string_view texts_;
  std::size_t stride_ = 1;
  std::uint32_t count_ = 0;
};

}  // namespace pantau
