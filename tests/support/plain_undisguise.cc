// The undisguised view: three steps, each a function from a list of characters
// to the next.
#include <optional>
#include <string>

#include "classifiers/text/call_words.h"
#include "classifiers/text/split_words.h"
#include "tests/support/plain_fold.h"

namespace pantau {
namespace {

constexpr std::uint32_t kSeparatorCharactersMax = 3;

bool is_one_of(char32_t c, std::u32string_view set) {
  return set.find(c) != std::u32string_view::npos;
}

// ---- 1: letters spread by separators ----

bool is_unit(char32_t c) {
  return is_plain_letter(c) || is_one_of(c, U"013456789");
}

bool separates(char32_t c) {
  return c == U'_' || !is_plain_word(c);
}

// What stands between the unit at `unit` and the next unit; nothing if the next
// character that is no separator is no unit, or is too far or too near.
std::optional<std::u32string> separator_behind(const PlainView& view, std::size_t unit) {
  std::u32string separator;
  std::size_t at = unit + 1;
  while (at < view.size() && separates(view[at].value)) separator += view[at++].value;
  if (at == view.size() || !is_unit(view[at].value)) return std::nullopt;
  if (separator.empty() || separator.size() > kSeparatorCharactersMax) return std::nullopt;
  return separator;
}

// The positions of the units of the run that begins at `first`, as many as can be.
std::vector<std::size_t> units_from(const PlainView& view, std::size_t first) {
  std::vector<std::size_t> units = {first};
  const std::optional<std::u32string> separator = separator_behind(view, first);
  if (!separator) return units;
  while (separator_behind(view, units.back()) == separator) {
    units.push_back(units.back() + separator->size() + 1);
  }
  const std::size_t behind = units.back() + 1;
  if (behind < view.size() && !separates(view[behind].value)) units.pop_back();
  // A number behind spread words is a number: "n o m o r 3".
  while (*separator == U" " && units.size() > 1 && is_plain_digit(view[units.back()].value)) {
    units.pop_back();
  }
  return units;
}

char32_t letter_of_digit(char32_t digit);

// k@l@u: with the signs as letters.
bool is_call_with_signs(const PlainView& view, const std::vector<std::size_t>& units) {
  const char32_t sign = view[units[0] + 1].value;
  const char letter = sign == U'@' ? 'a' : sign == U'$' ? 's' : 'i';
  std::string word;
  for (const std::size_t unit : units) {
    const char32_t c = view[unit].value;
    if (!word.empty()) word += letter;
    word += static_cast<char>(is_plain_letter(c) ? c : letter_of_digit(c));
  }
  return is_call_word(word);
}

bool is_spread(const PlainView& view, const std::vector<std::size_t>& units) {
  if (units.size() < 3) return false;
  const bool sign_between =
      units[1] == units[0] + 2 && is_one_of(view[units[0] + 1].value, U"!@$|");
  bool has_vowel = false;
  for (const std::size_t unit : units) {
    has_vowel = has_vowel || is_one_of(view[unit].value, U"aeiou0134");
  }
  if (sign_between && (!has_vowel || is_call_with_signs(view, units))) return false;
  const bool by_one_blank = units[1] == units[0] + 2 && view[units[0] + 1].value == U' ';
  if (by_one_blank && units.size() < 4) return false;
  std::size_t letters = 0;
  for (const std::size_t unit : units) letters += is_plain_letter(view[unit].value) ? 1 : 0;
  return letters >= 2;
}

// The best way to split: every way is tried, from the end on, and the first word of the better ones
// is the longest.
struct Split {
  std::size_t unknown_letters = 0;
  std::vector<std::string> words;
};

std::vector<std::optional<Split>> best_splits(const std::string& letters) {
  std::vector<std::optional<Split>> best(letters.size() + 1);
  best[letters.size()] = Split();
  for (std::size_t from = letters.size(); from-- > 0;) {
    for (std::size_t size = letters.size() - from; size > 0; size--) {
      const std::string word = letters.substr(from, size);
      if (!best[from + size] || (!is_call_word(word) && size < 3)) continue;
      Split split = *best[from + size];
      split.unknown_letters += is_call_word(word) ? 0 : size;
      split.words.insert(split.words.begin(), word);
      const bool is_better = !best[from] || split.unknown_letters < best[from]->unknown_letters ||
                             (split.unknown_letters == best[from]->unknown_letters &&
                              split.words.size() < best[from]->words.size());
      if (is_better) best[from] = split;
    }
  }
  return best;
}

std::vector<std::size_t> words_in(const std::string& letters) {
  if (letters.size() > kSplitLettersMax || letters.empty()) return {};
  const std::optional<Split> split = best_splits(letters).front();
  if (!split) return {};
  std::vector<std::size_t> begins;
  std::size_t at = 0;
  bool telling = false;
  for (const std::string& word : split->words) {
    if (at > 0) begins.push_back(at);
    telling = telling || (word.size() >= 3 && is_call_word(word));
    at += word.size();
  }
  return telling ? begins : std::vector<std::size_t>();
}

// Which of the units stand behind a wider blank than the narrowest.
std::vector<bool> behind_wide_blank(const PlainView& view, const PlainView& original,
                                    const std::vector<std::size_t>& units) {
  std::vector<bool> wide(units.size(), false);
  if (units[1] != units[0] + 2 || view[units[0] + 1].value != U' ') return wide;
  const auto width = [&](std::size_t i) {
    const PlainRange source = original[units[i] - 1].source;
    return source.end - source.start;
  };
  for (std::size_t i = 1; i < units.size(); i++) {
    for (std::size_t j = 1; j < units.size(); j++) wide[i] = wide[i] || width(i) > width(j);
  }
  return wide;
}

// Which of the units begin a word, but the first.
std::vector<bool> begin_words(const PlainView& view, const PlainView& original,
                              const std::vector<std::size_t>& units) {
  std::vector<bool> begin = behind_wide_blank(view, original, units);
  std::vector<bool> result = begin;
  for (std::size_t from = 0; from < units.size();) {
    std::size_t end = from + 1;
    while (end < units.size() && !begin[end]) end++;
    std::string letters;
    for (std::size_t i = from; i < end; i++) {
      const char32_t c = view[units[i]].value;
      letters += static_cast<char>(is_plain_letter(c) ? c : letter_of_digit(c));
    }
    for (const std::size_t at : words_in(letters)) result[from + at] = true;
    from = end;
  }
  return result;
}

PlainView joined(const PlainView& view, const PlainView& original) {
  PlainView result;
  for (std::size_t at = 0; at < view.size();) {
    const bool may_begin = is_unit(view[at].value) && (at == 0 || separates(view[at - 1].value));
    const std::vector<std::size_t> units =
        may_begin ? units_from(view, at) : std::vector<std::size_t>();
    if (is_spread(view, units)) {
      const std::vector<bool> begins = begin_words(view, original, units);
      for (std::size_t i = 0; i < units.size(); i++) {
        if (begins[i]) {
          result.push_back({U' ', {view[units[i - 1]].source.end, view[units[i]].source.start}});
        }
        result.push_back(view[units[i]]);
      }
      at = units.back() + 1;
    } else {
      result.push_back(view[at++]);
    }
  }
  return result;
}

// ---- 2: digits and signs as letters ----

bool in_token(char32_t c) {
  return is_plain_letter(c) || is_plain_digit(c) || is_one_of(c, U"!@$|");
}

char32_t letter_of_digit(char32_t digit) {
  switch (digit) {
    case U'0':
      return U'o';
    case U'1':
      return U'i';
    case U'3':
      return U'e';
    case U'4':
      return U'a';
    case U'5':
      return U's';
    case U'6':
      return U'g';
    case U'7':
      return U't';
    case U'8':
      return U'b';
    case U'9':
      return U'g';
    default:
      return 0;
  }
}

// One token, [begin, end) of the view; `letters` is what was mapped so far.
struct Token {
  const PlainView& view;
  std::size_t begin;
  std::size_t end;
  PlainView letters;
  bool mapped = false;

