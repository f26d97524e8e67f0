#include "pipeline/desk/ranking_in_use.h"

#include "pipeline/desk/ranked_acts.h"
#include "pipeline/output/sha256.h"

namespace pantau {

Answer<RankingModel> read_ranking_model(DeskState& state, std::int64_t version) {
  std::optional<std::string> text;
  std::string hash;
  TRY_STATUS(state.each(
      "SELECT model, sha256 FROM ranking WHERE version = $1",
      [&](const Rows& rows) {
        text = rows.text(0);
        hash = rows.text(1);
      },
      version));
  if (!text) return refuse(Refused::NotFound, "there is no such version of the ranking");
  if (sha256_hex(*text) != hash) {
    return refuse(Refused::Storage,
                  "the stored ranking is not as it was learned: its SHA-256 is another");
  }
  TRY(RankingModel model, RankingModel::read(*text));
  return model;
}

Answer<bool> is_ranking_on(DeskState& state) {
  TRY(const auto found, state.integer("SELECT 1 FROM ranking_use WHERE is_on = 1"));
  return found.has_value();
}

Answer<const RankingInUse*> ranking_in_use(DeskState& state) {
  TRY(const auto version, state.integer("SELECT version FROM ranking_use WHERE is_on = 1"));
  if (!version) return static_cast<const RankingInUse*>(nullptr);
  if (!state.ranking || state.ranking->version != *version) {
    TRY(RankingModel model, read_ranking_model(state, *version));
    state.ranking = RankingInUse{*version, std::move(model)};
  }
  return &*state.ranking;
}

Done check_order(DeskState& state, ListOrder order, const std::string& item_state) {
  if (order == ListOrder::Due) return std::monostate{};
  const bool waits = item_state.empty() || item_state == "waiting" || item_state == "open" ||
                     item_state == "needs_info" || item_state == "returned";
  if (!waits) return refuse(Refused::Invalid, "only what waits can be sorted by chance");
  TRY(const bool is_on, is_ranking_on(state));
  if (!is_on) return refuse(Refused::Invalid, "no learned ranking is switched on");
  return std::monostate{};
}

Answer<std::optional<ItemRanking>> ranking_of_item(DeskState& state, ItemSeq item) {
  std::optional<ItemRanking> shown;
  const Answer<const RankingInUse*> in_use = ranking_in_use(state);
  if (!in_use || *in_use == nullptr) return shown;
  const RankingInUse& ranking = **in_use;
  TRY_STATUS(each_ranked_item(
      state, item - 1, item, [&](ItemSeq, const std::vector<std::string>& features) {
        shown = ItemRanking{ranking.version, chance_of_score(ranking.model.score(features)),
                            ranking.model.reasons(features, kReasonsShownMax)};
      }));
  return shown;
}

}  // namespace pantau
