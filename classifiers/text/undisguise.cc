// The undisguised view: three steps, one after another.
//
//   1 join     letters spread by one separator: c.o.b.l.o.s, p i l i h
//   2 read     digits and signs inside words as letters: c0bl0s, p!lih
//   3 reduce   repeated letters: dukuuung
//
// "Unit", "token" and the limits below are chosen so that numbers stay numbers:
// a digit behind a word (`nomor2`) is read as a letter only if the word has
// another disguise in it (`c0bl05`), and a run of more than three digits never.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "classifiers/text/fold.h"
#include "classifiers/text/view_writer.h"
#include "classifiers/text/words.h"

namespace pantau {
namespace {

constexpr std::size_t kSeparatorCharactersMax = 3;
constexpr std::size_t kSpreadUnitsMin = 3;
constexpr std::size_t kSpreadUnitsMinOverBlanks = 4;  // "a b c" is more often a list
constexpr std::size_t kSpreadLettersMin = 2;
constexpr std::size_t kDigitsReadMax = 3;

// Digit 0 … 9 as a letter; 0 where none is meant.
constexpr std::array<char, 10> kLetterOfDigit = {'o', 'i', 0, 'e', 'a', 's', 'g', 't', 'b', 'g'};

char letter_of_digit(char c) {
  return is_ascii_digit(c) ? kLetterOfDigit[static_cast<std::size_t>(c - '0')] : '\0';
}

bool is_letter_or_digit(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c);
}

// A text in the making; sources are ranges of the plain view.
struct Draft {
  std::string text;
  std::vector<ByteRange> sources;

  void add(char byte, ByteRange source) {
    text += byte;
    sources.push_back(source);
  }
};

// --- 1: join ---

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

void join(std::string_view plain, Draft& draft) {
  const auto copy = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; i++) {
      draft.add(plain[i], {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + 1)});
    }
  };
  std::size_t at = 0;
  while (at < plain.size()) {
    const SpreadRun run = spread_run_at(plain, at);
    if (run.units == 0) {
      copy(at, at + 1);
      at++;
    } else if (run.letters < kSpreadLettersMin) {
      copy(at, run.last(at));  // no part of it has more letters: go on from its last unit
      at = run.last(at);
    } else {
      for (std::size_t unit = 0; unit < run.units; unit++) {
        copy(at + unit * run.stride, at + unit * run.stride + 1);
      }
      at = run.last(at) + 1;
    }
  }
}

// --- 2: read ---

bool is_token_character(char c) {
  return is_letter_or_digit(c) || c == '!' || c == '@' || c == '$' || c == '|';
}

char letter_of_sign(char sign, char before, char after) {
  if (sign == '$') return is_ascii_letter(before) || is_ascii_letter(after) ? 's' : '\0';
  if (!is_letter_or_digit(before) || !is_letter_or_digit(after)) return '\0';
  switch (sign) {
    case '!':
    case '|':
      return 'i';
    case '@':
      return 'a';
    default:
      return '\0';
  }
}

bool is_readable(std::string_view digits) {
  return digits.size() <= kDigitsReadMax &&
         std::ranges::all_of(digits, [](char c) { return letter_of_digit(c) != '\0'; });
}

// Reads the digits [begin, end) of a token in place, if they may be letters.
bool read_digits(std::string_view token, std::size_t begin, std::size_t end, char* to) {
  if (!is_readable(token.substr(begin, end - begin))) return false;
  for (std::size_t i = begin; i < end; i++) to[i] = letter_of_digit(token[i]);
  return true;
}

