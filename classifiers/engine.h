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
#include "classifiers/explanation.h"
#include "classifiers/model/flag.h"
#include "classifiers/model/record.h"
#include "classifiers/rules/pack.h"
#include "classifiers/rules/rule_set.h"

namespace pantau {

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

  // Fault::Config if the packs cannot be compiled together. `make_nominator`: see
  // RuleSet.
  static Result<Engine> make(EngineLists lists, const MakeMatchNominator& make_nominator = nullptr);

  Engine(Engine&&) noexcept;
  ~Engine();

  using ScratchPtr = std::unique_ptr<Scratch, void (*)(Scratch*)>;
  ScratchPtr make_scratch() const;

  // Appends the flags of `records` to `findings`, in the records' order. Within a flag,
  // matches are ordered by pack, rule, contest, candidate (none last), target before
  // mention; a match's spans by start, end, name.
  // `actors` are the roster's look-ups of each record's actor, with their nominees.
  void run(std::span<const Record> records, std::span<const AccountLookUp> actors, Scratch& scratch,
           Findings& findings) const;
  void run(std::span<const Record> records, Scratch& scratch, Findings& findings) const;

  // All that run() sees in one record, step by step, and why each rule holds or not. If nobody of
  // the roster acts, it is as if a subject of `region` did. Slow.
  void explain(const Record& record, std::string_view region, Scratch& scratch,
               Explanation& explanation) const;

  void begin_actor(const Record& record, AccountLookUp& look_up) const {
    lists().roster.begin(record.platform, record.actor.id, record.actor.handle, look_up);
  }

  const EngineLists& lists() const;

  // RuleMatch::rule is a position in this list: all rules of all packs, in order.
  std::span<const RuleRef> rules() const;

  // The patterns that every text is searched for: see RuleSet.
  std::span<const std::string_view> featureless_patterns() const;

 private:
  struct Compiled;
  struct Acting;
  explicit Engine(std::unique_ptr<const Compiled> compiled);
  void find_actors(std::span<const Record> records, std::span<const AccountLookUp> actors,
                   Scratch& scratch) const;
  void examine(const Record& record, std::uint32_t position, const Acting& acting, Scratch& scratch,
               Findings& findings) const;
  void describe(const Act& act, Explanation& explanation) const;
  void read_text(const Record& record, std::string_view region, Scratch& scratch, Act& act) const;
  void find_targets(const Record& record, const Acting& acting, Scratch& scratch) const;
  std::unique_ptr<const Compiled> compiled_;
};

}  // namespace pantau
