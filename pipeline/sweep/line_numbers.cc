#include "pipeline/sweep/line_numbers.h"

#include <charconv>
#include <string>
#include <vector>

#include "classifiers/base/check.h"

namespace pantau {
namespace {

// Adds `lines` to the number whose digits begin at `at`.
void add_lines(std::string& text, std::size_t at, std::uint64_t lines) {
  std::uint64_t number = 0;
  const char* const begin = text.data() + at;
  const auto [end, error] = std::from_chars(begin, text.data() + text.size(), number);
  CHECK(error == std::errc(), "a line's number stands there");
  text.replace(at, static_cast<std::size_t>(end - begin), std::to_string(number + lines));
}

}  // namespace

void LineNumbers::number(ChunkOutcome& outcome) {
  if (outcome.file->number != file_) {
    file_ = outcome.file->number;
    lines_ = 0;
    has_failed_ = false;
  }
  if (has_failed_) return leave_out(outcome);
  if (outcome.fault) {
    has_failed_ = true;
    leave_out(outcome);
    outcome.notes.push_back(note_on_rest(*outcome.fault));
    outcome.file_failed = true;
    return;
  }
  if (lines_ != 0) {
    for (FoundFlag& flag : outcome.flags) add_lines(flag.item.flag, flag.line_at, lines_);
    // From the last one on, because those behind a number move.
    const std::vector<std::size_t>& places = outcome.reject_lines_at;
    for (auto at = places.rbegin(); at != places.rend(); ++at) {
      add_lines(outcome.rejects, *at, lines_);
    }
  }
  lines_ += outcome.late_lines;
  if (outcome.end.file == file_) outcome.end.in_file.line += lines_;
}

void LineNumbers::leave_out(ChunkOutcome& outcome) const {
  ChunkOutcome nothing;
  nothing.file = outcome.file;
  nothing.end = {file_ + 1, {}};
  nothing.stored_bytes_done = outcome.stored_bytes_done;
  nothing.fault = std::move(outcome.fault);
  outcome = std::move(nothing);
}

}  // namespace pantau
