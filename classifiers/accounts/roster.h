// The roster of subjects: which entry, if any, an account is (CONTRACT.md §3, §5).
//
// A roster is an image: one run of bytes, built once from CSV and then mapped
// from a file or kept in memory, with the same layout in both cases, so opening
// five million accounts costs no more than opening five. It holds ids, handles,
// regions and dates; names and NIP are not in it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "classifiers/accounts/account_index.h"
#include "classifiers/accounts/roster_csv.h"
#include "classifiers/base/result.h"
#include "classifiers/model/record.h"

namespace pantau {

// What a flag and its review need to know of an entry; views into the image.
struct RosterEntry {
  std::uint32_t subject = 0;  // dense number of the person: 0 … subjects()-1
  std::string_view subject_id;
  std::string_view region;
  std::string_view basis;
  Category category = Category::Pns;
  Ownership ownership = Ownership::Declared;
  Validity validity;
};

// An entry that was found, with what is asked of it most.
struct RosterHit {
  std::uint32_t entry = 0;
  std::uint32_t subject = 0;  // a number below subjects()
  std::uint32_t region = 0;   // the name's number
};

// Immutable; any number of threads may ask at once.
//
// An entry is named by a number that find() gives; of two entries, the one that stands first in
// the list has the lower one.
class Roster {
 public:
  // The image of a list, or nothing if there are mistakes, which are told. Small lists and tests;
  // roster_build.h says how it is done for millions.
  static std::string build(std::string_view csv, Mistakes& mistakes);

  // Whether a file that begins with `head` is an image and not CSV.
  static bool is_image(std::string_view head);

  // Opens an image that lies at a multiple of eight; `owner` keeps its bytes alive. Refuses one
  // that is cut short or of another version. That takes no time, whatever the size; whether
  // the bytes are those that were written, RosterVerifier tells.
  static Result<Roster> open(std::string_view image, std::shared_ptr<const void> owner);

  // A roster without entries.
  Roster();

  // Of the image's bytes: the same list, the same number.
  std::uint64_t checksum() const;

  std::uint32_t entries() const;
  std::uint32_t subjects() const;

  // All of an entry; and its region, of which a hit has the number.
  RosterEntry entry(std::uint32_t number) const;
  std::string_view region(const RosterHit& hit) const;

  // A look-up in stages, each of which asks for the memory that the next one reads. For many
  // accounts at once, go through all of them with each stage before the next: then memory is
  // waited for once and not for each.
  //
  //   begin → ask_slots → nominate → ask_rows → find
  void begin(std::string_view platform, std::string_view id, std::string_view handle,
             AccountLookUp& look_up) const;
  void ask_slots(const AccountLookUp& look_up, Asking how) const;

  // False if nobody is meant; true is rarely wrong.
  bool nominate(AccountLookUp& look_up) const;
  void ask_rows(const AccountLookUp& look_up, Asking how) const;

  // The first entry in the list's order that `account` is and that holds at
  // `time`, read in `zone`: by (platform, id) when both sides have an id, by
  // (platform, handle) when one side has none. `look_up` is of the same account.
  std::optional<RosterHit> find(const AccountLookUp& look_up, std::string_view platform,
                                const Account& account, Instant time, const TimeZone& zone) const;
  std::optional<RosterHit> find(std::string_view platform, const Account& account, Instant time,
                                const TimeZone& zone) const {
    AccountLookUp look_up;
    begin(platform, account.id, account.handle, look_up);
    if (!nominate(look_up)) return std::nullopt;
    return find(look_up, platform, account, time, zone);
  }

 private:
  struct Image;
  explicit Roster(std::shared_ptr<const Image> image) : image_(std::move(image)) {}
  std::shared_ptr<const Image> image_;
};

// Checks an image's checksum, fed with all its bytes in order. Apart from open(), because
// reading hundreds of megabytes takes longer than all else that comes before the first record: it
// can be done beside that.
class RosterVerifier {
 public:
  RosterVerifier();
  ~RosterVerifier();

  void add(std::string_view bytes);

  // After all bytes: an error for an image that is damaged.
  Status result() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace pantau
