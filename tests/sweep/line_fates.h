// What becomes of each line of a file: flagged, rejected, or nothing of the kind. Read by one of
// the pipeline's workers, so that what it learned from the first line is known at the last.
#pragma once

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "pipeline/sweep/worker.h"
#include "tests/engine/engine_answer.h"

namespace pantau {

struct ReadOptions {
  Validate validate = Validate::All;
  std::size_t chunk_bytes = ChunkLimits().chunk_bytes;
};

// What became of a file.
struct Fates {
  std::map<std::uint64_t, nlohmann::json> flags;  // by line
  std::map<std::uint64_t, std::string> reasons;   // of the rejected lines
  std::string flag_bytes;
  std::uint64_t rows = 0;
  std::uint64_t records = 0;
  std::uint64_t skimmed = 0;
  std::uint64_t blank = 0;

  // "flag KEY: TEXT", "rejected: REASON", or "" for a record in which nothing was found.
  std::string of(std::uint64_t line) const {
    if (const auto reason = reasons.find(line); reason != reasons.end()) {
      return "rejected: " + reason->second;
    }
    const auto flag = flags.find(line);
    if (flag == flags.end()) return "";
    const nlohmann::json& json = flag->second;
    return "flag " + json["key"].get<std::string>() + ": " + json["record"].value("text", "-");
  }
};

inline void add_outcome(const ChunkOutcome& outcome, Fates& fates) {
  fates.rows += outcome.rows;
  fates.records += outcome.records;
  fates.skimmed += outcome.skimmed;
  fates.blank += outcome.blank;
  for (const FoundFlag& flag : outcome.flags) {
    nlohmann::json json = nlohmann::json::parse(flag.item.flag);
    const auto line = json["source"]["line"].get<std::uint64_t>();
    fates.flag_bytes += flag.item.flag;
    fates.flags.emplace(line, std::move(json));
  }
  std::istringstream rejects(outcome.rejects);
  for (std::string text; std::getline(rejects, text);) {
    const nlohmann::json reject = nlohmann::json::parse(text);
    fates.reasons.emplace(reject["line"].get<std::uint64_t>(), reject["reason"]);
  }
}

// A file that exists only in memory.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : fd_(::memfd_create("records", 0)) {
    CHECK(fd_ >= 0, "there is memory for a file");
    for (std::size_t at = 0; at < bytes.size();) {
      const ssize_t written = ::write(fd_, bytes.data() + at, bytes.size() - at);
      CHECK(written > 0, "it is in memory");
      at += static_cast<std::size_t>(written);
    }
  }
  ~MemoryFile() { ::close(fd_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

 private:
  int fd_;
};

// Reads a file's bytes as records.
inline Fates read_file_bytes(const Engine& engine, std::string_view bytes,
                             const ReadOptions& options) {
  const MemoryFile file(bytes);
  InputFile input;
  input.name = "records.ndjson";
  input.path = file.path();
  input.bytes = bytes.size();
  FeedOptions feed_options;
  feed_options.layout = find_layout("pantau");
  feed_options.limits.chunk_bytes = options.chunk_bytes;
  Feed feed({input}, feed_options);
  WorkerOptions worker_options;
  worker_options.sweep = {"s", "ST 1"};
  worker_options.validate = options.validate;
  worker_options.wants_rejects = true;
  Fates fates;
  Worker worker(engine, worker_options);
  while (const std::optional<FeedItem> item = feed.next()) {
    add_outcome(worker.classify(*item), fates);
  }
  EXPECT_EQ(fates.rows, fates.records + fates.reasons.size());
  EXPECT_LE(fates.skimmed, options.validate == Validate::All ? 0 : fates.records);
  return fates;
}

// A sweep in which every act of a subject towards the account 99 is flagged, whatever it is. The
// subjects: account 7, which is @guru; @tanpa.id; and 18446744073709551615.
inline const Engine& engine_of_lines() {
  static const PlainLists lists = [] {
    PlainLists made;
    const auto add = [&](const std::string& id, const std::string& handle) {
      made.roster.push_back({"S-" + id + handle, Category::Pns, "63.08", "x", id, handle,
                             Ownership::Declared, Validity{}});
    };
    add("7", "guru");
    add("", "tanpa.id");
    add("18446744073709551615", "");
    Contest contest;
    contest.id = "c";
    contest.determination = *parse_day("2024-09-22");
    contest.campaign = {*parse_day("2024-09-25"), *parse_day("2024-11-23")};
    contest.voting = *parse_day("2024-11-27");
    contest.candidates = {{"1", 1, {"Fulan"}, {}, {}}};
    made.contests = {contest};
    made.campaign = {{0, 0, AccountType::Registered, "x", "99", "", {}}};
    Rule rule;
    rule.id = "all";
    rule.kinds.set();
    rule.link = LinkKind::Target;
    rule.target_types.set();
    rule.stages.set();
    made.packs = {{"p", "1", {}, {rule}, {}}};
    return made;
  }();
  static const Engine engine = make_engine(lists);
  return engine;
}

}  // namespace pantau
