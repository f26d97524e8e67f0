// The whole engine once more, the slow and obvious way: for each record it loops
// over every entry of every list and is clever about nothing. What it has looked
// for in a text it does not look for again in that text; it keeps nothing else.
//
// It was written from the contract and the engine's headers alone. What the two
// answer must be the same, byte for byte; where it is not, one of them has misread
// the contract.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/accounts/campaign_list.h"
#include "classifiers/accounts/roster_csv.h"
#include "classifiers/base/time.h"
#include "classifiers/contests/contest.h"
#include "classifiers/model/record.h"
#include "classifiers/rules/pack.h"
#include "tests/support/plain_mentions.h"
#include "tests/support/plain_text.h"

namespace pantau {

// A row of the roster that owns its strings, as written in the list.
struct RosterLine {
  std::string subject_id;
  Category category = Category::Pns;
  std::string region;
  std::string platform;
  std::string account_id;
  std::string handle;
  Ownership ownership = Ownership::Declared;
  Validity validity;
};

// The roster as CSV, for the real reader.
std::string to_csv(const std::vector<RosterLine>& roster);

// What a sweep looks at.
struct PlainLists {
  TimeZone zone = TimeZone::utc();
  std::vector<RosterLine> roster;
  ContestList contests;
  CampaignList campaign;
  std::vector<RulePack> packs;
};

struct PlainSpan {
  std::string name;
  PlainRange bytes;  // of the original

  friend bool operator==(const PlainSpan&, const PlainSpan&) = default;
};

struct PlainMatch {
  std::string rule;
  std::string pack;
  std::string contest;
  std::optional<std::string> candidate;
  Via via = Via::Target;
  std::optional<AccountType> account_type;
  Stage stage = Stage::Before;
  std::string breach;  // "ethics", "discipline"
  std::vector<std::string> proposes;
  std::vector<PlainSpan> spans;

  friend bool operator==(const PlainMatch&, const PlainMatch&) = default;
};

struct PlainFlag {
  std::string subject_id;
  Category category = Category::Pns;
  std::string region;
  Ownership ownership = Ownership::Declared;
  Level level = Level::Info;
  std::vector<PlainMatch> matches;

  friend bool operator==(const PlainFlag&, const PlainFlag&) = default;
};

// For people: what a test prints when two answers differ.
std::string to_text(const std::optional<PlainFlag>& flag);
std::string to_text(const Record& record);

class PlainMatcher {
 public:
  explicit PlainMatcher(const PlainLists& lists);

  // The record's flag, or nothing if no rule holds.
  std::optional<PlainFlag> flag(const Record& record) const;

  // The roster's line of the subject that acted, by its position; nothing if nobody of the roster.
  std::optional<std::uint32_t> subject(const Record& record) const;

 private:
  struct Sight;
  struct Act;
  using PackExpressions = std::vector<PlainExpressions>;

  bool patterns_hold(const Act& act) const;
  bool is_negated(const Act& act, const PlainPlace& place) const;
  const std::vector<PlainPlace>& counting_places(const Act& act, std::uint32_t pattern) const;
  bool is_near(const Act& act, const std::vector<PlainPlace>& mentions) const;
  bool has_too_many_rivals(const Act& act, ContestIndex contest, CandidateIndex candidate) const;
  const std::vector<PlainPlace>& places(const Act& act, std::uint32_t pattern) const;
  const PlainMentions& mentions(const Act& act, ContestIndex contest,
                                CandidateIndex candidate) const;
  std::vector<PlainSpan> pattern_spans(const Act& act) const;
  std::optional<PlainMatch> match(const Act& act, ContestIndex contest,
                                  CandidateIndex candidate) const;
  std::optional<PlainMatch> target_match(const Act& act, ContestIndex contest,
                                         CandidateIndex candidate) const;
  std::optional<PlainMatch> mention_match(const Act& act, ContestIndex contest,
                                          CandidateIndex candidate) const;

  const PlainLists& lists_;
  std::vector<PackExpressions> expressions_;
  std::vector<std::vector<PlainCandidate>> candidates_;  // by contest
};

}  // namespace pantau
