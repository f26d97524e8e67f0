#include "classifiers/contests/number_phrases.h"

#include <algorithm>
#include <array>

#include "classifiers/base/check.h"
#include "classifiers/text/words.h"

namespace pantau {
namespace {

constexpr std::array<std::string_view, 10> kNumberWords = {
    "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"};

// S stands for what may lie between two parts of a phrase.
constexpr std::string_view kPhrase =
    "(?:(?:paslon|pasanganTcalon|capres|cagub|cabup|cawali|cawalkot)(?:S(?:nomor|nomer|nmr|no))?"
    "|nomor|nomer|nmr|no)(?:Surut)?S"
    "(0*[0-9]{1,2}|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh)";

std::string phrase_expression() {
  std::string expression = "\\b";
  for (const char c : kPhrase) {
    if (c == 'S') {
      expression += "[ .:#-]{0,3}";
    } else if (c == 'T') {
      expression += "[ .:#-]{1,3}";
    } else {
      expression += c;
    }
  }
  return expression;
}

std::uint32_t number_of(std::string_view text) {
  const auto* const word = std::ranges::find(kNumberWords, text);
  if (word != kNumberWords.end())
    return static_cast<std::uint32_t>(word - kNumberWords.begin()) + 1;
  std::uint32_t number = 0;
  for (const char digit : text) number = number * 10 + static_cast<std::uint32_t>(digit - '0');
  return number;
}

// "2,5 juta" is an amount, "satu-satunya" means "the only one", "2x" is no number.
bool is_whole(std::string_view text, std::size_t end, std::string_view number) {
  if (word_continues_at(text, end)) return false;
  const std::string_view rest = text.substr(end);
  if (rest.size() >= 2 && (rest[0] == ',' || rest[0] == '.') && is_ascii_digit(rest[1])) {
    return false;
  }
  return !(rest.starts_with('-') && rest.substr(1).starts_with(number) &&
           is_ascii_letter(number.front()));
}

constexpr std::string_view kKeycap = "\xE2\x83\xA3";  // U+20E3, behind the digit it encloses

void find_keycaps(std::string_view text,
                  const std::function<void(std::uint32_t, ByteRange)>& found) {
  const auto is_keycap_at = [&](std::size_t at) {
    return at < text.size() && is_ascii_digit(text[at]) && text.substr(at + 1).starts_with(kKeycap);
  };
  for (std::size_t mark = text.find(kKeycap); mark != std::string_view::npos;) {
    std::size_t end = mark + kKeycap.size();
    if (mark > 0 && is_keycap_at(mark - 1)) {
      std::string digits(1, text[mark - 1]);
      for (; is_keycap_at(end); end += 1 + kKeycap.size()) digits += text[end];
      digits.erase(0, digits.find_first_not_of('0'));  // as before digits without a keycap
      if (digits.size() <= 2) {
        found(number_of(digits),
              {static_cast<std::uint32_t>(mark - 1), static_cast<std::uint32_t>(end)});
      }
    }
    mark = text.find(kKeycap, end);
  }
}

}  // namespace

NumberPhrases::NumberPhrases() : phrase_(phrase_expression()) {
  CHECK(phrase_.ok(), "the expression is a constant of this file");
}

void NumberPhrases::find(std::string_view text,
                         const std::function<void(std::uint32_t, ByteRange)>& found) const {
  find_phrases(text, found);
  find_keycaps(text, found);
}

void NumberPhrases::find_phrases(std::string_view text,
                                 const std::function<void(std::uint32_t, ByteRange)>& found) const {
  std::array<re2::StringPiece, 2> groups;
  std::size_t from = 0;
  while (phrase_.Match(text, from, text.size(), re2::RE2::UNANCHORED, groups.data(),
                       static_cast<int>(groups.size()))) {
    const auto start = static_cast<std::size_t>(groups[0].data() - text.data());
    const std::size_t end = start + groups[0].size();
    const std::string_view number(groups[1].data(), groups[1].size());
    const bool whole = !word_continues_before(text, start) && is_whole(text, end, number);
    if (whole) {
      found(number_of(number),
            {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)});
    }
    // What was no phrase may hide one that begins later in it: "épaslon no 2".
    from = whole ? end : start + 1;
  }
}

}  // namespace pantau
