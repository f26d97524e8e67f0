// Number phrases, as one may say them: every way of saying one is written down as
// a list of words, and each is tried at each character.
#include <algorithm>
#include <optional>
#include <string>

#include "tests/support/plain_mentions.h"

namespace pantau {
namespace {

using Words = std::vector<std::u32string>;

constexpr std::size_t kJoiningMax = 3;
constexpr char32_t kKeycap = 0x20E3;

const Words kNumberWords = {U"nomor", U"nomer", U"nmr", U"no"};
const std::vector<Words> kRoles = {
    {U"paslon"},  {U"pasangan", U"calon"}, {U"capres"}, {U"cagub"}, {U"cabup"}, {U"cawali"},
    {U"cawalkot"}};
// By number, from 1.
const std::vector<Words> kSpelled = {{U"satu", U"siji", U"hiji", U"ciek"},
                                     {U"dua", U"loro", U"kalih", U"duo"},
                                     {U"tiga", U"telu", U"tilu", U"talu", U"tigo"},
                                     {U"empat", U"papat", U"opat", U"ampat", U"ampek"},
                                     {U"lima", U"limo"},
                                     {U"enam", U"enem", U"genep", U"anam"},
                                     {U"tujuh", U"pitu", U"tujuah"},
                                     {U"delapan", U"wolu", U"dalapan", U"lapan"},
                                     {U"sembilan", U"sanga", U"salapan", U"sambilan"},
                                     {U"sepuluh", U"sapuluh", U"sapuluah"}};
const Words kRoman = {U"i", U"ii", U"iii", U"iv", U"v", U"vi", U"vii", U"viii", U"ix"};

// What may stand before the number, each way with and without "urut".
std::vector<Words> leads() {
  std::vector<Words> ways;
  for (const std::u32string& word : kNumberWords) ways.push_back({word});
  for (const Words& role : kRoles) {
    ways.push_back(role);
    for (const std::u32string& word : kNumberWords) {
      ways.push_back(role);
      ways.back().push_back(word);
    }
  }
  const std::vector<Words> without = ways;
  for (const Words& way : without) {
    ways.push_back(way);
    ways.back().push_back(U"urut");
  }
  return ways;
}

bool stands_at(const std::u32string& text, std::size_t at, const std::u32string& word) {
  if (at > text.size() || text.size() - at < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); i++) {
    if (text[at + i] != word[i]) return false;
  }
  return true;
}

// Where the lead ends that begins at `at`, what joins it to the number included.
std::optional<std::size_t> lead_end(const std::u32string& text, std::size_t at, const Words& lead) {
  for (const std::u32string& word : lead) {
    if (!stands_at(text, at, word)) return std::nullopt;
    at += word.size();
    std::size_t joining = 0;
    while (at < text.size() &&
           std::u32string_view(U" .:-#").find(text[at]) != std::u32string_view::npos) {
      joining++;
      at++;
    }
    // "pasangan calon" is two words; the other parts may stand close together.
    const std::size_t joining_min = word == U"pasangan" ? 1 : 0;
    if (joining < joining_min || joining > kJoiningMax) return std::nullopt;
  }
  return at;
}

// At most two digits without the leading zeros.
std::optional<std::uint32_t> value_of(const std::u32string& digits) {
  std::uint32_t value = 0;
  for (const char32_t digit : digits) {
    value = value * 10 + (digit - U'0');
    if (value > 99) return std::nullopt;
  }
  return value;
}

bool continues_word(const std::u32string& text, std::size_t at) {
  return at < text.size() && is_plain_word(text[at]);
}

// "2,5", "dua.5"
bool is_decimal(const std::u32string& text, std::size_t end) {
  return end + 1 < text.size() && (text[end] == U'.' || text[end] == U',') &&
         is_plain_digit(text[end + 1]);
}

std::optional<PlainNumber> digits_at(const std::u32string& text, std::size_t at) {
  std::u32string digits;
  std::size_t end = at;
  while (end < text.size() && is_plain_digit(text[end])) digits += text[end++];
  const std::optional<std::uint32_t> value = value_of(digits);
  if (digits.empty() || !value || continues_word(text, end)) return std::nullopt;
  if (is_decimal(text, end)) return std::nullopt;
  return PlainNumber{*value, {0, static_cast<std::uint32_t>(end)}};
}

// Where the word ends that stands at `at`, by itself.
std::optional<std::uint32_t> end_of_word(const std::u32string& text, std::size_t at,
                                         const std::u32string& word) {
  if (!stands_at(text, at, word)) return std::nullopt;
  const std::size_t end = at + word.size();
  if (continues_word(text, end) || stands_at(text, end, U"-" + word) || is_decimal(text, end)) {
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(end);
}

std::optional<PlainNumber> spelled_at(const std::u32string& text, std::size_t at) {
  for (std::uint32_t i = 0; i < kSpelled.size(); i++) {
    for (const std::u32string& word : kSpelled[i]) {
      if (const auto end = end_of_word(text, at, word)) return PlainNumber{i + 1, {0, *end}};
    }
  }
  return std::nullopt;
}

// Not glued to the lead, and not one letter behind a mere "no".
std::optional<PlainNumber> roman_at(const std::u32string& text, std::size_t at, const Words& lead) {
  if (is_plain_word(text[at - 1])) return std::nullopt;
  const bool mere_no = lead == Words{U"no"};
  for (std::uint32_t i = 0; i < kRoman.size(); i++) {
    if (mere_no && kRoman[i].size() == 1) continue;
    if (const auto end = end_of_word(text, at, kRoman[i])) return PlainNumber{i + 1, {0, *end}};
  }
  return std::nullopt;
}

std::optional<PlainNumber> phrase_at(const std::u32string& text, std::size_t at) {
  if (at > 0 && is_plain_word(text[at - 1])) return std::nullopt;
  static const std::vector<Words> all_leads = leads();
  for (const Words& lead : all_leads) {
    const std::optional<std::size_t> number = lead_end(text, at, lead);
    if (!number) continue;
    std::optional<PlainNumber> found = digits_at(text, *number);
    if (!found) found = spelled_at(text, *number);
    if (!found) found = roman_at(text, *number, lead);
    if (!found) continue;
    found->range.start = static_cast<std::uint32_t>(at);
    return found;
  }
  return std::nullopt;
}

std::optional<PlainNumber> keycaps_at(const std::u32string& text, std::size_t at) {
  std::u32string digits;
  std::size_t end = at;
  while (end + 1 < text.size() && is_plain_digit(text[end]) && text[end + 1] == kKeycap) {
    digits += text[end];
    end += 2;
  }
  if (digits.empty()) return std::nullopt;
  // A number that is too large for a ballot is still one run of keycaps.
  const std::uint32_t value = value_of(digits).value_or(100);
  return PlainNumber{value, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}};
}

}  // namespace

std::vector<PlainNumber> find_numbers(const std::u32string& text) {
  std::vector<PlainNumber> numbers;
  for (std::size_t at = 0; at < text.size();) {
    std::optional<PlainNumber> found = phrase_at(text, at);
    if (!found) found = keycaps_at(text, at);
    if (found) numbers.push_back(*found);
    at = found ? found->range.end : at + 1;
  }
  std::erase_if(numbers, [](const PlainNumber& found) { return found.number > 99; });
  return numbers;
}

}  // namespace pantau