// Reads one token in place: `token` is what stood there, `to` what is written.
// Digits behind the last letter are read only if something before them was.
void read_token(std::string_view token, char* to) {
  const std::size_t letters_end = token.find_last_of("abcdefghijklmnopqrstuvwxyz") + 1;
  if (letters_end == 0) return;
  bool any = false;
  for (const bool behind_letters : {false, true}) {
    for (std::size_t i = 0; i < token.size();) {
      std::size_t end = i + 1;
      if (is_ascii_digit(token[i])) {
        while (end < token.size() && is_ascii_digit(token[end])) end++;
        if (!behind_letters && i < letters_end) any = read_digits(token, i, end, to) || any;
        if (behind_letters && any && i >= letters_end) read_digits(token, i, end, to);
      } else if (!is_ascii_letter(token[i])) {
        const char before = i > 0 ? token[i - 1] : '\0';
        const char after = end < token.size() ? token[end] : '\0';
        const char letter = letter_of_sign(token[i], before, after);
        if (letter != '\0') to[i] = letter;
        any = any || letter != '\0';
      }
      i = end;
    }
  }
}

void read(Draft& draft) {
  const std::string written = draft.text;
  for (std::size_t i = 0; i < written.size();) {
    std::size_t end = i;
    while (end < written.size() && is_token_character(written[end])) end++;
    if (end > i) read_token(std::string_view(written).substr(i, end - i), draft.text.data() + i);
    i = std::max(end, i + 1);
  }
}

// --- 3: reduce ---

// Two of these letters in a row are hardly ever meant; of the others some are (maaf).
bool is_rarely_doubled(char c) {
  return c == 'i' || c == 'u' || c == 'o';
}

void reduce(Draft& draft) {
  const std::string written = std::move(draft.text);
  const std::vector<ByteRange> sources = std::move(draft.sources);
  draft = {};
  for (std::size_t i = 0; i < written.size();) {
    std::size_t end = i + 1;
    while (is_ascii_letter(written[i]) && end < written.size() && written[end] == written[i]) end++;
    const std::size_t length = end - i;
    const bool to_one =
        length > 2 ||
        (length == 2 && (is_rarely_doubled(written[i]) || !word_continues_at(written, end)));
    if (to_one) {
      draft.add(written[i], {sources[i].start, sources[end - 1].end});
    } else {
      for (std::size_t k = i; k < end; k++) draft.add(written[k], sources[k]);
    }
    i = end;
  }
}

// Whether the run of one letter whose second (or later) stands at `at` could be reduced. A letter
// beyond ASCII behind it counts as an end: undisguise() looks closer.
bool may_be_reduced(std::string_view text, std::size_t at) {
  const char c = text[at];
  const char after = at + 1 < text.size() ? text[at + 1] : '\0';
  return is_rarely_doubled(c) || after == c || (at > 1 && text[at - 2] == c) ||
         !is_ascii_word(after);
}

// Whether any of the three steps could change the text: a cheap look that spares most
// texts the work. May say yes for nothing, never no.
bool may_be_disguised(std::string_view text) {
  std::size_t lone_units = 0;
  bool digit_or_sign_before = false;  // in the same token
  for (std::size_t i = 0; i < text.size(); i++) {
    const char before = i > 0 ? text[i - 1] : '\0';
    const char after = i + 1 < text.size() ? text[i + 1] : '\0';
    const char c = text[i];
    if (is_ascii_letter(c)) {
      if (digit_or_sign_before || (c == before && may_be_reduced(text, i))) return true;
    } else if (!is_token_character(c)) {
      digit_or_sign_before = false;
      continue;
    } else {
      digit_or_sign_before = true;
      if (!is_ascii_digit(c) && letter_of_sign(c, before, after) != '\0') return true;
    }
    if (is_unit(c) && !is_letter_or_digit(before) && !is_letter_or_digit(after)) lone_units++;
  }
  return lone_units >= kSpreadUnitsMin;
}

}  // namespace

bool undisguise(const FoldedView& plain, FoldedView& undisguised) {
  ViewWriter writer(undisguised, plain.text().size());
  if (!may_be_disguised(plain.text())) return false;
  Draft draft;
  join(plain.text(), draft);
  read(draft);
  reduce(draft);
  if (draft.text == plain.text()) return false;
  for (std::size_t i = 0; i < draft.text.size(); i++) {
    *writer.end() = draft.text[i];
    if (draft.sources[i].end - draft.sources[i].start == 1) {
      writer.add_in_step(1, draft.sources[i].start);
    } else {
      writer.add_as_one(1, draft.sources[i]);
    }
  }
  return true;
}

}  // namespace pantau
