#include "classifiers/rules/character_class.h"

#include "classifiers/text/words.h"

namespace pantau {
namespace {

// A set with more characters beyond ASCII is not named one by one.
constexpr std::size_t kNamedMax = 64;
constexpr char32_t kBadCharacter = 0xFFFD;
constexpr char32_t kLastCharacter = 0x10FFFF;

std::string utf8(char32_t c) {
  std::string bytes;
  const auto add = [&bytes](char32_t byte) { bytes += static_cast<char>(byte); };
  if (c < 0x800) {
    add(0xC0 | c >> 6);
  } else {
    if (c < 0x10000) {
      add(0xE0 | c >> 12);
    } else {
      add(0xF0 | c >> 18);
      add(0x80 | (c >> 12 & 0x3F));
    }
    add(0x80 | (c >> 6 & 0x3F));
  }
  add(0x80 | (c & 0x3F));
  return bytes;
}

void add_all_beyond(CharacterSet& set) {
  set.beyond = true;
  set.beyond_all = true;
  set.beyond_named.clear();
}

// What a set has is not known.
void add_unknown(CharacterSet& set) {
  set.ascii.set();
  set.beyond = true;
  set.beyond_named.clear();
  set.is_rough = true;
}

// Without case, folded texts have the small letters only. Beyond ASCII, other characters than
// those of the range would match too, and two of them are letters of ASCII.
void add_range(CharacterSet& set, char32_t first, char32_t last, bool ignores_case) {
  for (char32_t c = first; c <= last && c < 0x80; c++) {
    const bool is_capital = c >= 'A' && c <= 'Z';
    set.ascii.set(ignores_case && is_capital ? c - 'A' + 'a' : c);
  }
  if (last < 0x80) return;
  if (ignores_case) return add_unknown(set);
  if (first < 0x80) first = 0x80;
  const bool can_be_named = !set.beyond || !set.beyond_named.empty();
  set.beyond = true;
  if (!can_be_named || last - first + 1 + set.beyond_named.size() > kNamedMax) {
    set.beyond_named.clear();
    return;
  }
  for (char32_t c = first; c <= last; c++) set.beyond_named.push_back(utf8(c));
}

// \d \s \w and, capital, all others.
bool add_perl_class(CharacterSet& set, char name) {
  std::bitset<128> members;
  for (unsigned c = 0; c < members.size(); c++) {
    switch (name) {
      case 'd':
      case 'D':
        members.set(c, c >= '0' && c <= '9');
        break;
      case 's':
      case 'S':
        members.set(c, c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r');
        break;
      case 'w':
      case 'W':
        members.set(c, is_syntax_word(c));
        break;
      default:
        return false;
    }
  }
  const bool negated = name < 'a';
  set.ascii |= negated ? ~members : members;
  if (negated) add_all_beyond(set);
  return true;
}

void negate(CharacterSet& set) {
  if (set.is_rough) return;  // all the same
  set.ascii.flip();
  // Which ones beyond ASCII are left does not matter, unless it is none, as of [^\W].
  set.beyond = !set.beyond_all;
  set.beyond_named.clear();
}

int hex_digit(char c) {
  if (is_ascii_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

bool CharacterReader::read_literal(CharacterSet& set, bool ignores_case) {
  std::size_t end = 0;
  const char32_t c = next_character(rest_, end);
  if (c == kBadCharacter) return false;
  skip(end);
  add_range(set, c, c, ignores_case);
  return true;
}

bool CharacterReader::read_escape(CharacterSet& set, bool ignores_case) {
  if (rest_.size() >= 2 && add_perl_class(set, rest_[1])) {
    skip(2);
    return true;
  }
  char32_t c = 0;
  if (!read_bound(c)) return false;
  add_range(set, c, c, ignores_case);
  return true;
}

bool CharacterReader::read_class(CharacterSet& set, bool ignores_case) {
  take('[');
  const bool is_negated = take('^');
  bool is_first = true;
  for (; is_first || peek() != ']'; is_first = false) {
    if (rest_.size() < 2 || rest_.starts_with("[:")) return false;
    if (peek() == '-' && !is_first && rest_[1] != ']') certain_ = false;
    if (!read_member(set, ignores_case)) return false;
  }
  skip(1);
  if (is_negated) negate(set);
  return true;
}

// \w, a character, or a range.
bool CharacterReader::read_member(CharacterSet& set, bool ignores_case) {
  if (peek() == '\\' && rest_.size() >= 2 && add_perl_class(set, rest_[1])) {
    skip(2);
    return true;
  }
  char32_t first = 0;
  if (!read_bound(first)) return false;
  char32_t last = first;
  if (rest_.size() >= 2 && rest_[0] == '-' && rest_[1] != ']') {
    skip(1);
    if (!read_bound(last) || last < first) return false;
  }
  add_range(set, first, last, ignores_case);
  return true;
}

// One character, perhaps escaped.
bool CharacterReader::read_bound(char32_t& c) {
  if (rest_.empty()) return false;
  if (peek() != '\\') {
    std::size_t end = 0;
    c = next_character(rest_, end);
    skip(end);
    return c != kBadCharacter;
  }
  skip(1);
  const char escaped = peek();
  constexpr std::string_view kNames = "nrtfva";
  constexpr std::string_view kControls = "\n\r\t\f\v\a";
  if (escaped == 'x') return read_code(c);
  if (escaped <= ' ' || escaped >= 0x7F || escaped == '_') return false;
  const std::size_t control = kNames.find(escaped);
  if (control == std::string_view::npos && is_syntax_word(static_cast<unsigned>(escaped))) {
    return false;
  }
  c = static_cast<char32_t>(control == std::string_view::npos ? escaped : kControls[control]);
  skip(1);
  return true;
}

// "x7f" or "x{10ffff}".
bool CharacterReader::read_code(char32_t& c) {
  skip(1);
  c = 0;
  const bool has_braces = take('{');
  std::size_t digits = 0;
  for (; digits < (has_braces ? 8U : 2U) && hex_digit(peek()) >= 0; digits++) {
    c = c << 4 | static_cast<char32_t>(hex_digit(peek()));
    skip(1);
  }
  const bool is_whole = has_braces ? digits > 0 && take('}') : digits == 2;
  const bool is_character = c <= kLastCharacter && (c < 0xD800 || c > 0xDFFF) && c != kBadCharacter;
  return is_whole && is_character;
}

}  // namespace pantau
