#include <fmt/format.h>

#include "pipeline/evidence/report.h"
#include "pipeline/evidence/utf8_reader.h"

namespace pantau {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_control(char32_t c) {
  return (c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0);
}

// Characters that turn the order around, and those that have no width.
bool deceives(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x061C ||
         c == 0x200E || c == 0x200F || c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0x00AD ||
         (c >= 0xE0000 && c <= 0xE007F);
}

}  // namespace

std::string code_of(char32_t character) {
  return fmt::format("[U+{:04X}]", static_cast<std::uint32_t>(character));
}

std::string shown(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const Utf8Character next = first_character(text);
    if (!next.code || is_control(*next.code)) {
      result += *text.begin() == '\t' ? std::string_view(" ") : kReplacement;
    } else if (deceives(*next.code)) {
      result += code_of(*next.code);
    } else {
      result += text.substr(0, next.size);
    }
    text.remove_prefix(next.size);
  }
  return result;
}

}  // namespace pantau
