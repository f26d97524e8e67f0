// The façade of the classifiers: records in, their flags out.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/accounts/campaign_list.h"
#include "classifiers/accounts/roster.h"
#include "classifiers/base/result.h"
#include "classifiers/contests/contest.h"
#include "classifiers/model/flag.h"
#include "classifiers/model/record.h"
#include "classifiers/rules/pack.h"

namespace pantau {

// Spans that stand for no pattern but for what the calendar's lists name.
inline constexpr std::string_view kMentionSpan = "@mention";
inline constexpr std::string_view kSloganSpan = "@slogan";

// A text can repeat a word a million times; a reviewer needs to see it, not to see it
// a million times. So many places of one pattern, and of one candidate, are reported.
inline constexpr std::size_t kSpansPerNameMax = 256;

// Where a rule stands: which pack, and which of its rules.
struct RuleRef {
  std::uint32_t pack = 0;
  std::uint32_t rule = 0;
};

// Everything the classifiers look at, immutable once the engine is made.
struct EngineLists {
  TimeZone zone = TimeZone::utc();  // the sweep's: the roster's dates are read in it
  Roster roster;
  ContestList contests;
  CampaignList campaign;
  std::vector<RulePack> packs;
};

// Immutable and shared by all threads; what a thread writes is in its Scratch.
class Engine {
 public:
  class Scratch;

  // Fault::Config if the packs cannot be compiled together.
  static Result<Engine> make(EngineLists lists);

  Engine(Engine&&) noexcept;
  ~Engine();

  std::unique_ptr<Scratch, void (*)(Scratch*)> make_scratch() const;

  // Appends the flags of `records` to `findings`, in the records' order. Within a flag,
  // matches are ordered by pack, rule, contest, candidate (none last), target before
  // mention; a match's spans by start, end, name.
  void run(std::span<const Record> records, Scratch& scratch, Findings& findings) const;

  const EngineLists& lists() const;

  // RuleMatch::rule is a position in this list: all rules of all packs, in order.
  std::span<const RuleRef> rules() const;

 private:
  struct Compiled;
  explicit Engine(std::unique_ptr<const Compiled> compiled);
  std::unique_ptr<const Compiled> compiled_;
};

}  // namespace pantau
