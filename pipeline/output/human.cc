#include "pipeline/output/human.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "pipeline/output/utf8.h"

namespace pantau {
namespace {

// Three digits that mean something: "1.23", "45.6", "789".
std::string three_digits(double value) {
  if (value < 9.995) return fmt::format("{:.2f}", value);
  if (value < 99.95) return fmt::format("{:.1f}", value);
  return fmt::format("{:.0f}", value);
}

bool is_control(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first < 0x20 || first == 0x7F;
  if (character.size() == 2)
    return first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
  // Marks that turn the direction of writing would reorder a line: U+200E, U+200F,
  // U+2028 to U+202E, U+2066 to U+2069.
  if (character.size() != 3 || first != 0xE2) return false;
  const auto byte = [&](std::size_t i) -> unsigned {
    return static_cast<unsigned char>(character[i]);
  };
  const unsigned tail = byte(1) << 8 | byte(2);
  return tail == 0x808E || tail == 0x808F || (tail >= 0x80A8 && tail <= 0x80AE) ||
         (tail >= 0x81A6 && tail <= 0x81A9);
}

}  // namespace

std::string format_count(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
  return digits;
}

std::string format_bytes(std::uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} B", bytes);
  constexpr std::array<std::string_view, 6> kUnits = {"kB", "MB", "GB", "TB", "PB", "EB"};
  double value = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  while (value >= 999.5 && unit + 1 < kUnits.size()) {  // would be shown as 1000
    value /= 1000;
    unit++;
  }
  return fmt::format("{} {}", three_digits(value), kUnits[unit]);
}

std::string format_rate(double per_second) {
  if (!std::isfinite(per_second) || per_second < 0) return "-";
  if (per_second < 99.95) return three_digits(per_second);
  return format_count(static_cast<std::uint64_t>(std::min(std::round(per_second), 1e18)));
}

std::string format_duration(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0) return "-";
  const auto whole = static_cast<std::uint64_t>(std::min(std::round(seconds), 1e15));
  const std::uint64_t hours = whole / 3600;
  if (hours == 0) return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", hours, whole / 60 % 60, whole % 60);
}

std::string format_gigabytes(double per_second) {
  if (!std::isfinite(per_second) || per_second < 0) return "-";
  return fmt::format("{} GB/s", three_digits(per_second / 1e9));
}

std::string printable(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const Utf8Part part = utf8_part(text);
    const std::string_view character = text.substr(0, part.size);
    shown += part.is_character && !is_control(character) ? character : "?";
    text.remove_prefix(part.size);
  }
  return shown;
}

std::size_t columns_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char byte) { return (byte & 0xC0) != 0x80; }));
}

}  // namespace pantau
