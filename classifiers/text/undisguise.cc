// The undisguised view: three steps, one after another.
//
//   1 join     letters spread by one separator: c.o.b.l.o.s, p i l i h
//   2 read     digits and signs inside words as letters: c0bl0s, p!lih
//   3 reduce   repeated letters: dukuuung
//
// "Unit", "token" and the limits below are chosen so that numbers stay numbers:
// a digit behind a word (`nomor2`) is read as a letter only if the word has
// another disguise in it (`c0bl05`) or is one of a call with it (`ay0`), not if
// it is one of a call without it (`n0m0r3`); a run of more than three digits never.
// Roman numbers keep their letters (`nomor II`).
//
// The second and the third step change tokens, each by itself. Only those are
// looked at that a scan of the whole text points at; all else is copied.
#include <algorithm>
#include <bit>
#include <optional>
#include <string>

#include "classifiers/text/call_words.h"
#include "classifiers/text/disguise_scan.h"
#include "classifiers/text/fold.h"
#include "classifiers/text/spread_letters.h"
#include "classifiers/text/tokens.h"
#include "classifiers/text/view_writer.h"
#include "classifiers/text/words.h"

namespace pantau {
namespace {

constexpr std::size_t kDigitsReadMax = 3;
constexpr std::size_t kDigitsAtEndMax = 2;  // so many the scan points at
constexpr std::size_t kRomanOnesMax = 3;
constexpr std::size_t kRomanDigitsMax = 8;

// --- 2: read ---

// '$' is hardly ever anything but a letter.
bool is_letter_digit_or_dollar(char c) {
  return is_letter_or_digit(c) || c == '$';
}

bool is_letter_or_sign(char c) {
  return is_ascii_letter(c) || c == '!' || c == '@' || c == '|';
}

char letter_of_sign(char sign, char before, char after) {
  if (sign == '$') return is_letter_or_sign(before) || is_letter_or_sign(after) ? 's' : '\0';
  if (!is_letter_digit_or_dollar(before) || !is_letter_digit_or_dollar(after)) return '\0';
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

// Whether the digits [begin, end) behind the last letter of a token are letters, too. In `read`
// stands what was read of the token so far; `any` tells whether that was anything.
bool are_letters_at_end(std::string_view token, std::size_t begin, std::size_t end, bool any,
                        const char* read) {
  std::size_t word = begin;
  while (word > 0 && begin - word <= kCallWordLettersMax && is_letter_or_digit(read[word - 1])) {
    word--;
  }
  std::string letters(read + word, begin - word);
  if (is_call_word(letters)) return false;
  if (any) return true;
  if (letters.empty() || end - begin > kDigitsAtEndMax) return false;
  for (const char digit : token.substr(begin, end - begin)) letters += letter_of_digit(digit);
  return is_call_word(letters);
}

// Reads one token in place: `token` is what stood there, `to` what is written. Returns whether they
// differ.
bool read_token(std::string_view token, char* to) {
  std::size_t letters_end = token.size();
  while (letters_end > 0 && !is_ascii_letter(token[letters_end - 1])) letters_end--;
  if (letters_end == 0) return false;
  bool any = false;  // but at the end
  bool any_at_end = false;
  for (const bool behind_letters : {false, true}) {
    for (std::size_t i = 0; i < token.size();) {
      std::size_t end = i + 1;
      if (is_ascii_digit(token[i])) {
        while (end < token.size() && is_ascii_digit(token[end])) end++;
        if (!behind_letters && i < letters_end) any = read_digits(token, i, end, to) || any;
        if (behind_letters && i >= letters_end && are_letters_at_end(token, i, end, any, to)) {
          any_at_end = read_digits(token, i, end, to) || any_at_end;
        }
      } else if (!behind_letters && !is_ascii_letter(token[i])) {
        const char before = i > 0 ? token[i - 1] : '\0';
        const char after = end < token.size() ? token[end] : '\0';
        const char letter = letter_of_sign(token[i], before, after);
        if (letter != '\0') to[i] = letter;
        any = any || letter != '\0';
      }
      i = end;
    }
  }
  return any || any_at_end;
}

// --- 3: reduce ---

// Two of these letters in a row are hardly ever meant; of the others some are (maaf).
bool is_rarely_doubled(char c) {
  return c == 'i' || c == 'u' || c == 'o';
}

bool is_roman_digit(char c) {
  return c == 'i' || c == 'v' || c == 'x';
}

// Whether the run [begin, end) of one letter stands in a word that is a Roman number.
bool is_in_roman_number(std::string_view token, std::size_t begin, std::size_t end) {
  if (token[begin] != 'i' || end - begin > kRomanOnesMax) return false;
  while (begin > 0 && end - begin <= kRomanDigitsMax && is_roman_digit(token[begin - 1])) begin--;
  while (end < token.size() && end - begin <= kRomanDigitsMax && is_roman_digit(token[end])) end++;
  return end - begin <= kRomanDigitsMax && (begin == 0 || !is_letter_or_digit(token[begin - 1])) &&
         (end == token.size() || !is_letter_or_digit(token[end]));
}

// Whether the run [begin, end) of one letter becomes one. What follows the token does not continue
// the word, or it does.
bool becomes_one(std::string_view token, std::size_t begin, std::size_t end, bool word_goes_on) {
  if (end - begin < 2 || is_in_roman_number(token, begin, end)) return false;
  if (end - begin > 2) return true;
  const bool at_end_of_word = end < token.size() ? !is_letter_or_digit(token[end]) : !word_goes_on;
  return is_rarely_doubled(token[begin]) || at_end_of_word;
}

std::size_t end_of_run(std::string_view token, std::size_t begin) {
  std::size_t end = begin + 1;
  if (!is_ascii_letter(token[begin])) return end;
  while (end < token.size() && token[end] == token[begin]) end++;
  return end;
}

// --- 2 and 3, where a text has to be changed ---

class TokenChanger {
 public:
  TokenChanger(std::string_view text, FoldedView& undisguised)
      : text_(text), undisguised_(undisguised) {}

  // Changes the token that byte `at` stands in, or the byte before it if that one is in no token.
  // Goes from the text's begin to its end.
  void change_token_at(std::size_t at) {
    if (at == text_.size() || !is_token_character(text_[at])) at--;
    if (at < done_) return;
    std::size_t begin = at;
    while (begin > done_ && is_token_character(text_[begin - 1])) begin--;
    std::size_t end = at + 1;
    while (end < text_.size() && is_token_character(text_[end])) end++;
    if (!writer_) writer_.emplace(undisguised_, text_.size());
    writer_->copy(text_, done_, begin);
    done_ = end;
    const std::string_view token = text_.substr(begin, end - begin);
    std::memcpy(writer_->end(), token.data(), token.size());
    const bool was_read = read_token(token, writer_->end());
    const bool was_reduced = reduce({writer_->end(), token.size()}, begin);
    changed_ = changed_ || was_read || was_reduced;
  }

  // Returns whether anything was changed; the view is complete if so.
  bool finish() {
    if (changed_) writer_->copy(text_, done_, text_.size());
    writer_.reset();
    if (!changed_) undisguised_.clear();
    return changed_;
  }

 private:
  // Adds the token, which lies ready where it is to stand and came from the bytes at `source` on.
  bool reduce(std::string_view token, std::size_t source) {
    const bool word_goes_on = word_continues_at(text_, source + token.size());
    std::size_t added = 0;
    for (std::size_t begin = 0; begin < token.size();) {
      const std::size_t end = end_of_run(token, begin);
      if (becomes_one(token, begin, end, word_goes_on)) {
        const char letter = token[begin];
        move_down(token, added, begin, source);
        *writer_->end() = letter;
        writer_->add_as_one(1, {static_cast<std::uint32_t>(source + begin),
                                static_cast<std::uint32_t>(source + end)});
        added = end;
      }
      begin = end;
    }
    move_down(token, added, token.size(), source);
    return writer_->end() != token.data() + token.size();
  }

  void move_down(std::string_view token, std::size_t begin, std::size_t end, std::size_t source) {
    if (begin == end) return;
    std::memmove(writer_->end(), token.data() + begin, end - begin);
    writer_->add_in_step(end - begin, source + begin);
  }

  std::string_view text_;
  FoldedView& undisguised_;
  std::optional<ViewWriter> writer_;
  std::size_t done_ = 0;
  bool changed_ = false;
};

enum class Found : std::uint8_t { Nothing, Changes, SpreadLetters };

// Goes no further if letters may be spread, unless these are joined already. The first blocks are
// scanned.
Found change_tokens(std::string_view text, bool joined, ScanState state, DisguisePlaces& places,
                    FoldedView& undisguised) {
  TokenChanger changer(text, undisguised);
  for (std::size_t from = 0;;) {
    if (places.spread && !joined) return Found::SpreadLetters;
    for (std::size_t block = 0; places.any && block < places.blocks; block++) {
      for (std::uint64_t marks = places.tokens[block]; marks != 0; marks &= marks - 1) {
        const auto bit = static_cast<std::size_t>(std::countr_zero(marks));
        changer.change_token_at(from + block * kBlockBytes + bit);
      }
    }
    from += kScanBlocks * kBlockBytes;
    if (from > text.size()) break;
    text_kernel().scan_for_disguises(text.data(), text.size(), from, state, places);
  }
  return changer.finish() ? Found::Changes : Found::Nothing;
}

Found change_tokens(std::string_view text, bool joined, FoldedView& undisguised) {
  ScanState state;
  DisguisePlaces places;
  const bool any = text_kernel().scan_for_disguises(text.data(), text.size(), 0, state, places);
  if (!any && text.size() < kScanBlocks * kBlockBytes) return Found::Nothing;
  return change_tokens(text, joined, state, places, undisguised);
}

}  // namespace

bool undisguise(const FoldedView& plain, FoldedView& undisguised) {
  undisguised.clear();
  const Found found = change_tokens(plain.text(), false, undisguised);
  if (found != Found::SpreadLetters) return found == Found::Changes;
  undisguised.clear();
  FoldedView joined;
  if (!join_spread_letters(plain, joined)) {
    return change_tokens(plain.text(), true, undisguised) == Found::Changes;
  }
  if (change_tokens(joined.text(), true, undisguised) == Found::Changes) {
    undisguised.trace_through(joined);
  } else {
    undisguised = std::move(joined);
  }
  return true;
}

}  // namespace pantau
