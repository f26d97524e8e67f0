#include "classifiers/base/mistakes.h"

#include <fmt/format.h>

#include <iterator>

namespace pantau {
namespace {

// A shown line is cut here: a list's line may be any length, a terminal's not.
constexpr std::size_t kLineShownMax = 200;

std::string_view line_of(std::string_view text, std::size_t number) {
  for (std::size_t line = 1; !text.empty(); line++) {
    const std::size_t end = text.find('\n');
    std::string_view current = text.substr(0, end);
    if (line == number) {
      if (current.ends_with('\r')) current.remove_suffix(1);
      return current;
    }
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return {};
}

// Columns count characters, so the caret must stand below the character and
// not below its byte: one blank for each character before it, tabs kept.
std::string caret_below(std::string_view line, std::size_t column) {
  std::string blanks;
  std::size_t characters = 1;
  for (const char byte : line) {
    if ((static_cast<unsigned char>(byte) & 0xC0) == 0x80) continue;  // inside a character
    if (characters++ >= column) break;
    blanks += byte == '\t' ? '\t' : ' ';
  }
  return blanks + "^";
}

}  // namespace

void Mistakes::add(Place place, std::string_view what) {
  if (++count_ > kMistakesShownMax) return;
  auto out = std::back_inserter(shown_);
  fmt::format_to(out, "{}:", file_);
  if (place.line != 0) fmt::format_to(out, "{}:", place.line);
  if (place.column != 0) fmt::format_to(out, "{}:", place.column);
  fmt::format_to(out, " error: {}\n", what);
  if (place.line == 0 || place.column == 0) return;
  const std::string_view line = line_of(text_, place.line);
  if (line.empty() || line.size() > kLineShownMax) return;
  fmt::format_to(out, "  {}\n  {}\n", line, caret_below(line, place.column));
}

std::string Mistakes::report() const {
  std::string report = shown_;
  if (count_ > kMistakesShownMax) {
    report += fmt::format("{}: and {} more errors\n", file_, count_ - kMistakesShownMax);
  }
  if (report.ends_with('\n')) report.pop_back();
  return report;
}

}  // namespace pantau
