// The made-up regency of data/samples/, as the sweeps of these tests use it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pipeline/command_line.h"
#include "pipeline/config.h"
#include "pipeline/review/review_queue.h"
#include "pipeline/sweep/sweep.h"
#include "tests/sweep/program.h"

namespace pantau {

inline const std::string kRegency = std::string(PANTAU_SOURCE_DIR) + "/data/samples/regency/";

inline SweepConfig regency_config() {
  CommandLine line;
  line.sweep_file = kRegency + "sweep.toml";
  line.progress = "none";
  Result<SweepConfig> config = read_sweep_config(line);
  EXPECT_TRUE(config.has_value()) << config.error().message;
  config->queue.clear();
  config->tells_summary = false;
  return *config;
}

// What a sweep leaves behind.
struct Left {
  int status = -1;
  std::string error;
  std::string flags;
  std::string rejects;

  friend bool operator==(const Left&, const Left&) = default;
};

inline Left sweep_to(SweepConfig config, const Folder& folder) {
  config.flags = folder / "flags.ndjson";
  config.rejects = folder / "rejects.ndjson";
  const Result<int> status = run_sweep(config, {});
  return {status.value_or(-1), status ? "" : status.error().message, read_file(config.flags),
          read_file(config.rejects)};
}

// Everything of a queue that a person would see.
inline std::vector<std::string> items_of(const std::string& url) {
  std::vector<std::string> items;
  Result<std::unique_ptr<ReviewQueue>> queue = open_review_queue(url);
  EXPECT_TRUE(queue.has_value()) << queue.error().message;
  if (!queue) return items;
  for (const ItemState state : {ItemState::Open, ItemState::Held}) {
    Result<std::vector<ListedItem>> listed = (*queue)->list(state, 1'000'000);
    EXPECT_TRUE(listed.has_value());
    for (const ListedItem& item : *listed) {
      items.push_back(item.key + '\n' + (state == ItemState::Held ? "held\n" : "open\n") +
                      item.level + '\n' + item.flag + item.received + '\n' + item.mandate + '\n' +
                      item.deleted_at.value_or("-"));
    }
  }
  return items;
}

}  // namespace pantau
