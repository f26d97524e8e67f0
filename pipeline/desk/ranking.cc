#include "pipeline/desk/ranking.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "pipeline/desk/ranked_acts.h"
#include "pipeline/desk/ranking_in_use.h"
#include "pipeline/output/json_writer.h"
#include "pipeline/output/sha256.h"

namespace pantau {
namespace {

// How a quality is written and read: the same names both ways.
struct CountField {
  const char* name;
  std::int64_t RankingQuality::*count;
};
constexpr CountField kCounts[] = {{"people", &RankingQuality::people},
                                  {"confirmed", &RankingQuality::confirmed},
                                  {"dismissed", &RankingQuality::dismissed}};
struct MeasureField {
  const char* name;
  double RankingQuality::*measure;
};
constexpr MeasureField kMeasures[] = {{"area", &RankingQuality::area},
                                      {"clock_area", &RankingQuality::clock_area},
                                      {"level_area", &RankingQuality::level_area},
                                      {"precision", &RankingQuality::precision},
                                      {"clock_precision", &RankingQuality::clock_precision},
                                      {"level_precision", &RankingQuality::level_precision},
                                      {"brier", &RankingQuality::brier},
                                      {"constant_brier", &RankingQuality::constant_brier},
                                      {"better_in", &RankingQuality::better_in}};

std::string json_of(const RankingQuality& quality) {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  for (const CountField& field : kCounts) {
    json.key(field.name);
    json.number(quality.*field.count);
  }
  for (const MeasureField& field : kMeasures) {
    json.key(field.name);
    json.number(quality.*field.measure);
  }
  json.key("bands");
  json.begin_array();
  for (const CalibrationBand& band : quality.bands) {
    json.begin_object();
    json.key("chance");
    json.number(band.chance);
    json.key("decisions");
    json.number(band.decisions);
    json.key("confirmed");
    json.number(band.confirmed);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return text;
}

double number_in(const Rows& rows, int column) {
  return std::strtod(rows.text(column).c_str(), nullptr);
}

Done read_quality(DeskState& state, RankingVersion& version) {
  std::string columns;
  for (const CountField& field : kCounts) {
    columns += fmt::format("json_extract(quality, '$.{}'), ", field.name);
  }
  for (const MeasureField& field : kMeasures) {
    columns += fmt::format("json_extract(quality, '$.{}'), ", field.name);
  }
  TRY_STATUS(state.each(
      fmt::format("SELECT {}1 FROM ranking WHERE version = $1 AND json_valid(quality)", columns),
      [&](const Rows& rows) {
        int column = 0;
        for (const CountField& field : kCounts) {
          version.quality.*field.count = rows.integer(column++);
        }
        for (const MeasureField& field : kMeasures) {
          version.quality.*field.measure = number_in(rows, column++);
        }
      },
      version.version));
  return state.each(
      "SELECT json_extract(b.value, '$.chance'), json_extract(b.value, '$.decisions'),"
      " json_extract(b.value, '$.confirmed') FROM ranking AS r,"
      " json_each(CASE WHEN json_valid(r.quality) THEN r.quality ELSE '{}' END, '$.bands') AS b"
      " WHERE r.version = $1 ORDER BY b.key",
      [&](const Rows& rows) {
        version.quality.bands.push_back({number_in(rows, 0), rows.integer(1), rows.integer(2)});
      },
      version.version);
}

std::string object_of(std::int64_t version) {
  return fmt::format("ranking/{}", version);
}

Done use(DeskState& state, std::int64_t version) {
  // Ranks of the same version go on from where they were.
  TRY_STATUS(
      state.run("INSERT INTO ranking_use (one, version, is_on, upto) VALUES (1, $1, 1, 0)"
                " ON CONFLICT (one) DO UPDATE SET is_on = 1,"
                "  upto = CASE WHEN version = excluded.version THEN upto ELSE 0 END,"
                "  version = excluded.version",
                version));
  return std::monostate{};
}

// The items that are to be ranked next: (from, to].
struct Stretch {
  ItemSeq from = 0, to = 0;
};

Answer<std::optional<Stretch>> next_stretch(DeskState& state, std::size_t items_max) {
  std::optional<Stretch> stretch;
  TRY_STATUS(state.each(
      "SELECT u.upto, (SELECT max(seq) FROM (SELECT seq FROM item WHERE seq > u.upto"
      "  ORDER BY seq LIMIT $1)) FROM ranking_use AS u WHERE u.is_on = 1",
      [&](const Rows& rows) {
        if (!rows.is_null(1)) stretch = {rows.integer(0), rows.integer(1)};
      },
      static_cast<std::int64_t>(items_max)));
  return stretch;
}

}  // namespace

Answer<RankingVersion> train_ranking(Desk& desk, const Caller& caller, const std::string& made_by) {
  DeskState& state = desk.state();
  TRY(const std::int64_t days, number_setting(state, "dismissed_days"));
  TRY(const std::vector<DecidedAct> acts,
      decided_acts(state, caller.now - std::chrono::days(days)));
  const Result<LearnedRanking> learned = learn_ranking(acts);
  if (!learned) return refuse(Refused::Conflict, learned.error().message);
  const std::string model = learned->model.text();
  RankingVersion made;
  made.made_at = caller.now;
  made.made_by = made_by;
  made.confirmed = learned->confirmed;
  made.dismissed = learned->dismissed;
  made.quality = learned->quality;
  made.is_better = is_better(learned->quality);
  made.sha256 = sha256_hex(model);
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY(const auto version,
      state.integer("INSERT INTO ranking (made_at, made_by, confirmed, dismissed, is_better,"
                    " quality, model, sha256) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
                    " RETURNING version",
                    to_micros(caller.now), made_by, made.confirmed, made.dismissed,
                    std::int64_t{made.is_better}, json_of(made.quality), model, made.sha256));
  made.version = version.value_or(0);
  TRY_STATUS(audit(state, caller, "rank_train", object_of(made.version),
                   json_object({{"by", made_by},
                                {"confirmed", std::to_string(made.confirmed)},
                                {"dismissed", std::to_string(made.dismissed)},
                                {"sha256", made.sha256}})));
  TRY_STATUS(transaction->commit());
  return made;
}

Answer<std::vector<RankingVersion>> list_rankings(Desk& desk) {
  DeskState& state = desk.state();
  std::vector<RankingVersion> versions;
  TRY_STATUS(state.each(
      "SELECT r.version, r.made_at, r.made_by, r.confirmed, r.dismissed, r.is_better, r.sha256,"
      " coalesce((SELECT is_on FROM ranking_use WHERE version = r.version), 0)"
      " FROM ranking AS r ORDER BY r.version",
      [&](const Rows& rows) {
        RankingVersion version;
        version.version = rows.integer(0);
        version.made_at = from_micros(rows.integer(1));
        version.made_by = rows.text(2);
        version.confirmed = rows.integer(3);
        version.dismissed = rows.integer(4);
        version.is_better = rows.integer(5) != 0;
        version.sha256 = rows.text(6);
        version.is_on = rows.integer(7) != 0;
        versions.push_back(std::move(version));
      }));
  for (RankingVersion& version : versions) TRY_STATUS(read_quality(state, version));
  return versions;
}

Answer<RankingModel> ranking_model(Desk& desk, std::int64_t version) {
  return read_ranking_model(desk.state(), version);
}

Done switch_ranking_on(Desk& desk, const Caller& caller, std::int64_t version,
                       const std::string& by) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY(const RankingModel model, read_ranking_model(state, version));
  TRY(const auto better,
      state.integer("SELECT is_better FROM ranking WHERE version = $1", version));
  if (better.value_or(0) == 0) {
    return refuse(Refused::Conflict,
                  "this version was not surely better, on decisions that it had not seen, than the "
                  "legal clock and the rules' levels");
  }
  TRY_STATUS(use(state, version));
  TRY_STATUS(audit(state, caller, "rank_on", object_of(version), json_object({{"by", by}})));
  TRY_STATUS(transaction->commit());
  return std::monostate{};
}

Done switch_ranking_off(Desk& desk, const Caller& caller, const std::string& by) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY(const auto version, state.integer("SELECT version FROM ranking_use WHERE is_on = 1"));
  if (!version) return refuse(Refused::Conflict, "no ranking is switched on");
  TRY_STATUS(state.run("UPDATE ranking_use SET is_on = 0"));
  TRY_STATUS(audit(state, caller, "rank_off", object_of(*version), json_object({{"by", by}})));
  TRY_STATUS(transaction->commit());
  return std::monostate{};
}

