// Bluesky, asked over XRPC about named accounts, or about what was done to campaign accounts; or
// followed as it happens.
#include "pipeline/ingest/sources/bluesky_xrpc.h"
#include "pipeline/ingest/sources/sources.h"

namespace pantau {
namespace {

std::unique_ptr<Source> make(TomlReader& table, std::span<const CampaignAccount> campaign) {
  const std::optional<PlacedText> reads = table.text("reads");
  if (reads && reads->text == "accounts") return make_bluesky_accounts(table, campaign);
  if (reads && reads->text == "campaign") return make_bluesky_campaign(table, campaign);
  if (reads && reads->text == "stream") return make_bluesky_stream(table, campaign);
  table.mistake(table.place("reads"), "reads must be \"accounts\", \"campaign\" or \"stream\"");
  return nullptr;
}

}  // namespace

const Platform& bluesky_platform() {
  static const Platform platform = {"bluesky", make};
  return platform;
}

}  // namespace pantau
