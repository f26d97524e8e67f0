#include "classifiers/contests/number_phrases.h"

#include <algorithm>
#include <array>

#include "classifiers/base/check.h"
#include "classifiers/contests/runs.h"
#include "classifiers/text/words.h"

namespace pantau {
namespace {

struct NumberWord {
  std::string_view word;
  std::uint32_t number = 0;
};

// Indonesian, Javanese, Sundanese, Banjar and Minangkabau.
constexpr std::array<NumberWord, 38> kNumberWords = {
    {{"satu", 1},     {"siji", 1},      {"hiji", 1},    {"ciek", 1},     {"dua", 2},
     {"loro", 2},     {"kalih", 2},     {"duo", 2},     {"tiga", 3},     {"telu", 3},
     {"tilu", 3},     {"talu", 3},      {"tigo", 3},    {"empat", 4},    {"papat", 4},
     {"opat", 4},     {"ampat", 4},     {"ampek", 4},   {"lima", 5},     {"limo", 5},
     {"enam", 6},     {"enem", 6},      {"genep", 6},   {"anam", 6},     {"tujuh", 7},
     {"pitu", 7},     {"tujuah", 7},    {"delapan", 8}, {"wolu", 8},     {"dalapan", 8},
     {"salapan", 9},  {"sembilan", 9},  {"sanga", 9},   {"sambilan", 9}, {"sepuluh", 10},
     {"sapuluh", 10}, {"sapuluah", 10}, {"lapan", 8}}};
// None is read as one that it begins with.
constexpr std::array<NumberWord, 9> kRomanNumbers = {{{"viii", 8},
                                                      {"vii", 7},
                                                      {"vi", 6},
                                                      {"ix", 9},
                                                      {"iv", 4},
                                                      {"iii", 3},
                                                      {"ii", 2},
                                                      {"i", 1},
                                                      {"v", 5}}};

// S stands for what may lie between two parts of a phrase, T for what must lie there: "novi" is a
// name. W and R are the words and the Roman numbers.
constexpr std::string_view kPhrase =
    "(?:(?:paslon|pasanganTcalon|capres|cagub|cabup|cawali|cawalkot)(?:S(?:nomor|nomer|nmr|no))?"
    "|nomor|nomer|nmr|no)(?:Surut)?(?:S(0*[0-9]{1,2}|W)|T(R))";

std::string alternatives(std::span<const NumberWord> words) {
  std::string expression;
  for (const NumberWord& word : words) {
    if (!expression.empty()) expression += '|';
    expression += word.word;
  }
  return expression;
}

std::string phrase_expression() {
  std::string expression = "\\b";
  for (const char c : kPhrase) {
    if (c == 'S') {
      expression += "[ .:#-]{0,3}";
    } else if (c == 'T') {
      expression += "[ .:#-]{1,3}";
    } else if (c == 'W') {
      expression += alternatives(kNumberWords);
    } else if (c == 'R') {
      expression += alternatives(kRomanNumbers);
    } else {
      expression += c;
    }
  }
  return expression;
}

std::vector<std::string> each_followed_by(const std::vector<std::string>& texts,
                                          std::span<const std::string_view> endings) {
  std::vector<std::string> all = texts;
  for (const std::string& text : texts) {
    for (const std::string_view ending : endings) all.push_back(text + std::string(ending));
  }
  return all;
}

// The keys of all runs that a phrase may begin with. Its parts may stand close together, so
// these are many: "no", "nosatu", "paslonnourutdua". A run's digits are no part of its key.
std::vector<std::uint64_t> keys_of_beginnings() {
  constexpr std::array<std::string_view, 4> kNumberSigns = {"nomor", "nomer", "nmr", "no"};
  constexpr std::array<std::string_view, 1> kUrut = {"urut"};
  const std::vector<std::string> roles = {"paslon", "capres", "cagub",
                                          "cabup",  "cawali", "cawalkot"};
  std::vector<std::string> runs = each_followed_by(roles, kNumberSigns);
  runs.insert(runs.end(), kNumberSigns.begin(), kNumberSigns.end());
  std::vector<std::string_view> numbers;
  numbers.reserve(kNumberWords.size());
  for (const NumberWord& word : kNumberWords) numbers.push_back(word.word);
  runs = each_followed_by(each_followed_by(runs, kUrut), numbers);
  runs.emplace_back("pasangan");  // "calon" never stands close to it
  std::vector<std::uint64_t> keys;
  keys.reserve(runs.size());
  for (const std::string& run : runs) keys.push_back(run_key(eight_bytes(run, 0)));
  return keys;
}

std::uint32_t number_of(std::string_view text) {
  for (const std::span<const NumberWord> words :
       {std::span<const NumberWord>(kNumberWords), std::span<const NumberWord>(kRomanNumbers)}) {
    const auto word = std::ranges::find(words, text, &NumberWord::word);
    if (word != words.end()) return word->number;
  }
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

// "no i don't": one letter is a number behind more than a bare "no".
bool is_word_of_its_own(std::string_view phrase, std::string_view number) {
  return number.size() == 1 && is_ascii_letter(number.front()) && phrase.starts_with("no") &&
         !phrase.starts_with("nom") && phrase.find("urut") == std::string_view::npos;
}

constexpr std::string_view kKeycap = "\xE2\x83\xA3";  // U+20E3, behind the digit it encloses

bool is_keycap_at(std::string_view text, std::size_t at) {
  return at < text.size() && is_ascii_digit(text[at]) && text.substr(at + 1).starts_with(kKeycap);
}

}  // namespace

NumberPhrases::NumberPhrases()
    : first_keys_(keys_of_beginnings()), filter_(first_keys_), phrase_(phrase_expression()) {
  CHECK(phrase_.ok(), "the expression is a constant of this file");
}

std::optional<NumberPhrase> NumberPhrases::at(std::string_view text, std::size_t start) const {
  if (word_continues_before(text, start)) return std::nullopt;
  // Most are no phrase, and whether something matches is told sooner than where.
  if (!phrase_.Match(text, start, text.size(), re2::RE2::ANCHOR_START, nullptr, 0)) {
    return std::nullopt;
  }
  std::array<re2::StringPiece, 3> groups;
  phrase_.Match(text, start, text.size(), re2::RE2::ANCHOR_START, groups.data(),
                static_cast<int>(groups.size()));
  const std::size_t end = start + groups[0].size();
  const re2::StringPiece& group = groups[1].empty() ? groups[2] : groups[1];
  const std::string_view number(group.data(), group.size());
  if (!is_whole(text, end, number)) return std::nullopt;
  if (is_word_of_its_own(text.substr(start, end - start), number)) return std::nullopt;
  return NumberPhrase{number_of(number),
                      {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)}};
}

std::optional<NumberPhrase> NumberPhrases::next_keycaps(std::string_view text, std::size_t from) {
  for (std::size_t mark = text.find(kKeycap, from); mark != std::string_view::npos;) {
    std::size_t end = mark + kKeycap.size();
    if (mark > from && is_keycap_at(text, mark - 1)) {
      std::string digits(1, text[mark - 1]);
      for (; is_keycap_at(text, end); end += 1 + kKeycap.size()) digits += text[end];
      digits.erase(0, digits.find_first_not_of('0'));  // as before digits without a keycap
      if (digits.size() <= 2) {
        return NumberPhrase{
            number_of(digits),
            {static_cast<std::uint32_t>(mark - 1), static_cast<std::uint32_t>(end)}};
      }
    }
    mark = text.find(kKeycap, end);
  }
  return std::nullopt;
}

}  // namespace pantau
