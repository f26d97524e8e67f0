#include "pipeline/desk/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "pipeline/desk/clock.h"
#include "pipeline/desk/state.h"

namespace pantau {
namespace {

// For days as texts: every day lies between them.
std::string from_of(const Period& period) {
  return period.from;
}
std::string to_of(const Period& period) {
  return period.to.empty() ? "~" : period.to;
}

Done read_flags(DeskState& state, const Period& period, Statistics& statistics) {
  const std::string from = from_of(period);
  const std::string to = to_of(period);
  TRY_STATUS(state.each(
      "SELECT day, stage, sum(items) FROM flag_candidate_day WHERE day BETWEEN $1 AND $2"
      " GROUP BY 1, 2 ORDER BY 1, 2",
      [&](const Rows& rows) {
        statistics.over_time.push_back({rows.text(0), rows.text(1), rows.integer(2)});
      },
      from, to));
  TRY_STATUS(state.each(
      "SELECT contest, candidate, sum(flags) FROM flag_candidate_day WHERE day BETWEEN $1 AND $2"
      " GROUP BY 1, 2 ORDER BY 1, 2",
      [&](const Rows& rows) {
        statistics.by_candidate.push_back({rows.text(0), rows.text(1), rows.integer(2)});
      },
      from, to));
  const auto read = [&](const std::string& column, std::vector<NamedCount>& counts) {
    return state.each(
        "SELECT " + column +
            ", sum(flags) FROM flag_day WHERE day BETWEEN $1 AND $2"
            " GROUP BY 1 ORDER BY 2 DESC, 1",
        [&](const Rows& rows) {
          counts.push_back({rows.text(0), rows.integer(1)});
        },
        from, to);
  };
  TRY_STATUS(read("kind", statistics.by_kind));
  TRY_STATUS(read("agency", statistics.by_agency));
  return read("region", statistics.by_region);
}

Done read_rules(DeskState& state, std::vector<RuleScore>& rules) {
  TRY(const std::int64_t least, number_setting(state, "precision_min"));
  return state.each("SELECT rule, flags, confirmed, dismissed FROM rule_score ORDER BY rule",
                    [&](const Rows& rows) {
                      RuleScore score;
                      score.rule = rows.text(0);
                      score.flags = rows.integer(1);
                      score.confirmed = rows.integer(2);
                      score.dismissed = rows.integer(3);
                      const std::int64_t n = score.confirmed + score.dismissed;
                      if (n > 0) {
                        score.precision =
                            static_cast<double>(score.confirmed) / static_cast<double>(n);
                      }
                      const Interval interval = wilson(score.confirmed, n);
                      score.low = interval.low;
                      score.high = interval.high;
                      score.warning = interval.high * 100 < static_cast<double>(least);
                      rules.push_back(std::move(score));
                    });
}

double median(std::vector<std::int64_t>& values) {
  if (values.empty()) return 0;
  const std::size_t middle = values.size() / 2;
  std::ranges::sort(values);
  const auto upper = static_cast<double>(values[middle]);
  return values.size() % 2 == 1 ? upper : (upper + static_cast<double>(values[middle - 1])) / 2;
}

// Decisions of people one by one; what a bulk dismissed took no time of its own.
Done read_workload(DeskState& state, const Period& period, std::vector<Workload>& workload) {
  const auto begin = parse_day(period.from);
  const auto end = parse_day(period.to);
  const std::int64_t from =
      begin ? to_micros(state.zone.start_of(*begin)) : std::numeric_limits<std::int64_t>::min();
  const std::int64_t to = end ? to_micros(state.zone.start_of(*end + std::chrono::days(1)))
                              : std::numeric_limits<std::int64_t>::max();
  std::map<StaffId, std::vector<std::int64_t>> seconds;
  std::map<StaffId, std::int64_t> decisions;
  TRY_STATUS(state.each(
      "SELECT staff, seconds, bulk IS NULL FROM decision WHERE at >= $1 AND at < $2"
      " AND action <> 'undo' AND undone_by IS NULL",
      [&](const Rows& rows) {
        decisions[rows.integer(0)]++;
        if (!rows.is_null(1) && rows.integer(2) == 1) {
          seconds[rows.integer(0)].push_back(rows.integer(1));
        }
      },
      from, to));
  for (const auto& [staff, count] : decisions) {
    TRY(auto name, state.text("SELECT name FROM staff WHERE id = $1", staff));
    workload.push_back({staff, std::move(name).value_or(""), count, median(seconds[staff])});
  }
  return std::monostate{};
}

Done read_clock(DeskState& state, Instant now, ClockCounts& counts) {
  TRY(const LegalClock clock, legal_clock(state));
  return state.each("SELECT minute, items FROM waiting_minute WHERE items > 0",
                    [&](const Rows& rows) {
                      const Instant found = from_seconds(rows.integer(0) * 60);
                      const std::int64_t left = LegalClock::days_left(clock.due_at(found), now);
                      std::int64_t& count = left < 0   ? counts.overdue
                                            : left < 1 ? counts.due_1
                                            : left < 3 ? counts.due_3
                                            : left < 7 ? counts.due_7
                                                       : counts.later;
                      count += rows.integer(1);
                    });
}

// A dismissal that was drawn with a share of 5 % stands for twenty.
Done read_agreement(DeskState& state, Agreement& agreement) {
  double both_dismiss = 0;
  double only_first_dismisses = 0;
  TRY_STATUS(
      state.each("SELECT verdict, count(*), CAST(sum(1000 / share) AS INTEGER) FROM blind_review"
                 " WHERE verdict IS NOT NULL AND cancelled = 0 GROUP BY 1",
                 [&](const Rows& rows) {
                   const bool agrees = rows.text(0) == "dismiss";
                   agreement.blind += rows.integer(1);
                   if (agrees) agreement.blind_agreed += rows.integer(1);
                   (agrees ? both_dismiss : only_first_dismisses) =
                       static_cast<double>(rows.integer(2)) / 1000;
                 }));
  std::int64_t confirmed = 0;
  std::int64_t returned = 0;
  TRY_STATUS(
      state.each("SELECT action, count(*) FROM decision WHERE action IN ('confirm', 'return')"
                 " AND undone_by IS NULL GROUP BY 1",
                 [&](const Rows& rows) {
                   (rows.text(0) == "confirm" ? confirmed : returned) = rows.integer(1);
                 }));
  agreement.n = agreement.blind + confirmed + returned;
  agreement.kappa = cohens_kappa(static_cast<double>(confirmed), static_cast<double>(returned),
                                 only_first_dismisses, both_dismiss);
  return std::monostate{};
}

}  // namespace

Interval wilson(std::int64_t hits, std::int64_t n) {
  if (n <= 0) return {};
  constexpr double kZ = 1.959963984540054;  // 97.5 % of the normal distribution
  const auto total = static_cast<double>(n);
  const double share = static_cast<double>(hits) / total;
  const double square = kZ * kZ / total;
  const double middle = share + square / 2;
  const double spread = kZ * std::sqrt(share * (1 - share) / total + square / (4 * total));
  return {std::max(0.0, (middle - spread) / (1 + square)),
          std::min(1.0, (middle + spread) / (1 + square))};
}

std::optional<double> cohens_kappa(double both_yes, double first_yes, double second_yes,
                                   double both_no) {
  const double n = both_yes + first_yes + second_yes + both_no;
  if (n <= 0) return std::nullopt;
  const double observed = (both_yes + both_no) / n;
  const double first = (both_yes + first_yes) / n;
  const double second = (both_yes + second_yes) / n;
  const double expected = first * second + (1 - first) * (1 - second);
  if (expected >= 1) return std::nullopt;
  return (observed - expected) / (1 - expected);
}

Answer<Statistics> statistics(Desk& desk, const Caller& caller, const Period& period) {
  DeskState& state = desk.state();
  TRY_STATUS(need_role(state, caller,
                       {Role::SecondReviewer, Role::CaseHandler, Role::RuleAuthor, Role::Auditor,
                        Role::Administrator, Role::Analyst}));
  for (const std::string& day : {period.from, period.to}) {
    if (!day.empty() && !parse_day(day)) return refuse(Refused::Invalid, "that is no day");
  }
  Statistics result;
  TRY_STATUS(read_flags(state, period, result));
  TRY_STATUS(read_rules(state, result.rules));
  TRY_STATUS(read_workload(state, period, result.workload));
  TRY_STATUS(read_clock(state, caller.now, result.clock));
  TRY_STATUS(read_agreement(state, result.agreement));
  return result;
}

Answer<Graph> graph(Desk& desk, const Caller& caller, const std::string& contest) {
  DeskState& state = desk.state();
  TRY_STATUS(need_reader(state, caller));
  Graph graph;
  const std::string in_scope =
      "EXISTS (SELECT 1 FROM staff_scope AS ss WHERE ss.staff = $1"
      " AND (ss.contest = '' OR ss.contest = a.contest) AND " +
      region_within("a.region", "ss.region") + ")";
  TRY_STATUS(state.each(
      "SELECT a.subject, a.account, a.kind, a.items FROM account_link AS a WHERE " + in_scope +
          " AND ($2 = '' OR a.contest = $3) ORDER BY a.items DESC, a.subject, a.account, a.kind"
          " LIMIT $4",
      [&](const Rows& rows) {
        graph.links.push_back({rows.text(0), rows.text(1), rows.text(2), rows.integer(3)});
      },
      caller.staff, contest, contest, std::int64_t{kGraphLinksMax} + 1));
  graph.is_cut = graph.links.size() > kGraphLinksMax;
  if (graph.is_cut) graph.links.pop_back();
  return graph;
}

}  // namespace pantau
