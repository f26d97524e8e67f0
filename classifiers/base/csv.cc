#include "classifiers/base/csv.h"

#include <algorithm>
#include <array>
#include <bit>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace pantau {
namespace {

bool is_line_end(char c) {
  return c == '\n' || c == '\r';
}

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// What a text amounts to in which a quote is never closed.
CsvExtent only_first_line(std::string_view text) {
  const std::size_t bytes = first_line_bytes(text);
  return {bytes, without_line_end(text.substr(0, bytes)).size(), 1, true};
}

}  // namespace

std::size_t CsvScanner::find_cell_end(std::string_view bytes, std::size_t at) const {
#if defined(__SSE2__)
  // Most cells are shorter than sixteen bytes: one step instead of a dozen.
  const __m128i delimiter = _mm_set1_epi8(delimiter_);
  const __m128i line_feed = _mm_set1_epi8('\n');
  const __m128i carriage_return = _mm_set1_epi8('\r');
  for (; at + sizeof(__m128i) <= bytes.size(); at += sizeof(__m128i)) {
    const __m128i part = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes.data() + at));
    const __m128i is_end = _mm_or_si128(
        _mm_cmpeq_epi8(part, delimiter),
        _mm_or_si128(_mm_cmpeq_epi8(part, line_feed), _mm_cmpeq_epi8(part, carriage_return)));
    const int found = _mm_movemask_epi8(is_end);
    if (found != 0) {
      return at + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned int>(found)));
    }
  }
#endif
  while (at < bytes.size() && bytes[at] != delimiter_ && !is_line_end(bytes[at])) at++;
  return at;
}

char csv_delimiter(std::string_view text) {
  constexpr std::array<char, 3> kDelimiters = {',', ';', '\t'};
  while (!text.empty() && is_blank(text.substr(0, first_line_bytes(text)))) {
    text.remove_prefix(first_line_bytes(text));
  }
  std::array<std::size_t, 3> counts = {};
  bool in_quotes = false;
  for (const char c : text.substr(0, first_line_bytes(text))) {
    if (c == '"') in_quotes = !in_quotes;
    const auto found = std::ranges::find(kDelimiters, c);
    if (!in_quotes && found != kDelimiters.end()) {
      counts[static_cast<std::size_t>(found - kDelimiters.begin())]++;
    }
  }
  return kDelimiters[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

std::size_t first_line_bytes(std::string_view text) {
  const auto end = std::ranges::find_if(text, is_line_end);
  if (end == text.end()) return text.size();
  const auto at = static_cast<std::size_t>(end - text.begin());
  return text.substr(at).starts_with("\r\n") ? at + 2 : at + 1;
}

bool is_blank(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c == ' ' || c == '\t' || is_line_end(c); });
}

CsvExtent first_csv_row(std::string_view text, char delimiter) {
  CsvScanner scanner(delimiter);
  const std::size_t end = scanner.find_row_end(text);
  if (end == CsvScanner::kNoEnd && scanner.is_in_quotes()) return only_first_line(text);
  if (end == CsvScanner::kNoEnd && !scanner.is_behind_row()) {
    return {text.size(), text.size(), scanner.lines() + 1, false};
  }
  const std::size_t bytes = end == CsvScanner::kNoEnd ? text.size() : end;
  const std::uint64_t last = end == CsvScanner::kNoEnd ? 1 : 0;  // a '\r' not yet counted
  return {bytes, without_line_end(text.substr(0, bytes)).size(), scanner.lines() + last, false};
}

bool CsvRows::next(CsvRow& row) {
  while (!rest_.empty()) {
    row.line = line_;
    const std::string_view text = rest_;
    rest_.remove_prefix(take_row(row));
    if (!is_blank(text.substr(0, text.size() - rest_.size()))) return true;
  }
  return false;
}

// Fills `row` from the front of the rest and returns how many bytes it has.
std::size_t CsvRows::take_row(CsvRow& row) {
  row.cells.clear();
  row.unclosed = false;
  CsvScanner scanner(delimiter_);
  std::size_t cell = 0;
  const std::size_t end = scanner.find_row_end(rest_, [&](std::size_t cell_end) {
    row.cells.push_back(cell_content(rest_.substr(cell, cell_end - cell)));
    cell = cell_end + 1;
  });
  line_ += scanner.lines();
  if (end != CsvScanner::kNoEnd) return end;
  if (scanner.is_in_quotes()) {
    const CsvExtent first = only_first_line(rest_);
    line_ = row.line + first.lines;
    row.unclosed = true;
    take_cells(rest_.substr(0, first.content), row);
    return first.bytes;
  }
  if (!scanner.is_behind_row()) row.cells.push_back(cell_content(rest_.substr(cell)));
  line_++;
  return rest_.size();
}

// The cells of a line whose last one lacks its closing quote.
void CsvRows::take_cells(std::string_view line, CsvRow& row) {
  row.cells.clear();
  std::size_t cell = 0;
  CsvScanner(delimiter_).find_row_end(line, [&](std::size_t cell_end) {
    row.cells.push_back(cell_content(line.substr(cell, cell_end - cell)));
    cell = cell_end + 1;
  });
  row.cells.push_back(cell_content(line.substr(cell)));
}

std::string_view CsvRows::cell_content(std::string_view cell) {
  if (!cell.starts_with('"')) return cell;
  cell.remove_prefix(1);
  const std::size_t quote = cell.find('"');
  if (quote == std::string_view::npos) return cell;  // never closed
  if (quote + 1 == cell.size()) return cell.substr(0, quote);

  char* const content = arena_.allocate(cell.size());
  std::size_t size = 0;
  bool in_quotes = true;
  for (std::size_t i = 0; i < cell.size(); i++) {
    if (in_quotes && cell[i] == '"') {
      in_quotes = i + 1 < cell.size() && cell[i + 1] == '"';
      if (!in_quotes) continue;
      i++;
    }
    content[size++] = cell[i];
  }
  arena_.give_back(cell.size() - size);
  return {content, size};
}

}  // namespace pantau
