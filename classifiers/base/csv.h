// Comma-separated values (RFC 4180), as lists and exports come.
//
// One state machine says where cells and rows end. The chunker looks for a row's end in bytes
// that arrive bit by bit; a worker splits a row into cells, and a list is read as a whole. Were
// they to disagree about a quote, a row would be read that the chunker never saw as one.
//
// Read generously, as files are written: rows end with "\n", "\r\n" or "\r";
// a quote opens a cell only as its first byte and is a letter like any other
// elsewhere; what follows a closing quote belongs to the cell. A quote that is
// never closed must not swallow the rest of the file: then the row is only its
// first physical line, and is marked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "classifiers/base/arena.h"
#include "classifiers/base/csv_marks.h"

namespace pantau {

// The delimiter of a file that begins with `text`: what its first line that is
// not blank has most of outside quotes, of comma, semicolon and tab.
char csv_delimiter(std::string_view text);

// How many bytes the first physical line of `text` has, with its line end.
// Everything if no line end is there.
std::size_t first_line_bytes(std::string_view text);

// Whether there are only blanks, tabs and line ends.
bool is_blank(std::string_view text);

// Follows a row until it ends. Each call goes on where the last one stopped.
class CsvScanner {
 public:
  static constexpr std::size_t kNoEnd = static_cast<std::size_t>(-1);

  explicit CsvScanner(char delimiter) : delimiter_(delimiter) {}

  // Reads `bytes` up to the end of the row and returns where the next row
  // begins; then the scanner is ready for it. kNoEnd if the row goes on behind
  // `bytes`. `on_cell_end` is called with the position of each cell's end.
  template <class OnCellEnd>
  std::size_t find_row_end(std::string_view bytes, OnCellEnd&& on_cell_end);
  std::size_t find_row_end(std::string_view bytes) {
    return find_row_end(bytes, [](std::size_t) {});
  }

  // What the end of the input would mean now, after kNoEnd.
  bool is_in_quotes() const { return state_ == State::Quoted; }
  bool is_behind_row() const { return state_ == State::RowEnding; }  // a "\r", perhaps of "\r\n"

  // Line ends met since the scanner was made, inside of quotes and outside.
  std::uint64_t lines() const { return lines_; }

 private:
  enum class State : std::uint8_t { CellStart, Plain, Quoted, QuoteSeen, RowEnding };

  // The position of what ends a cell without quotes; the size if nothing does.
  std::size_t find_cell_end(std::string_view bytes, std::size_t at) const;

  // From inside of quotes to behind the next one; counts the line ends between.
  std::size_t skip_quoted(std::string_view bytes, std::size_t at) {
    for (; at < bytes.size(); at++) {
      const char c = bytes[at];
      if (c == '\r' || (c == '\n' && !after_cr_)) lines_++;
      after_cr_ = c == '\r';
      if (c != '"') continue;
      state_ = State::QuoteSeen;
      return at + 1;
    }
    return at;
  }

  char delimiter_;
  State state_ = State::CellStart;
  bool after_cr_ = false;  // in quotes: the last byte was '\r'
  std::uint64_t lines_ = 0;
};

// The extent of a row at the front of a text.
struct CsvExtent {
  std::size_t bytes = 0;    // with its line end
  std::size_t content = 0;  // without
  std::uint64_t lines = 0;  // physical lines
  bool unclosed = false;    // a quote is never closed: only the first physical line
};

// The first row of `text`, behind which nothing comes. `text` is not empty.
CsvExtent first_csv_row(std::string_view text, char delimiter);

struct CsvRow {
  std::uint64_t line = 0;  // number of its first physical line, from 1
  std::vector<std::string_view> cells;
  bool unclosed = false;
};

// The rows of a text, blank lines left out. Cells are views of the text, or of
// the arena where doubled quotes had to be undone.
//
// This is the scanner's machine again, going from mark to mark for texts that are there as a
// whole; tests hold the two equal.
class CsvRows {
 public:
  CsvRows(std::string_view text, char delimiter, Arena& arena, std::uint64_t first_line = 1)
      : text_(text),
        delimiter_(delimiter),
        arena_(arena),
        stop_(text.size()),
        line_(first_line),
        marks_(text, delimiter) {}

  // The next row, or false at the end. `row` is overwritten; using the same one
  // again saves its allocation.
  bool next(CsvRow& row);

  // No row is read that begins at `position` or behind it. Rows before may reach beyond.
  void stop_at(std::size_t position) { stop_ = position; }

  // Where the next row begins, and on which line.
  std::size_t position() const { return at_; }
  std::uint64_t line() const { return line_; }

 private:
  void take_row(CsvRow& row);
  bool take_usual_row(CsvRow& row);
  bool skip_quoted();
  void take_first_line(std::size_t begin, CsvRow& row);
  std::string_view unquoted(std::string_view cell);

  std::string_view text_;
  char delimiter_;
  Arena& arena_;
  std::size_t at_ = 0;
  std::size_t stop_;
  std::uint64_t line_;
  CsvMarks marks_;
};

template <class OnCellEnd>
std::size_t CsvScanner::find_row_end(std::string_view bytes, OnCellEnd&& on_cell_end) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const char c = bytes[at];
    switch (state_) {
      case State::CellStart:
        if (c == '"') {
          state_ = State::Quoted;
          at++;
          break;
        }
        state_ = State::Plain;
        [[fallthrough]];
      case State::Plain:
        at = find_cell_end(bytes, at);
        if (at == bytes.size()) break;
        on_cell_end(at);
        state_ = bytes[at] == delimiter_ ? State::CellStart : State::RowEnding;
        if (bytes[at] != '\n') at++;  // RowEnding takes that one
        break;
      case State::Quoted:
        at = skip_quoted(bytes, at);
        break;
      case State::QuoteSeen:
        state_ = c == '"' ? State::Quoted : State::Plain;
        if (c == '"') at++;
        break;
      case State::RowEnding:
        lines_++;
        state_ = State::CellStart;
        return c == '\n' ? at + 1 : at;
    }
  }
  return kNoEnd;
}

}  // namespace pantau
