#include "tests/support/random_names.h"

#include <cctype>

namespace pantau {
namespace {

using Texts = std::vector<std::string>;

const Texts kTitles = {"H. ",     "Hj. ",  "Dr. ", "dr. ",  "Prof. Dr. ",
                       "Ir. H. ", "KH ",   "Drs.", "K.H. ", "Pak ",
                       "Bu ",     "Tgk. ", "R.",   "M. ",   "Letjen (Purn.) "};
const Texts kSuffixes = {", S.H.", ", S.H., M.H.", " S.E", ", M.Si", " bin Umar", " Jr.", " II"};
const Texts kParts = {
    "Ahmad",  "Ahmadi",   "Siti", "Fulan",    "Fulanah", "Budi",     "Budiman", "Ana",
    "Anna",   "An",       "Nur",  "Nur'aini", "Nuraini", "O'Neil",   "Ma'ruf",  "Ma’ruf",
    "Maruf",  "Al-Habsy", "Al",   "Habsy",    "Abd.",    "Muh",      "Muh.",    "Mohd",
    "Łukasz", "Straße",   "山田", "太郎",     "Дима",    "Ñusta",    "É",       "Éa",
    "d'Arc",  "I Gede",   "Ni",   "A.H.",     "AH",      "Sembilan", "Dua",     "Satu",
    "Nomor",  "Paslon",   "No",   "X",        "2Siti",   "Coblos",   "Boss",    "Guus",
    "Ii",     "Ｆｕｌｌ", "Jo",   "Joko",     "Jokowi",  "Wi",       "Wiwi"};
const Texts kJoints = {" ", " ", " ", " ", "-", "-", " - ", "\u2011", "–", "  ", "\u00a0"};

std::string some_part(Dice& dice) {
  return dice.pick(kParts);
}

std::string fresh_name(Dice& dice) {
  std::string name = dice.percent(25) ? dice.pick(kTitles) : std::string();
  name += some_part(dice);
  const std::size_t more = dice.below(3);
  for (std::size_t i = 0; i < more; i++) name += dice.pick(kJoints) + some_part(dice);
  if (dice.percent(15)) name += dice.pick(kSuffixes);
  return name;
}

// Up to one of its blanks or hyphens.
std::string beginning_of(Dice& dice, const std::string& name) {
  Texts beginnings;
  for (std::size_t at = 1; at < name.size(); at++) {
    if (name[at] == ' ' || name[at] == '-') beginnings.push_back(name.substr(0, at));
  }
  return beginnings.empty() ? name : dice.pick(beginnings);
}

std::string joined_otherwise(Dice& dice, const std::string& name) {
  std::string other;
  for (const char c : name) {
    if (c == ' ' || c == '-') {
      other += dice.pick(kJoints);
    } else {
      other += c;
    }
  }
  return other;
}

std::string near_name(Dice& dice, const std::string& name) {
  switch (dice.below(6)) {
    case 0:
      return name + dice.pick(kJoints) + some_part(dice);
    case 1:
      return some_part(dice) + dice.pick(kJoints) + name;
    case 2:
      return beginning_of(dice, name);
    case 3:
      return joined_otherwise(dice, name);
    case 4:
      return dice.pick(kTitles) + name;
    default:
      return name;
  }
}

}  // namespace

std::vector<std::string> random_names(Dice& dice, std::size_t count) {
  Texts names;
  while (names.size() < count) {
    names.push_back(names.empty() || dice.percent(50) ? fresh_name(dice)
                                                      : near_name(dice, dice.pick(names)));
  }
  return names;
}

std::vector<std::string> random_hashtags(Dice& dice, std::size_t count) {
  static const Texts parts = {"Fulan", "Siti", "Menang", "a",  "ab", "ba",   "1",  "2024", "É",
                              "Gass",  "_",    "Coblos", "山", "xx", "Dua2", "II", "p1l1h"};
  Texts hashtags;
  while (hashtags.size() < count) {
    std::string hashtag = dice.percent(20) ? "#" : "";
    const std::size_t length = dice.between(1, 3);
    for (std::size_t i = 0; i < length; i++) hashtag += dice.pick(parts);
    hashtags.push_back(hashtag);
  }
  return hashtags;
}

std::vector<std::string> random_words(Dice& dice, std::size_t count) {
  static const Texts syllables = {"co",   "blos", "pi", "lih", "du",   "kung", "an", "kan", "me",
                                  "nang", "ba",   "ru", "sa",  "tu",   "a",    "i",  "ng",  "ny",
                                  "é",    "0",    "1",  "山",  "mpok", "s",    "ku", "ku"};
  Texts words;
  while (words.size() < count) {
    std::string word;
    const std::size_t length = dice.percent(3) ? dice.between(8, 16) : dice.between(1, 5);
    for (std::size_t i = 0; i < length; i++) word += dice.pick(syllables);
    words.push_back(word);
  }
  return words;
}

std::vector<std::string> random_handles(Dice& dice, std::size_t count) {
  static const Texts stems = {"budi", "siti", "fulan", "a", "relawan", "tim.menang", "hsu", "1001"};
  static const Texts joints = {"", ".", "_", "-", "..", "__"};
  static const Texts ends = {"", "", "", "", ".", "-", "_", "É", "@host.id"};
  Texts handles;
  while (handles.size() < count) {
    std::string handle =
        dice.pick(stems) + dice.pick(joints) + std::to_string(dice.below(count)) + dice.pick(ends);
    if (dice.percent(20)) handle[0] = static_cast<char>(std::toupper(handle[0]));
    handles.push_back(handle);
  }
  return handles;
}

}  // namespace pantau
