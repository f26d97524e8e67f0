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
  while (at_ < stop_) {
    const std::size_t begin = at_;
    take_row(row);
    if (!is_blank(text_.substr(begin, at_ - begin))) return true;
  }
  return false;
}

// Takes a row as most are: without quotes, with as many cells as the one before, its marks known
// already. False, and nothing is done, if the next row is another.
bool CsvRows::take_usual_row(CsvRow& row) {
  const std::size_t cells = row.cells.size();
  const std::span<const std::uint16_t> marks = marks_.known();
  // One more mark: the second byte of the line's end.
  if (cells == 0 || marks.size() <= cells) return false;
  const char* const window = text_.data() + marks_.window();
  const char* cell = text_.data() + at_;
  std::string_view* to = row.cells.data();
  for (const std::uint16_t position : marks.first(cells - 1)) {
    const char* const mark = window + position;
    if (*mark != delimiter_) return false;
    *to++ = {cell, static_cast<std::size_t>(mark - cell)};
    cell = mark + 1;
  }
  const char* const last = window + marks[cells - 1];
  if (!is_line_end(*last)) return false;
  *to = {cell, static_cast<std::size_t>(last - cell)};
  cell = last + 1;
  const bool is_pair = cell[-1] == '\r' && *cell == '\n';
  if (is_pair) cell++;
  marks_.skip(cells + (is_pair ? 1 : 0));
  at_ = static_cast<std::size_t>(cell - text_.data());
  line_++;
  return true;
}

// Fills `row` from what comes next and goes behind it.
void CsvRows::take_row(CsvRow& row) {
  row.line = line_;
  row.unclosed = false;
  if (take_usual_row(row)) return;
  const std::size_t begin = at_;
  std::size_t cell = begin;
  std::size_t cells = 0;
  bool quoted = false;
  for (;;) {
    const std::size_t mark = marks_.next();
    const char c = mark < text_.size() ? text_[mark] : '\n';
    if (c == '"') {
      // Anywhere else in a cell it is a letter like any other.
      if (mark != cell) continue;
      quoted = true;
      if (!skip_quoted()) return take_first_line(begin, row);
      continue;
    }
    // Most rows have as many cells as the one before: its places are used again.
    if (cells == row.cells.size()) row.cells.emplace_back();
    const std::string_view content(text_.data() + cell, mark - cell);
    row.cells[cells++] = quoted ? unquoted(content) : content;
    quoted = false;
    cell = mark + 1;
    if (c != delimiter_) break;
  }
  row.cells.resize(cells);
  line_++;
  at_ = std::min(cell, text_.size());
  if (at_ < text_.size() && text_[at_] == '\n' && text_[at_ - 1] == '\r') {
    marks_.next();
    at_++;
  }
}

// From behind an opening quote to behind the one that closes it; false if none does.
bool CsvRows::skip_quoted() {
  for (;;) {
    const std::size_t mark = marks_.next();
    if (mark == text_.size()) return false;
    const char c = text_[mark];
    if (c == '\r' || (c == '\n' && text_[mark - 1] != '\r')) line_++;
    if (c != '"') continue;
    if (mark + 1 == text_.size() || text_[mark + 1] != '"') return true;
    marks_.next();
  }
}

// A row whose last cell lacks its closing quote is its first line.
void CsvRows::take_first_line(std::size_t begin, CsvRow& row) {
  const std::string_view text = text_.substr(begin);
  const CsvExtent first = only_first_line(text);
  const std::string_view line = text.substr(0, first.content);
  const auto content = [this](std::string_view cell) {
    return cell.starts_with('"') ? unquoted(cell) : cell;
  };
  row.unclosed = true;
  row.cells.clear();
  std::size_t cell = 0;
  CsvScanner(delimiter_).find_row_end(line, [&](std::size_t cell_end) {
    row.cells.push_back(content(line.substr(cell, cell_end - cell)));
    cell = cell_end + 1;
  });
  row.cells.push_back(content(line.substr(cell)));
  line_ = row.line + first.lines;
  at_ = begin + first.bytes;
  marks_.seek(at_);
}

// The content of a cell that a quote opens.
std::string_view CsvRows::unquoted(std::string_view cell) {
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