  char32_t at(std::size_t i) const { return i < begin || i >= end ? U' ' : view[i].value; }
  char32_t before(std::size_t i) const { return i == begin ? U' ' : at(i - 1); }

  void map(std::size_t i, char32_t letter) {
    letters[i - begin].value = letter;
    mapped = true;
  }
};

bool has_letter(const Token& token) {
  for (std::size_t i = token.begin; i < token.end; i++) {
    if (is_plain_letter(token.at(i))) return true;
  }
  return false;
}

bool is_mappable(const Token& token, std::size_t begin, std::size_t end) {
  if (end - begin > 3) return false;
  for (std::size_t i = begin; i < end; i++) {
    if (letter_of_digit(token.at(i)) == 0) return false;
  }
  return true;
}

void map_digits(Token& token, std::size_t begin, std::size_t end) {
  if (!is_mappable(token, begin, end)) return;
  for (std::size_t i = begin; i < end; i++) token.map(i, letter_of_digit(token.at(i)));
}

void map_sign(Token& token, std::size_t i) {
  const char32_t sign = token.at(i);
  const char32_t before = token.before(i);
  const char32_t behind = token.at(i + 1);
  const auto may_frame = [](char32_t c) {
    return is_plain_letter(c) || is_plain_digit(c) || c == U'$';
  };
  const bool between = may_frame(before) && may_frame(behind);
  if ((sign == U'!' || sign == U'|') && between) token.map(i, U'i');
  if (sign == U'@' && between) token.map(i, U'a');
  const auto is_letter_or_sign = [](char32_t c) {
    return is_plain_letter(c) || is_one_of(c, U"!@|");
  };
  if (sign == U'$' && (is_letter_or_sign(before) || is_letter_or_sign(behind))) token.map(i, U's');
}

struct Run {
  std::size_t begin;
  std::size_t end;
};

std::vector<Run> digit_runs(const Token& token) {
  std::vector<Run> runs;
  for (std::size_t i = token.begin; i < token.end; i++) {
    if (!is_plain_digit(token.at(i))) continue;
    if (i == token.begin || !is_plain_digit(token.at(i - 1))) runs.push_back({i, i});
    runs.back().end = i + 1;
  }
  return runs;
}

// A number behind a word is most likely a number, and stays one at the end of a
// sentence: "nomor1!".
bool is_trailing(const Token& token, Run run) {
  for (std::size_t i = run.end; i < token.end; i++) {
    if (is_plain_letter(token.at(i))) return false;
  }
  return true;
}

// "ay0" is a word, "nomor" before a number is one, too.
bool is_number_at_end(const Token& token, Run run, bool any) {
  std::string word;
  for (std::size_t i = run.begin; i > token.begin; i--) {
    const char32_t c = token.letters[i - 1 - token.begin].value;
    if (!is_plain_letter(c) && !is_plain_digit(c)) break;
    word.insert(word.begin(), static_cast<char>(c));
  }
  if (is_call_word(word)) return true;
  if (any) return false;
  if (word.empty() || run.end - run.begin > 2) return true;
  for (std::size_t i = run.begin; i < run.end; i++) {
    word += static_cast<char>(letter_of_digit(token.at(i)));
  }
  return !is_call_word(word);
}

void map_token(Token& token) {
  if (!has_letter(token)) return;
  for (std::size_t i = token.begin; i < token.end; i++) map_sign(token, i);
  const std::vector<Run> runs = digit_runs(token);
  for (const Run run : runs) {
    if (!is_trailing(token, run)) map_digits(token, run.begin, run.end);
  }
  const bool any = token.mapped;
  for (const Run run : runs) {
    if (is_trailing(token, run) && !is_number_at_end(token, run, any)) {
      map_digits(token, run.begin, run.end);
    }
  }
}

PlainView read_as_letters(const PlainView& view) {
  PlainView result;
  for (std::size_t at = 0; at < view.size();) {
    std::size_t end = at;
    while (end < view.size() && in_token(view[end].value)) end++;
    if (end == at) {
      result.push_back(view[at++]);
      continue;
    }
    Token token{view, at, end,
                PlainView(view.begin() + static_cast<std::ptrdiff_t>(at),
                          view.begin() + static_cast<std::ptrdiff_t>(end))};
    map_token(token);
    result.insert(result.end(), token.letters.begin(), token.letters.end());
    at = end;
  }
  return result;
}

// ---- 3: repeated letters ----

// "ii", "iii", "vii" are numbers.
bool is_roman_number(const PlainView& view, std::size_t begin, std::size_t end) {
  if (view[begin].value != U'i' || end - begin > 3) return false;
  const auto at = [&](std::size_t i) { return i < view.size() ? view[i].value : U' '; };
  while (begin > 0 && is_one_of(at(begin - 1), U"ivx")) begin--;
  while (is_one_of(at(end), U"ivx")) end++;
  if (end - begin > 8) return false;
  const auto goes_on = [](char32_t c) { return is_plain_letter(c) || is_plain_digit(c); };
  return !(begin > 0 && goes_on(at(begin - 1))) && !goes_on(at(end));
}

bool becomes_one(const PlainView& view, std::size_t begin, std::size_t end) {
  if (end - begin >= 2 && is_roman_number(view, begin, end)) return false;
  if (end - begin >= 3) return true;
  if (end - begin < 2) return false;
  return is_one_of(view[begin].value, U"iuo") || end == view.size() ||
         !is_plain_word(view[end].value);
}

PlainView reduced(const PlainView& view) {
  PlainView result;
  for (std::size_t at = 0; at < view.size();) {
    std::size_t end = at + 1;
    while (end < view.size() && is_plain_letter(view[at].value) &&
           view[end].value == view[at].value) {
      end++;
    }
    if (becomes_one(view, at, end)) {
      result.push_back({view[at].value, {view[at].source.start, view[end - 1].source.end}});
    } else {
      result.insert(result.end(), view.begin() + static_cast<std::ptrdiff_t>(at),
                    view.begin() + static_cast<std::ptrdiff_t>(end));
    }
    at = end;
  }
  return result;
}

}  // namespace

PlainView undisguised_view(const PlainView& plain) {
  PlainView view;
  for (std::uint32_t i = 0; i < plain.size(); i++) {
    view.push_back({plain[i].value, {i, i + 1}});
  }
  return reduced(read_as_letters(joined(view, plain)));
}

}  // namespace pantau
