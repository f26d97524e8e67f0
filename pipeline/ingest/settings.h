// The live sources of a sweep, as SWEEP.toml names them: [ingest] and the [[source]] tables.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "classifiers/accounts/campaign_list.h"
#include "classifiers/base/result.h"
#include "pipeline/ingest/source.h"
#include "pipeline/net/http.h"

namespace pantau {

inline constexpr std::uint32_t kRequestsPerMinute = 60;  // what every platform bears
inline constexpr std::uint32_t kRequestsPerMinuteMax = 6000;
inline constexpr std::size_t kSourcesMax = 1000;

struct SourceSetting {
  std::string name;  // by which its cursor is known
  std::unique_ptr<Source> source;
  std::string token;  // a secret; empty: none
  std::uint32_t requests_per_minute = kRequestsPerMinute;
  HttpReach reach;
};

struct IngestSettings {
  bool follow = false;  // go on with further rounds until stopped
  std::chrono::seconds round_every{300};
  std::vector<SourceSetting> sources;
};

// Reads the sweep's file once more, for what the other commands pass over. Fault::Config with
// every mistake. Paths in it are relative to the file.
Result<IngestSettings> read_ingest_settings(const std::string& file, const CampaignList& campaign,
                                            std::span<const Platform* const> platforms);

}  // namespace pantau