Answer<std::size_t> rank_items(Desk& desk, std::size_t items_max) {
  DeskState& state = desk.state();
  // Looked at, and worked out, before the lock is asked for: mostly there is nothing to do.
  TRY(const std::optional<Stretch> stretch, next_stretch(state, items_max));
  if (!stretch) return std::size_t{0};
  TRY(const RankingInUse* const ranking, ranking_in_use(state));
  if (ranking == nullptr) return std::size_t{0};
  std::vector<std::pair<ItemSeq, std::int64_t>> ranks;
  TRY_STATUS(each_ranked_item(state, stretch->from, stretch->to,
                              [&](ItemSeq item, const std::vector<std::string>& features) {
                                ranks.emplace_back(item, -ranking->model.score(features));
                              }));
  TRY(const auto transaction, Transaction::begin(*state.database));
  // Somebody else may have ranked them meanwhile, or switched to another version.
  TRY(const int moved, state.run("UPDATE ranking_use SET upto = $1 WHERE is_on = 1"
                                 " AND version = $2 AND upto = $3",
                                 stretch->to, ranking->version, stretch->from));
  if (moved == 0) return std::size_t{1};
  for (const auto& [item, rank] : ranks) {
    TRY_STATUS(
        state.run("UPDATE item SET rank = $1 WHERE seq = $2 AND rank <> $3"
                  " AND state <> 'reduced'",
                  rank, item, rank));
  }
  TRY_STATUS(transaction->commit());
  return static_cast<std::size_t>(stretch->to - stretch->from);
}

}  // namespace pantau
