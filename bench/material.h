// What is measured on: corpora as files and in memory, lists loaded, engines compiled. Made
// when first asked for, and kept.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/corpus.h"
#include "bench/other_matchers.h"
#include "classifiers/engine.h"
#include "pipeline/config.h"
#include "pipeline/sweep/feed.h"

namespace pantau::bench {

struct Settings {
  std::string folder;  // of the corpora; empty: a temporary one
  std::uint64_t seed = 1;
  std::uint64_t records = 20'000;
  std::uint64_t roster = 100'000;
  std::uint64_t patterns = 1000;  // of the usual pack
};

// One archive, in the page cache and in memory.
struct Archive {
  std::string path;
  std::string bytes;  // with padding behind them
  std::string_view lines;
  std::uint64_t records = 0;
  std::vector<std::string_view> pieces;  // for the anchor
  std::vector<FeedItem> chunks;          // for a worker, as the feed would deliver them
};

// Ends the program with a message if there is no value: nothing can be measured then.
[[noreturn]] void give_up(std::string_view message);

template <class T>
T need(Result<T> result) {
  if (!result) give_up(result.error().message);
  return *std::move(result);
}

class Material {
 public:
  explicit Material(const Settings& settings);
  ~Material();

  const Settings& settings() const { return settings_; }

  const Archive& archive(Mix mix);
  std::string archive_path(Mix mix);  // without reading it

  // With a pack of so many patterns; if `matcher` is not null, with that in place of our index.
  const Engine& engine(std::uint64_t patterns, const OtherMatcher* matcher = nullptr);

  // A sweep's configuration over the same lists and archive, as from sweep.toml.
  SweepConfig config(Mix mix, std::uint64_t patterns);

 private:
  RecordsShape shape(Mix mix) const;
  std::string roster_file();
  std::string rules_file(std::uint64_t patterns);
  std::string list_file(std::string_view name, const std::string& text);

  Settings settings_;
  bool folder_is_temporary_ = false;
  Candidates candidates_;
  std::map<Mix, Archive> archives_;
  std::map<std::pair<std::uint64_t, const OtherMatcher*>, Engine> engines_;
};

}  // namespace pantau::bench
