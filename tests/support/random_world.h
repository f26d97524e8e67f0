// Made-up sweeps: lists that get in each other's way, and records that are near
// misses of them.
//
// Handles, ids, names and dates come from small stocks, so that one handle belongs
// to two ids, one name to two candidates, and a record falls a second before a
// list's date as often as a second after it.
#pragma once

#include <cstdint>
#include <string>
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

class RandomWorld {
 public:
  explicit RandomWorld(std::uint64_t seed);

  const PlainLists& lists() const { return lists_; }
  OwnRecord record();

 private:
  void make_calendar();
  void make_accounts();
  void make_packs();
  void make_instants();
  void collect_pieces();

  Day some_day() { return first_day_ + std::chrono::days(dice_.below(kDays)); }
  Validity some_validity();
  Contest some_contest(std::size_t number);
  Candidate some_candidate(std::size_t number);
  RulePack some_pack(std::size_t number);
  Rule some_rule(std::size_t number, std::size_t patterns);
  std::string some_expression();
  std::vector<std::uint32_t> some_patterns(std::size_t patterns, std::size_t count_max);
  OwnAccount near_miss(const std::string& id, const std::string& handle);
  OwnAccount some_account();

  static constexpr std::size_t kDays = 40;

  Dice dice_;
  Day first_day_{};
  PlainLists lists_;
  std::vector<Instant> instants_;  // at which something begins or ends
  TextPieces pieces_;
};

}  // namespace pantau
