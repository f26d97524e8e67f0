// The undisguised view: three steps, each a function from a list of characters
// to the next.
#include <optional>
#include <string>

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
  return units;
}

bool is_spread(const PlainView& view, const std::vector<std::size_t>& units) {
  if (units.size() < 3) return false;
  const bool by_one_blank = units[1] == units[0] + 2 && view[units[0] + 1].value == U' ';
  if (by_one_blank && units.size() < 4) return false;
  std::size_t letters = 0;
  for (const std::size_t unit : units) letters += is_plain_letter(view[unit].value) ? 1 : 0;
  return letters >= 2;
}

PlainView joined(const PlainView& view) {
  PlainView result;
  for (std::size_t at = 0; at < view.size();) {
    const bool may_begin = is_unit(view[at].value) && (at == 0 || separates(view[at - 1].value));
    const std::vector<std::size_t> units =
        may_begin ? units_from(view, at) : std::vector<std::size_t>();
    if (is_spread(view, units)) {
      for (const std::size_t unit : units) result.push_back(view[unit]);
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
  const bool between = (is_plain_letter(before) || is_plain_digit(before)) &&
                       (is_plain_letter(behind) || is_plain_digit(behind));
  if ((sign == U'!' || sign == U'|') && between) token.map(i, U'i');
  if (sign == U'@' && between) token.map(i, U'a');
  if (sign == U'$' && (is_plain_letter(before) || is_plain_letter(behind))) token.map(i, U's');
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

void map_token(Token& token) {
  if (!has_letter(token)) return;
  for (std::size_t i = token.begin; i < token.end; i++) map_sign(token, i);
  const std::vector<Run> runs = digit_runs(token);
  for (const Run run : runs) {
    if (!is_trailing(token, run)) map_digits(token, run.begin, run.end);
  }
  if (!token.mapped) return;
  for (const Run run : runs) map_digits(token, run.begin, run.end);
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

bool becomes_one(const PlainView& view, std::size_t begin, std::size_t end) {
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
  return reduced(read_as_letters(joined(view)));
}

}  // namespace pantau
