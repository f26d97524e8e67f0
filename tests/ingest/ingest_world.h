// A made-up sweep in a folder of its own: one subject, one candidate, one rule that holds for
// whatever the subject does to the candidate's account, and live sources.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pipeline/command_line.h"
#include "pipeline/config.h"
#include "pipeline/lists/load.h"
#include "pipeline/review/review_queue.h"
#include "tests/sweep/program.h"

namespace pantau {

inline std::string liked(const std::string& id, const std::string& actor = "subject",
                         const std::string& more = "") {
  return R"({"platform":"paged","kind":"like","id":")" + id + R"(","actor":{"id":")" + actor +
         R"("},"target":{"id":"candidate"},"observed_at":"2024-11-01T00:00:00Z")" + more + "}\n";
}

inline std::string removed(const std::string& id, const std::string& at) {
  return R"({"deleted":{"kind":"like","id":")" + id + R"(","actor":"subject","at":")" + at +
         "\"}}\n";
}

inline std::string next_page(int next) {
  return R"({"next":)" + std::to_string(next) + "}\n";
}

// Four pages with two flags each, and strangers between them.
constexpr int kPages = 4;
inline std::string page_text(int number) {
  std::string text;
  for (int i = 0; i < 2; i++) {
    const std::string id = std::to_string(number) + "-" + std::to_string(i);
    text += liked("mine-" + id) + liked("strange-" + id, "stranger");
  }
  return text + next_page(number < kPages ? number + 1 : 0);
}

class IngestWorld {
 public:
  // `sources` is what SWEEP.toml says of them.
  explicit IngestWorld(const std::string& sources) {
    write_file(folder_ / "contests.toml", R"([[contest]]
id = "pilbup"
type = "pilbup"
region = "63.08"
timezone = "Asia/Makassar"
registration = 2024-08-27
determination = 2024-09-22
number_draw = 2024-09-23
campaign = [2024-09-25, 2024-11-23]
quiet = [2024-11-24, 2024-11-26]
voting = 2024-11-27
end = 2024-12-16
[[contest.candidate]]
id = "1"
number = 1
names = ["Ahmad Fulan"]
)");
    write_file(folder_ / "rules.toml", R"([pack]
id = "test"
version = "1"
[[rule]]
id = "any"
title = { id = "Apa saja", en = "Anything" }
kinds = ["post", "comment", "share", "like", "follow"]
link = "target"
level = "low"
proposes = { ethics = ["KE-2"], discipline = ["DS-2"] }
)");
    write_file(folder_ / "roster.csv",
               "subject_id,name,nip,category,agency,position,region,platform,account_id,handle,"
               "ownership,basis,valid_from,valid_to\n"
               "S-1,Made Up,,pns,Office,Clerk,63.08,paged,subject,,declared,SK-1,,\n");
    write_file(folder_ / "campaign.csv",
               "contest_id,candidate_id,platform,account_id,handle,account_type,valid_from,valid_to"
               "\npilbup,1,paged,candidate,,registered,,\n");
    write_sources(sources);
  }

  void write_sources(const std::string& sources) const {
    write_file(file(), R"([sweep]
id = "live"
mandate = "ST-1"
timezone = "Asia/Makassar"
contests = "contests.toml"
rules = "rules.toml"
roster = "roster.csv"
campaign = "campaign.csv"
queue = "sqlite:queue.sqlite"
)" + sources);
  }

  std::string file() const { return folder_ / "sweep.toml"; }
  std::string url() const { return "sqlite:" + (folder_ / "queue.sqlite"); }
  const Folder& folder() const { return folder_; }

  SweepConfig config() const {
    CommandLine line;
    line.command = Command::Ingest;
    line.sweep_file = file();
    Result<SweepConfig> config = read_sweep_config(line);
    EXPECT_TRUE(config.has_value()) << config.error().message;
    return *config;
  }

  Engine engine() const {
    Result<LoadedLists> lists = load_lists(config());
    EXPECT_TRUE(lists.has_value()) << lists.error().message;
    Result<Engine> engine = Engine::make(std::move(lists->lists));
    EXPECT_TRUE(engine.has_value());
    return *std::move(engine);
  }

  // The keys in the queue, in the order in which they came.
  std::vector<std::string> keys() const {
    std::vector<std::string> keys;
    const auto queue = open_review_queue(url());
    EXPECT_TRUE(queue.has_value());
    const auto items = (*queue)->list(ItemState::Open, 1'000'000);
    EXPECT_TRUE(items.has_value());
    for (const ListedItem& item : *items) {
      keys.push_back(item.key + (item.deleted_at ? " deleted " + *item.deleted_at : ""));
    }
    return keys;
  }

  static std::vector<std::string> all_keys() {
    std::vector<std::string> keys;
    for (int page = 1; page <= kPages; page++) {
      for (int i = 0; i < 2; i++) {
        keys.push_back("paged/like/mine-" + std::to_string(page) + "-" + std::to_string(i));
      }
    }
    return keys;
  }

 private:
  Folder folder_;
};

}  // namespace pantau
