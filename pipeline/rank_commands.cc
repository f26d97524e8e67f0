// `pantau rank`: the learned order of the queue, as an office's administrator sees it.
#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

#include "pipeline/commands.h"
#include "pipeline/config.h"
#include "pipeline/desk/ranking.h"
#include "pipeline/exit_status.h"

namespace pantau {
namespace {

constexpr std::size_t kFeaturesShown = 15;
constexpr std::size_t kItemsAtOnce = 2000;
constexpr std::size_t kItemsBetweenLines = 100'000;

Result<std::unique_ptr<Desk>> open_desk(const CommandLine& line) {
  SweepConfig config;
  config.queue = line.queue;
  CommandLine found = line;
  // A queue that was typed is all that is needed; the sweep's file has nothing to add.
  if (config.queue.empty() && found.sweep_file.empty()) found.sweep_file = sweep_file_here();
  if (config.queue.empty() && !found.sweep_file.empty()) {
    TRY(config, read_sweep_config(found));
  }
  TRY_STATUS(need_queue(config.queue));
  return Desk::open(config.queue, config.zone);
}

Caller nobody_now() {
  return {kNobody, std::chrono::floor<Instant::duration>(std::chrono::system_clock::now())};
}

// Who typed the command, as the system knows them: the desk's people do not sign in here.
std::string whoever_typed() {
  const passwd* const user = getpwuid(geteuid());
  return fmt::format("command line ({})",
                     user == nullptr ? std::to_string(geteuid()) : std::string(user->pw_name));
}

double as_odds(std::int64_t weight) {
  return static_cast<double>(weight) / static_cast<double>(kWeightUnit);
}

void tell_features(const char* title, const std::vector<RankingWeight>& weights) {
  fmt::print("{}\n", title);
  for (const RankingWeight& weight : weights) {
    fmt::print("  {:+.2f}  {}\n", as_odds(weight.weight), weight.feature);
  }
}

void tell_quality(const RankingQuality& quality) {
  fmt::print("tested on {} confirmed and {} dismissed acts of {} people who were held out:\n",
             quality.confirmed, quality.dismissed, quality.people);
  fmt::print("                          ranking  clock  level\n");
  fmt::print("  area under the curve      {:.3f}  {:.3f}  {:.3f}\n", quality.area,
             quality.clock_area, quality.level_area);
  fmt::print("  average precision         {:.3f}  {:.3f}  {:.3f}\n", quality.precision,
             quality.clock_precision, quality.level_precision);
  fmt::print("  squared miss (Brier)      {:.3f}  ({:.3f} if always the same were said)\n",
             quality.brier, quality.constant_brier);
  fmt::print("  better than both in       {:.1f} % of {} draws ({:.0f} % are needed)\n",
             quality.better_in * 100, kResamples, kBetterInMin * 100);
  fmt::print("  chance that was said, and share that was confirmed:\n");
  for (const CalibrationBand& band : quality.bands) {
    if (band.decisions == 0) continue;
    fmt::print("    {:.2f}  {:.2f} of {}\n", band.chance,
               static_cast<double>(band.confirmed) / static_cast<double>(band.decisions),
               band.decisions);
  }
}

Status tell_version(Desk& desk, const RankingVersion& version) {
  const Answer<RankingModel> model = ranking_model(desk, version.version);
  if (!model) return as_error(model.error());
  fmt::print("version {} of {} by {}, sha256 {}\n", version.version,
             format_rfc3339(version.made_at), version.made_by, version.sha256);
  fmt::print("learned from {} confirmed and {} dismissed acts: {} features, {:+.2f} without any\n",
             version.confirmed, version.dismissed, model->weights().size(), as_odds(model->base()));
  tell_quality(version.quality);
  tell_features("for being confirmed:", model->strongest(true, kFeaturesShown));
  tell_features("against it:", model->strongest(false, kFeaturesShown));
  return std::monostate{};
}

const RankingVersion* version_to_show(const std::vector<RankingVersion>& versions,
                                      std::int64_t wanted) {
  const RankingVersion* shown = wanted == 0 && !versions.empty() ? &versions.back() : nullptr;
  for (const RankingVersion& version : versions) {
    if (wanted == 0 ? version.is_on : version.version == wanted) shown = &version;
  }
  return shown;
}

}  // namespace

Result<int> train_rank(const CommandLine& line) {
  TRY(const std::unique_ptr<Desk> desk, open_desk(line));
  const Answer<RankingVersion> made = train_ranking(*desk, nobody_now(), whoever_typed());
  if (!made) return as_error(made.error());
  TRY_STATUS(tell_version(*desk, *made));
  if (made->is_better) {
    fmt::print("It is off: `pantau rank on {}` switches it on.\n", made->version);
  } else {
    fmt::print("It is not surely better than the orders there are, and cannot be switched on.\n");
  }
  return kExitDone;
}

Result<int> show_rank(const CommandLine& line) {
  TRY(const std::unique_ptr<Desk> desk, open_desk(line));
  const Answer<std::vector<RankingVersion>> versions = list_rankings(*desk);
  if (!versions) return as_error(versions.error());
  for (const RankingVersion& version : *versions) {
    fmt::print("{:>4}  {}  area {:.3f}  {}\n", version.version, format_rfc3339(version.made_at),
               version.quality.area,
               version.is_on       ? "on"
               : version.is_better ? "off"
                                   : "off, not better");
  }
  if (versions->empty()) fmt::print("nothing has been learned yet: `pantau rank train`\n");
  const RankingVersion* const shown = version_to_show(*versions, line.rank_version);
  if (shown != nullptr) TRY_STATUS(tell_version(*desk, *shown));
  if (shown == nullptr && line.rank_version != 0) {
    return fail(Fault::Config, "there is no such version of the ranking");
  }
  return kExitDone;
}

Result<int> switch_rank_on(const CommandLine& line) {
  TRY(const std::unique_ptr<Desk> desk, open_desk(line));
  const Done done = switch_ranking_on(*desk, nobody_now(), line.rank_version, whoever_typed());
  if (!done) return as_error(done.error());
  // The page ranks what comes in later; whoever switches it on finds the rest done.
  std::size_t ranked = 0;
  while (true) {
    const Answer<std::size_t> some = rank_items(*desk, kItemsAtOnce);
    if (!some) return as_error(some.error());
    if (*some == 0) break;
    if ((ranked + *some) / kItemsBetweenLines > ranked / kItemsBetweenLines) {
      fmt::print(stderr, "{} items ranked\n", ranked + *some);
    }
    ranked += *some;
  }
  fmt::print("version {} is on\n", line.rank_version);
  return kExitDone;
}

Result<int> switch_rank_off(const CommandLine& line) {
  TRY(const std::unique_ptr<Desk> desk, open_desk(line));
  const Done done = switch_ranking_off(*desk, nobody_now(), whoever_typed());
  if (!done) return as_error(done.error());
  fmt::print("off: lists are sorted by the legal clock\n");
  return kExitDone;
}

}  // namespace pantau
