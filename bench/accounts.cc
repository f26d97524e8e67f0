#include "bench/accounts.h"

#include <charconv>

#include "bench/vocabulary.h"

namespace pantau::bench {
namespace {

// Of a hundred accounts, so many are on each platform of kPlatforms.
constexpr std::array<std::uint64_t, 8> kPlatformShares = {36, 25, 14, 14, 4, 3, 2, 2};

constexpr std::array<std::string_view, 5> kCategories = {"pns", "pns", "pppk", "polri",
                                                         "kepala_desa"};
constexpr std::array<std::string_view, 8> kAgencies = {
    "Dinas Pendidikan",  "Dinas Kesehatan",     "Dinas PUPR", "Sekretariat Daerah",
    "Badan Kepegawaian", "\"Kantor Camat, I\"", "Satpol PP",  "Inspektorat"};
constexpr std::array<std::string_view, 6> kPositions = {"Guru Ahli Pertama", "Perawat Terampil",
                                                        "Analis Kebijakan",  "Kepala Seksi",
                                                        "Arsiparis",         "Pranata Komputer"};
constexpr std::array<std::string_view, 4> kOwnerships = {"declared", "confirmed", "known",
                                                         "probable"};

std::uint64_t unique_number(Circle circle, std::uint64_t number) {
  return number * 3 + static_cast<std::uint64_t>(circle);
}

void append_letters(std::string& text, std::uint64_t bits, std::size_t count) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz234567";
  for (std::size_t i = 0; i < count; i++) {
    text += kLetters[bits & 31];
    bits = bits >> 5 | bits << 59;
  }
}

// In the shape that ids have on the platform.
void make_id(std::size_t platform, std::uint64_t unique, std::uint64_t seed, std::string& id) {
  const std::uint64_t bits = mixed(unique ^ mixed(seed));
  id.clear();
  switch (platform) {
    case 0:
    case 1:
      id = "999";
      return append_number(id, bits % 100'000'000'000'000, 14);
    case 4:
      id = "UC00";
      return append_letters(id, bits, 20);
    case 5:
      id = "did:plc:";
      append_letters(id, bits, 12);
      return append_letters(id, mixed(bits), 12);
    case 7:
      id = "99";
      return append_number(id, bits % 100'000'000'000, 11);
    default:
      id = "97";
      return append_number(id, bits % 100'000'000'000'000'000, 17);
  }
}

void make_handle(std::size_t platform, std::string_view given, std::string_view surname,
                 std::uint64_t unique, std::string& handle) {
  handle = given;
  if (platform == 5 || platform == 6) {
    handle += surname;
  } else {
    handle.append(unique % 3 == 0 ? "." : "_").append(surname);
  }
  append_number(handle, unique);
  if (platform == 5) handle += ".contoh.example";
  if (platform == 6) handle += "@sosial.contoh.example";
}

std::size_t draw_platform(Dice& dice) {
  std::uint64_t draw = dice.below(100);
  std::size_t platform = 0;
  while (draw >= kPlatformShares[platform]) draw -= kPlatformShares[platform++];
  return platform;
}

// Digits as in life but for the sex, 9, which nobody has: no NIP of a person can come out.
void append_nip(Dice& dice, std::string& csv) {
  append_number(csv, dice.between(1966, 2001));
  append_number(csv, dice.between(1, 12), 2);
  append_number(csv, dice.between(1, 28), 2);
  append_number(csv, dice.between(2005, 2024));
  append_number(csv, dice.between(1, 12), 2);
  csv += '9';
  append_number(csv, dice.between(1, 999), 3);
}

}  // namespace

std::size_t AccountMaker::platform_of(Circle circle, std::uint64_t number) const {
  Dice dice(seed_, 'a', unique_number(circle, number));
  return draw_platform(dice);
}

void AccountMaker::make(Circle circle, std::uint64_t number, MadeAccount& account) const {
  const std::uint64_t unique = unique_number(circle, number);
  Dice dice(seed_, 'a', unique);
  account.platform = draw_platform(dice);
  fill(unique, dice, account);
}

void AccountMaker::make_stranger_on(std::size_t platform, std::uint64_t number,
                                    MadeAccount& account) const {
  const std::uint64_t unique = unique_number(Circle::Stranger, number);
  Dice dice(seed_, 'b', unique);
  account.platform = platform;
  fill(unique, dice, account);
}

void AccountMaker::fill(std::uint64_t unique, Dice& dice, MadeAccount& account) const {
  const std::string_view given = Vocabulary::get().given_name(dice);
  const std::string surname = Vocabulary::surname(dice);
  make_id(account.platform, unique, seed_, account.id);
  make_handle(account.platform, given, surname, unique, account.handle);
  account.name = capitalised(given);
  account.name.append(1, ' ').append(capitalised(surname));
}

std::uint64_t AccountMaker::on_platform(Circle circle, std::uint64_t number,
                                        std::size_t platform) const {
  while (platform_of(circle, number) != platform) number++;
  return number;
}

void append_number(std::string& text, std::uint64_t number) {
  std::array<char, 20> digits;
  const std::to_chars_result end = std::to_chars(digits.begin(), digits.end(), number);
  text.append(digits.data(), end.ptr);
}

void append_number(std::string& text, std::uint64_t number, std::size_t digits) {
  std::array<char, 20> written;
  const std::to_chars_result end = std::to_chars(written.begin(), written.end(), number);
  const auto length = static_cast<std::size_t>(end.ptr - written.data());
  if (length < digits) text.append(digits - length, '0');
  text.append(written.data(), length);
}

void append_regency(std::string& text, std::uint64_t regency) {
  append_number(text, regency % kProvinces + 1, 2);
  text += '.';
  append_number(text, regency / kProvinces + 1, 2);
}

void append_roster_rows(std::uint64_t seed, std::uint64_t first, std::uint64_t last,
                        std::string& csv) {
  const AccountMaker maker(seed);
  MadeAccount account;
  for (std::uint64_t row = first; row < last; row++) {
    const std::uint64_t subject = row * 9 / 20;  // two or three accounts each
    Dice dice(seed, 's', subject);
    maker.make(Circle::Roster, row, account);
    csv += "S-";
    append_number(csv, subject, 7);
    csv.append(1, ',').append(account.name).append(1, ',');
    append_nip(dice, csv);
    csv.append(1, ',').append(dice.one_of(kCategories));
    csv.append(1, ',').append(dice.one_of(kAgencies));
    csv.append(1, ',').append(dice.one_of(kPositions)).append(1, ',');
    append_regency(csv, dice.below(kRegencies));
    csv.append(1, ',').append(kPlatforms[account.platform]).append(1, ',');
    Dice own(seed, 'r', row);
    const std::uint64_t known_by = own.below(100);  // most by both id and handle
    if (known_by >= 8) csv += account.id;
    csv += ',';
    if (known_by < 96) csv += account.handle;
    csv.append(1, ',').append(own.one_of(kOwnerships));
    csv += ",BA penyerahan akun nomor ";
    append_number(csv, own.below(2000));
    csv += "/BKPSDM/2024,";
    if (own.per_mille(300)) csv += "2024-01-01";
    csv += own.per_mille(20) ? ",2024-10-31\n" : ",\n";
  }
}

}  // namespace pantau::bench
