// What two versions of a pack say of one flag after another: counted by rule, and listed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/rules/pack.h"
#include "pipeline/rule_tools/archive_run.h"
#include "pipeline/rule_tools/flag_reading.h"

namespace pantau {

enum class Change : std::uint8_t { New, Lost, Changed };
inline constexpr std::size_t kChanges = 3;
inline constexpr std::array<Change, kChanges> kAllChanges = {Change::New, Change::Lost,
                                                             Change::Changed};
std::string_view name_of(Change change);  // "new", "lost", "changed"

// One rule of one flag, of which the versions do not say the same.
struct Difference {
  Change change = Change::New;
  std::string rule;
  ToldAct act;
  std::vector<std::string_view> what;  // of Changed: "level", "candidates", "proposes", "spans"
  std::vector<ToldMatch> before;
  std::vector<ToldMatch> after;
};

struct RuleDifferences {
  std::string rule;
  std::uint64_t by_change[kChanges] = {};
  std::uint64_t same = 0;

  std::uint64_t of(Change change) const { return by_change[static_cast<std::size_t>(change)]; }
};

struct PackDiff {
  ArchiveRun run;
  std::string before;  // "skb-2022@2024.1"; empty: there is none
  std::string after;
  std::vector<RuleDifferences> rules;   // as the newer pack has them, then those it has no more
  std::vector<Difference> differences;  // by change, then in the order of the input

  std::uint64_t total_of(Change change) const;
  std::uint64_t same() const;
  bool is_same() const;
};

// One engine cannot have two packs of one id, nor two rules. So in the engine that makes the flags
// both versions carry marks, which no id can have; here they are taken off again.
class PackComparison {
 public:
  // Marks both. Of each change `listed_max` differences are listed; the others are only counted.
  PackComparison(RulePack& before, RulePack& after, std::size_t listed_max);

  // A flag of the engine that has both packs and no other.
  void take(ToldFlag flag);

  PackDiff finish();

 private:
  struct Sides;
  static std::map<std::string, Sides> sides_of(std::vector<ToldMatch> matches);
  std::size_t place_of(const std::string& rule);
  std::vector<std::string_view> what_differs(const std::string& rule, const Sides& sides) const;

  std::size_t listed_max_;
  PackDiff diff_;
  std::map<std::string, std::size_t> places_;
  std::map<std::string, bool> level_differs_;
  std::array<std::vector<Difference>, kChanges> listed_;
};

}  // namespace pantau
