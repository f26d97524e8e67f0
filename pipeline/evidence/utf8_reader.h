// The characters of a text, one after the other.
#pragma once

#include <optional>
#include <string_view>

#include "pipeline/output/utf8.h"

namespace pantau {

struct Utf8Character {
  std::optional<char32_t> code;  // nothing: the bytes belong to no character
  std::size_t size = 1;
};

// What stands at the start of `text`, which is not empty.
inline Utf8Character first_character(std::string_view text) {
  const Utf8Part part = utf8_part(text);
  if (!part.is_character) return {std::nullopt, part.size};
  const auto byte = [text](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[i]));
  };
  if (part.size == 1) return {byte(0), 1};
  char32_t code = byte(0) & (0x7FU >> part.size);
  for (std::size_t i = 1; i < part.size; i++) code = code << 6 | (byte(i) & 0x3F);
  return {code, part.size};
}

}  // namespace pantau
