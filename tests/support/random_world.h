// Made-up sweeps: lists that get in each other's way, and records that are near
// misses of them.
//
// Handles, ids, names and dates come from small stocks, so that one handle belongs
// to two ids, one name to two candidates, and a record falls a second before a
// list's date as often as a second after it. Kinds of worlds differ in what there is
// much of.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/model/record.h"
#include "tests/support/dice.h"
#include "tests/support/plain_matcher.h"
#include "tests/support/random_text.h"

namespace pantau {

struct OwnAccount {
  std::string id;
  std::string handle;

  Account view() const { return {id, handle, {}}; }
};

// A record that owns its strings.
struct OwnRecord {
  Kind kind = Kind::Post;
  std::string platform;
  std::string id;
  OwnAccount actor;
  OwnAccount target;
  std::string text;
  Instant time;

  // Points into this record.
  Record view() const;
};

enum class WorldKind : std::uint8_t {
  Mixed,     // a little of everything
  Crowd,     // hundreds of candidates whose names overlap
  Patterns,  // hundreds of patterns
  Accounts,  // thousands of accounts
  Numbers,   // ballot numbers in regions that lie in each other
  Borders,   // texts of every size up to kBorderTextBytesMax
  Long,      // texts of up to kLongTextBytesMax
};
inline constexpr std::array kWorldKinds = {
    WorldKind::Mixed,   WorldKind::Crowd,   WorldKind::Patterns, WorldKind::Accounts,
    WorldKind::Numbers, WorldKind::Borders, WorldKind::Long};
inline constexpr std::size_t kBorderTextBytesMax = 200;
inline constexpr std::size_t kLongTextBytesMax = 100'000;

std::string_view name_of(WorldKind kind);

class RandomWorld {
 public:
  explicit RandomWorld(std::uint64_t seed, WorldKind kind = WorldKind::Mixed);

  const PlainLists& lists() const { return lists_; }
  OwnRecord record();

 private:
  void make_stocks();
  void make_calendar();
  void make_roster();
  void make_campaign();
  void make_packs();
  void make_instants();
  void collect_pieces();

  Day some_day() { return first_day_ + std::chrono::days(dice_.below(kDays)); }
  Validity some_validity();
  std::string some_region();
  Candidate some_candidate(std::size_t number);
  Contest some_contest(std::size_t number);
  OwnAccount near_miss(const std::string& id, const std::string& handle);
  OwnAccount some_account();
  std::string some_text();
  Instant some_instant();

  static constexpr std::size_t kDays = 40;

  Dice dice_;
  WorldKind kind_;
  Day first_day_{};
  std::vector<std::string> platforms_;
  std::vector<std::string> ids_;
  std::vector<std::string> handles_;
  std::vector<std::string> names_;
  std::vector<std::string> hashtags_;
  std::vector<std::string> slogans_;
  std::vector<std::string> words_;
  PlainLists lists_;
  std::vector<Instant> instants_;  // at which something begins or ends
  TextPieces pieces_;
};

}  // namespace pantau
