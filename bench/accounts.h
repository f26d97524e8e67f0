// Made-up accounts. An account is made from its number whenever it is needed, so a corpus can
// speak of five million of them without keeping one.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "bench/dice.h"

namespace pantau::bench {

inline constexpr std::array<std::string_view, 8> kPlatforms = {
    "instagram", "facebook", "x", "tiktok", "youtube", "bluesky", "mastodon", "telegram"};

// Whose it is; the same number names different accounts in each.
enum class Circle : std::uint8_t { Roster, Stranger, Campaign };

struct MadeAccount {
  std::size_t platform = 0;  // in kPlatforms
  std::string id;
  std::string handle;
  std::string name;
};

class AccountMaker {
 public:
  explicit AccountMaker(std::uint64_t seed) : seed_(seed) {}

  // The platform of an account, without making all of it.
  std::size_t platform_of(Circle circle, std::uint64_t number) const;

  // Fills `account`, whose strings are used again.
  void make(Circle circle, std::uint64_t number, MadeAccount& account) const;

  // The same, but on this platform. Only for strangers: nobody else asks where they are.
  void make_stranger_on(std::size_t platform, std::uint64_t number, MadeAccount& account) const;

  // An account of the circle on a platform: the number of the first one from `number` on.
  std::uint64_t on_platform(Circle circle, std::uint64_t number, std::size_t platform) const;

 private:
  void fill(std::uint64_t unique, Dice& dice, MadeAccount& account) const;

  std::uint64_t seed_;
};

// Appends a number in decimal, and with zeros before it up to `digits`.
void append_number(std::string& text, std::uint64_t number);
void append_number(std::string& text, std::uint64_t number, std::size_t digits);

// Appends the roster's rows `first` … `last`-1 (CONTRACT.md §3), without the header.
void append_roster_rows(std::uint64_t seed, std::uint64_t first, std::uint64_t last,
                        std::string& csv);

inline constexpr std::string_view kRosterHeader =
    "subject_id,name,nip,category,agency,position,region,platform,account_id,handle,ownership,"
    "basis,valid_from,valid_to\n";

// Provinces and regencies of the made-up country: "07" and "07.12".
inline constexpr std::uint64_t kProvinces = 37;
inline constexpr std::uint64_t kRegencies = 508;
void append_regency(std::string& text, std::uint64_t regency);

}  // namespace pantau::bench
