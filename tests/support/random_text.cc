#include "tests/support/random_text.h"

#include <algorithm>
#include <array>
#include <functional>

#include "tests/support/plain_fold.h"

namespace pantau {
namespace {

using Texts = std::vector<std::string>;

bool is_small(char c) {
  return c >= 'a' && c <= 'z';
}

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

// Gives each character of `text` (bytes beyond ASCII stay) to `write`.
std::string rewritten(std::string_view text, const std::function<void(char, std::string&)>& write) {
  std::string result;
  for (const char c : text) write(c, result);
  return result;
}

// ---- disguises ----

std::string in_capitals(Dice& dice, std::string_view text) {
  const std::size_t chance = dice.percent(50) ? 100 : 50;
  return rewritten(text, [&](char c, std::string& out) {
    out += is_small(c) && dice.percent(chance) ? static_cast<char>(c - 'a' + 'A') : c;
  });
}

// The letters of an alphabet that begins at `small` (for a-z) and `capital`.
std::string in_alphabet(std::string_view text, char32_t small, char32_t capital) {
  return rewritten(text, [&](char c, std::string& out) {
    if (is_small(c)) {
      append_utf8(out, small + static_cast<char32_t>(c - 'a'));
    } else if (is_capital(c)) {
      append_utf8(out, capital + static_cast<char32_t>(c - 'A'));
    } else {
      out += c;
    }
  });
}

std::string in_other_alphabet(Dice& dice, std::string_view text) {
  switch (dice.below(4)) {
    case 0:
      return in_alphabet(text, U'ａ', U'Ａ');
    case 1:
      return in_alphabet(text, 0x1D41A, 0x1D400);  // mathematical bold
    case 2:
      return in_alphabet(text, 0x24D0, 0x24B6);  // circled
    default:
      return in_alphabet(text, 0x1D5EE, 0x1D5D4);  // mathematical sans-serif bold
  }
}

constexpr std::array<std::string_view, 26> kLookAlikes = {
    "а", "ʙ", "с", "ԁ", "е", "ꜰ", "ɡ", "һ", "і", "ј", "ᴋ", "ʟ", "ᴍ",
    "ɴ", "о", "р", "ԛ", "ʀ", "ѕ", "ᴛ", "ᴜ", "ѵ", "ԝ", "х", "у", "ᴢ"};

std::string with_look_alikes(Dice& dice, std::string_view text) {
  return rewritten(text, [&](char c, std::string& out) {
    if (is_small(c) && dice.percent(50)) {
      out += kLookAlikes[static_cast<std::size_t>(c - 'a')];
    } else {
      out += c;
    }
  });
}

std::string with_signs(Dice& dice, std::string_view text) {
  constexpr std::string_view kLetters = "oieasgtbgiai";
  constexpr std::string_view kSigns = "01345678 !@|";
  return rewritten(text, [&](char c, std::string& out) {
    const std::size_t found = kLetters.find(c, dice.percent(30) ? 9 : 0);
    const bool replace = found != std::string_view::npos && dice.percent(60);
    out += replace && kSigns[found] != ' ' ? kSigns[found] : replace && c == 's' ? '$' : c;
  });
}

std::string spread(Dice& dice, std::string_view text) {
  static const Texts separators = {".", " ", "-", "_", "*", "..", " . ", "·", "\u200b", "/", "~~~"};
  const std::string separator = dice.pick(separators);
  const std::size_t odd = dice.percent(20) ? dice.below(text.size() + 1) : text.size() + 1;
  std::string result;
  for (std::size_t i = 0; i < text.size(); i++) {
    if (i > 0 && static_cast<signed char>(text[i]) >= 0) result += i == odd ? "," : separator;
    result += text[i];
  }
  return result;
}

std::string repeated(Dice& dice, std::string_view text) {
  return rewritten(text, [&](char c, std::string& out) {
    const bool repeat = static_cast<signed char>(c) >= 0 && dice.percent(25);
    out.append(repeat ? dice.between(2, 4) : 1, c);
  });
}

std::string with_marks(Dice& dice, std::string_view text) {
  static const Texts marks = {"\u200b",     "\u00ad", "\ufe0f", "\u0301", "\u200d",      "\u20e3",
                              "\U0001f3fd", "\x01",   "\u2060", "\u034f", "\u0327\u0301"};
  const std::string mark = dice.pick(marks);
  return rewritten(text, [&](char c, std::string& out) {
    out += c;
    if (static_cast<signed char>(c) >= 0 && dice.percent(30)) out += mark;
  });
}

std::string joined_otherwise(Dice& dice, std::string_view text) {
  static const Texts joints = {"-",      " ", "  ", " - ",  "\u00a0", "\n",  "\u2010", "–",
                               "\u2212", "_", "",   "----", "- -",    "\t-", "\u2800"};
  const std::string joint = dice.pick(joints);
  return rewritten(text, [&](char c, std::string& out) {
    if (c == ' ' || c == '-') {
      out += joint;
    } else {
      out += c;
    }
  });
}

// ---- pieces ----

std::string noise(Dice& dice) {
  static const Texts pieces = {"é",        "ﬁ", "ß", "İ", "①",    "½",    "が", "क्ष",  "\u2800",
                               "🙏🏽", "👍", "_", "x", "7",    "۷",    "́",   "'",   "\"",
                               "?",        "!", "a", "ñ", "\n",   "ǆ",    "ﷺ",  "ㅤ", "Ⅷ",
                               "³",        "ا", "Ω", "K", "Ι",    "\r\n", "I",  "²b",  "5jt",
                               "℡",        "№", "¼", "๒", "\x7f", "{",    "\\", "‎"};
  if (dice.percent(15)) return random_characters(dice, dice.between(1, 4));
  return dice.pick(pieces);
}

std::string handle_piece(Dice& dice, const TextPieces& pieces) {
  static const Texts before = {"@", "@", "@", "＠", "x@", "@@", " @", "_@", "", "(@"};
  static const Texts behind = {"",  "",  "",  ".",  "-",  "...", "@host.id",
                               "@", "_", "x", ".-", "'s", "é"};
  return dice.pick(before) + dice.pick(pieces.handles) + dice.pick(behind);
}

std::string hashtag_piece(Dice& dice, const TextPieces& pieces) {
  static const Texts before = {"#",    "#",  "#",  "＃", "##", "#2",
                               "#Ayo", "#é", "x#", "",   "# ", "#a-"};
  static const Texts behind = {"", "", "2024", "_ok", "Menang", "é", "-x", ".", "#x"};
  return dice.pick(before) + dice.pick(pieces.hashtags) + dice.pick(behind);
}

std::string name_piece(Dice& dice, const TextPieces& pieces) {
  static const Texts before = {"", "", "", "", "(", "_", "x", "é", "-", ".", "7", "\u0301"};
  static const Texts behind = {"", "", "", "", ",", "nya", "_", "é", "-nya", "'s", "2", "\u0301"};
  return dice.pick(before) + dice.pick(pieces.names) + dice.pick(behind);
}

std::string piece(Dice& dice, const TextPieces& pieces) {
  const std::size_t kind = dice.below(100);
  if (kind < pieces.numbers_percent) return random_number_phrase(dice);
  if (kind < 25) return name_piece(dice, pieces);
  if (kind < 35) return hashtag_piece(dice, pieces);
  if (kind < 45) return handle_piece(dice, pieces);
  if (kind < 60) return random_number_phrase(dice);
  if (kind < 90) return dice.pick(pieces.words);
  return noise(dice);
}

}  // namespace

std::string random_disguise(Dice& dice, std::string_view text) {
  switch (dice.below(9)) {
    case 0:
      return in_capitals(dice, text);
    case 1:
      return in_other_alphabet(dice, text);
    case 2:
      return with_look_alikes(dice, text);
    case 3:
      return with_signs(dice, text);
    case 4:
      return spread(dice, text);
    case 5:
      return repeated(dice, text);
    case 6:
      return with_marks(dice, text);
    case 7:
      return joined_otherwise(dice, text);
    default:
      return random_disguise(dice, random_disguise(dice, text));
  }
}

namespace {

// A number of up to three digits in one of the ways to write one.
std::string some_number(Dice& dice) {
  static const Texts words = {"nol",  "satu",  "dua",     "tiga",     "empat",   "lima",
                              "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"};
  const std::size_t number = dice.below(dice.percent(80) ? 14 : 130);
  std::string digits = std::to_string(number);
  if (dice.percent(20)) digits.insert(0, dice.between(1, 3), '0');
  switch (dice.below(6)) {
    case 0:
      return words[number % words.size()];
    case 1:
      return rewritten(digits,
                       [](char c, std::string& out) { out += c + std::string("\ufe0f\u20e3"); });
    case 2:
      return rewritten(digits, [](char c, std::string& out) { out += c + std::string("\u20e3"); });
    case 3:
      return rewritten(digits, [](char c, std::string& out) {
        append_utf8(out, U'０' + static_cast<char32_t>(c - '0'));
      });
    default:
      return digits;
  }
}

}  // namespace

std::string random_number_phrase(Dice& dice) {
  static const Texts leads = {"nomor",
                              "Nomor urut",
                              "no",
                              "no. urut",
                              "NMR",
                              "nomer",
                              "paslon",
                              "paslon no",
                              "capres",
                              "cabup nomor urut",
                              "cawali",
                              "pasangan calon",
                              "pasangan calon nomor",
                              "cawalkot",
                              "cagub",
                              "paslon urut",
                              "kono",
                              "nomoro",
                              "pasangan",
                              "urut",
                              "xno"};
  static const Texts joints = {" ",    " ",    " ", "",   ". ",     ".", " : ", "#",
                               " - -", "....", ",", "\n", "\u00a0", "-", "  #"};
  static const Texts numbers = {"1",
                                "2",
                                "3",
                                "02",
                                "002",
                                "12",
                                "102",
                                "2,5",
                                "2.",
                                "2.5",
                                "2x",
                                "dua",
                                "satu",
                                "tiga",
                                "satu-satunya",
                                "loro",
                                "tigo",
                                "lapan",
                                "I",
                                "ii",
                                "III",
                                "iv",
                                "V",
                                "viii",
                                "IX",
                                "x",
                                "ii-ii",
                                "Ⅱ",
                                "2-3",
                                "duaan",
                                "sepuluh",
                                "10",
                                "2️⃣",
                                "1️⃣",
                                "1️⃣0️⃣",
                                "0️⃣2️⃣",
                                "2⃣",
                                "２",
                                "②",
                                "0",
                                "2_",
                                "2/3",
                                "empat,",
                                "satu satu",
                                "2e",
                                "dua-tiga",
                                "dua,5",
                                "3️⃣x",
                                "1️⃣2️⃣3️⃣"};
  const std::string lead = dice.pick(leads);
  const std::string joint = dice.pick(joints);
  return lead + joint + (dice.percent(50) ? dice.pick(numbers) : some_number(dice));
}

std::string random_characters(Dice& dice, std::size_t count) {
  // Where the odd characters are; a plain choice of all would be mostly unassigned.
  static const std::array<std::pair<char32_t, char32_t>, 12> ranges = {{{0, 0xFF},
                                                                        {0x100, 0x24F},
                                                                        {0x300, 0x36F},
                                                                        {0x370, 0x52F},
                                                                        {0x590, 0x6FF},
                                                                        {0x1100, 0x11FF},
                                                                        {0x2000, 0x20FF},
                                                                        {0x2100, 0x24FF},
                                                                        {0x3000, 0x33FF},
                                                                        {0xFB00, 0xFFFF},
                                                                        {0x1D400, 0x1D7FF},
                                                                        {0, 0x10FFFF}}};
  std::string text;
  for (std::size_t i = 0; i < count; i++) {
    const auto& [first, last] = dice.pick(ranges);
    const auto c = static_cast<char32_t>(dice.between(first, last));
    if (c < 0xD800 || c > 0xDFFF) append_utf8(text, c);
  }
  return text;
}

std::string random_text(Dice& dice, const TextPieces& pieces) {
  static const Texts between = {" ",   " ",  " ",  " ",      " ",        ", ", "",   "\n",
                                " — ", ". ", "  ", "\u00a0", "🙏🏽", "-",  "! ", "\u200b"};
  std::string text;
  std::size_t count = dice.percent(5) ? 0 : dice.between(1, 9);
  if (dice.percent(1)) count *= 30;  // more places than are shown
  for (std::size_t i = 0; i < count; i++) {
    const std::string next = piece(dice, pieces);
    text += dice.percent(30) ? random_disguise(dice, next) : next;
    text += dice.pick(between);
  }
  return text;
}

namespace {

// Not behind `size` bytes, and at the beginning of a character.
std::string cut(std::string text, std::size_t size) {
  while (size > 0 && size < text.size() &&
         (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) {
    size--;
  }
  text.resize(std::min(size, text.size()));
  return text;
}

// What vectors of bytes may trip over.
std::string trap(Dice& dice) {
  static const Texts traps = {"  ", " ", "\t",  "\r\n",     "\x01", "\x7f", "é", "\u200b",
                              "A",  "Z", "aaa", "ii",       "oo",   "a.",   "0", "!",
                              "@",  "#", "_",   "🙏🏽", "[",    "`",    "{", "\xc2\xa0",
                              "I",  "ſ", "K",   "|",        "$",    "\x1f"};
  return dice.pick(traps);
}

std::string filler(Dice& dice, std::size_t size) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz  ,.";
  std::string text;
  while (text.size() < size) text += kLetters[dice.below(kLetters.size())];
  return text;
}

}  // namespace

std::string random_text_of_size(Dice& dice, const TextPieces& pieces, std::size_t size) {
  constexpr std::size_t kVectorBytes = 16;
  std::string text;
  while (text.size() < size) {
    std::string next = dice.percent(40) ? trap(dice) : piece(dice, pieces);
    if (dice.percent(15)) next = random_disguise(dice, next);
    // To begin or to end near where a vector does.
    if (dice.percent(50)) {
      const std::size_t border =
          (text.size() / kVectorBytes + dice.between(1, 4)) * kVectorBytes + dice.below(5) - 2;
      const std::size_t reached = text.size() + (dice.percent(50) ? next.size() : 0);
      if (border > reached) text += filler(dice, border - reached);
    }
    text += next;
    if (dice.percent(70)) text += ' ';
  }
  text = cut(std::move(text), size);
  return text.append(size - text.size(), dice.percent(50) ? ' ' : 'x');
}

std::string random_long_text(Dice& dice, const TextPieces& pieces, std::size_t size) {
  std::string text;
  while (text.size() < size) {
    const std::string next = piece(dice, pieces);
    text += filler(dice, dice.below(900));
    text += ' ' + (dice.percent(30) ? random_disguise(dice, next) : next) + ' ';
  }
  return text;
}

}  // namespace pantau
