#include "classifiers/text/spread_letters.h"

#include <optional>

#include "classifiers/text/tokens.h"
#include "classifiers/text/view_writer.h"
#include "classifiers/text/words.h"

namespace pantau {
namespace {

constexpr std::size_t kSpreadUnitsMin = 3;
constexpr std::size_t kSpreadUnitsMinOverBlanks = 4;  // "a b c" is more often a list
constexpr std::size_t kSpreadLettersMin = 2;

bool is_unit(char c) {
  return is_ascii_letter(c) || letter_of_digit(c) != '\0';
}

// '_' separates letters as well as '.' does, so here it is no part of a word.
bool is_solid_at(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] != '_' && word_continues_at(text, at);
}

bool is_solid_before(std::string_view text, std::size_t at) {
  return at > 0 && text[at - 1] != '_' && word_continues_before(text, at);
}

bool is_lone_unit(std::string_view text, std::size_t at) {
  return at < text.size() && is_unit(text[at]) && !is_solid_at(text, at + 1);
}

// The separator that begins at `at`: up to the next solid character.
std::string_view separator_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  for (std::size_t count = 0; end < text.size() && !is_solid_at(text, end); count++) {
    if (count == kSeparatorCharactersMax) return {};
    do end++;
    while (end < text.size() && is_inside_character(text[end]));
  }
  return text.substr(at, end - at);
}

struct SpreadRun {
  std::size_t stride = 0;  // from one unit to the next
  std::size_t units = 0;
  std::size_t letters = 0;

  std::size_t last(std::size_t first) const { return first + (units - 1) * stride; }
};

SpreadRun spread_run_at(std::string_view text, std::size_t first) {
  SpreadRun run;
  if (!is_lone_unit(text, first) || is_solid_before(text, first)) return run;
  const std::string_view separator = separator_at(text, first + 1);
  if (separator.empty()) return run;
  run.stride = 1 + separator.size();
  for (std::size_t at = first; is_lone_unit(text, at); at += run.stride) {
    run.units++;
    run.letters += is_ascii_letter(text[at]) ? 1 : 0;
    if (text.substr(at + 1, separator.size()) != separator) break;
  }
  const std::size_t units_min = separator == " " ? kSpreadUnitsMinOverBlanks : kSpreadUnitsMin;
  if (run.units < units_min) run.units = 0;
  return run;
}

// The first place from `at` on where a run might begin.
std::size_t next_letter_alone(std::string_view text, std::size_t at) {
  while (at < text.size() &&
         !(is_letter_or_digit(text[at]) && (at == 0 || !is_letter_or_digit(text[at - 1])) &&
           (at + 1 == text.size() || !is_letter_or_digit(text[at + 1])))) {
    at++;
  }
  return at;
}

}  // namespace

bool join_spread_letters(std::string_view plain, FoldedView& joined) {
  std::optional<ViewWriter> writer;
  std::size_t copied = 0;
  for (std::size_t at = next_letter_alone(plain, 0); at < plain.size();
       at = next_letter_alone(plain, at)) {
    const SpreadRun run = spread_run_at(plain, at);
    if (run.units == 0) {
      at++;
    } else if (run.letters < kSpreadLettersMin) {
      at = run.last(at);  // no part of it has more letters: go on from its last unit
    } else {
      if (!writer) writer.emplace(joined, plain.size());
      writer->copy(plain, copied, at);
      for (std::size_t unit = 0; unit < run.units; unit++) {
        writer->copy(plain, at + unit * run.stride, at + unit * run.stride + 1);
      }
      at = run.last(at) + 1;
      copied = at;
    }
  }
  if (!writer) return false;
  writer->copy(plain, copied, plain.size());
  return true;
}

}  // namespace pantau
