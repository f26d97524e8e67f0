#include "classifiers/text/spread_letters.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "classifiers/text/call_words.h"
#include "classifiers/text/split_words.h"
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

bool is_vowel(char unit) {
  const char letter = is_ascii_letter(unit) ? unit : letter_of_digit(unit);
  return std::string_view("aeiou").find(letter) != std::string_view::npos;
}

struct SpreadRun {
  std::size_t stride = 0;  // from one unit to the next
  std::size_t units = 0;
  std::size_t letters = 0;
  std::size_t looked_at = 0;  // units; of which the numbers at the end are none of the run
  bool spreads_words = false;

  std::size_t last(std::size_t first) const { return first + (units - 1) * stride; }
};

// Whether signs between the units are letters themselves: the vowels of p!l!h, or those that make a
// word of a call of k@l@u.
bool are_letters_between(std::string_view text, std::size_t first, std::size_t units, char sign) {
  bool has_vowel = false;
  for (std::size_t i = 0; i < units; i++) has_vowel = has_vowel || is_vowel(text[first + 2 * i]);
  if (!has_vowel) return true;
  if (2 * units - 1 > kCallWordLettersMax) return false;
  std::string word;
  for (std::size_t i = 0; i < units; i++) {
    const char unit = text[first + 2 * i];
    if (i > 0) word += sign == '@' ? 'a' : sign == '$' ? 's' : 'i';
    word += is_ascii_letter(unit) ? unit : letter_of_digit(unit);
  }
  return is_call_word(word);
}

SpreadRun spread_run_at(std::string_view text, std::size_t first) {
  SpreadRun run;
  if (!is_lone_unit(text, first) || is_solid_before(text, first)) return run;
  const std::string_view separator = separator_at(text, first + 1);
  if (separator.empty()) return run;
  run.stride = 1 + separator.size();
  const bool over_blanks = separator == " ";
  for (std::size_t at = first; is_lone_unit(text, at); at += run.stride) {
    run.looked_at++;
    run.letters += is_ascii_letter(text[at]) ? 1 : 0;
    // "n o m o r 3": a number behind words is a number.
    if (!over_blanks || is_ascii_letter(text[at])) run.units = run.looked_at;
    if (text.substr(at + 1, separator.size()) != separator) break;
  }
  const std::size_t units_min = over_blanks ? kSpreadUnitsMinOverBlanks : kSpreadUnitsMin;
  const char sign = separator.front();
  run.spreads_words = run.units >= units_min && run.letters >= kSpreadLettersMin &&
                      !(separator.size() == 1 && is_token_character(sign) &&
                        are_letters_between(text, first, run.units, sign));
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

// Writes the units of runs side by side, and a blank between two words.
class Joiner {
 public:
  Joiner(const FoldedView& plain, FoldedView& joined)
      : plain_(plain), writer_(joined, plain.text().size()) {}

  void add_run(std::size_t first, const SpreadRun& run) {
    writer_.copy(plain_.text(), copied_, first);
    std::vector<std::size_t> begins = wide_gaps(first, run);
    add_words(first, run, begins);
    std::ranges::sort(begins);
    auto begin = begins.begin();
    for (std::size_t unit = 0; unit < run.units; unit++) {
      const std::size_t at = first + unit * run.stride;
      if (begin != begins.end() && *begin == unit) {
        *writer_.end() = ' ';
        writer_.add_as_one(1, range(at - (run.stride - 1), at));
        begin++;
      }
      writer_.copy(plain_.text(), at, at + 1);
    }
    copied_ = run.last(first) + 1;
  }

  void finish() { writer_.copy(plain_.text(), copied_, plain_.text().size()); }

 private:
  static ByteRange range(std::size_t start, std::size_t end) {
    return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
  }

  // White space of the original before a unit (but the first).
  std::uint32_t width_before(std::size_t at) const {
    const ByteRange source = plain_.source_of(range(at - 1, at));
    return source.end - source.start;
  }

  // The units that stand behind more white space than others.
  std::vector<std::size_t> wide_gaps(std::size_t first, const SpreadRun& run) const {
    std::vector<std::size_t> wide;
    if (run.stride != 2 || plain_.text()[first + 1] != ' ') return wide;
    std::uint32_t usual = width_before(first + run.stride);
    for (std::size_t unit = 2; unit < run.units; unit++) {
      usual = std::min(usual, width_before(first + unit * run.stride));
    }
    for (std::size_t unit = 1; unit < run.units; unit++) {
      if (width_before(first + unit * run.stride) > usual) wide.push_back(unit);
    }
    return wide;
  }

  // The units that words begin with, between those that do already.
  void add_words(std::size_t first, const SpreadRun& run, std::vector<std::size_t>& begins) const {
    const std::vector<std::size_t> known = begins;
    std::size_t from = 0;
    for (std::size_t i = 0; i <= known.size(); i++) {
      const std::size_t end = i < known.size() ? known[i] : run.units;
      std::string letters;
      for (std::size_t unit = from; unit < end && letters.size() <= kSplitLettersMax; unit++) {
        const char c = plain_.text()[first + unit * run.stride];
        letters += is_ascii_letter(c) ? c : letter_of_digit(c);
      }
      for (const std::size_t begin : word_begins(letters)) begins.push_back(from + begin);
      from = end;
    }
  }

  const FoldedView& plain_;
  ViewWriter writer_;
  std::size_t copied_ = 0;
};

}  // namespace

bool join_spread_letters(const FoldedView& plain, FoldedView& joined) {
  const std::string_view text = plain.text();
  std::optional<Joiner> joiner;
  for (std::size_t at = next_letter_alone(text, 0); at < text.size();
       at = next_letter_alone(text, at)) {
    const SpreadRun run = spread_run_at(text, at);
    if (run.looked_at <= 1) {
      at++;
    } else if (!run.spreads_words) {
      at +=
          (run.looked_at - 1) * run.stride;  // no part of it does, but its last unit may begin one
    } else {
      if (!joiner) joiner.emplace(plain, joined);
      joiner->add_run(at, run);
      at = run.last(at) + 1;
    }
  }
  if (!joiner) return false;
  joiner->finish();
  return true;
}

}  // namespace pantau
