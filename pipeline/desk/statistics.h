// What managers look at: counts that are kept as items come and go, so asking is cheap.
//
// Days are the acts' own (in the sweep's time zone). A flag about two candidates counts once for
// each of them in by_candidate, and once in everything else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/desk/desk.h"

namespace pantau {

// Lists have a Period of their own: the linker must not take one for the other.
inline namespace desk_period {
struct Period {
  std::string from, to;  // days, both counted in; "": open
};
}  // namespace desk_period

struct NamedCount {
  std::string name;
  std::int64_t flags = 0;
};
struct CandidateCount {
  std::string contest, candidate;
  std::int64_t flags = 0;
};
struct DayCount {
  std::string day, stage;
  std::int64_t flags = 0;
};
// Of all time: a rule's flags, and how people judged those that they judged.
struct RuleScore {
  std::string rule;
  std::int64_t flags = 0, confirmed = 0, dismissed = 0;
  double precision = 0;      // confirmed / (confirmed + dismissed)
  double low = 0, high = 1;  // Wilson's interval, 95 %
  bool warning = false;      // even the interval's upper end lies below precision_min
};
struct Workload {
  StaffId staff = 0;
  std::string staff_name;
  std::int64_t decisions = 0;
  double median_seconds = 0;  // from claim to decision
};
struct ClockCounts {
  std::int64_t overdue = 0, due_1 = 0, due_3 = 0, due_7 = 0, later = 0;  // each item in one
};
// Agreement of second people with first ones, over blind reviews of dismissals (each standing for
// as many as were not drawn) and second reviews of proposals, all of which are seen.
struct Agreement {
  std::int64_t n = 0;      // items that two people judged
  std::int64_t blind = 0;  // of these, blind reviews
  std::int64_t blind_agreed = 0;
  std::optional<double> kappa;  // Cohen's; nothing: not defined (all verdicts are alike)
};

struct Statistics {
  std::vector<DayCount> over_time;
  std::vector<NamedCount> by_kind, by_agency, by_region;
  std::vector<CandidateCount> by_candidate;
  std::vector<RuleScore> rules;
  std::vector<Workload> workload;
  ClockCounts clock;
  Agreement agreement;
};
Answer<Statistics> statistics(Desk& desk, const Caller& caller, const Period& period);

// For a proportion of `hits` among `n`: Wilson's interval at 95 %. (0, 1) for n = 0.
struct Interval {
  double low = 0, high = 1;
};
Interval wilson(std::int64_t hits, std::int64_t n);
// Cohen's kappa of a 2 × 2 table whose cells may be weighted.
std::optional<double> cohens_kappa(double both_yes, double first_yes, double second_yes,
                                   double both_no);

// Subjects ↔ campaign accounts of a contest: the kGraphLinksMax strongest links.
struct Graph {
  struct Link {
    std::string subject, account, kind;  // account: "platform/id" or "platform/@handle"
    std::int64_t count = 0;
  };
  std::vector<Link> links;
  bool is_cut = false;  // there are more
};
inline constexpr std::size_t kGraphLinksMax = 2000;
// "" for the contest: all that the caller may see.
Answer<Graph> graph(Desk& desk, const Caller& caller, const std::string& contest);

}  // namespace pantau
