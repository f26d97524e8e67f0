// Made-up sweeps from end to end: lists and records written to files by many writers, some lines
// damaged, swept by the pipeline in every mode, and compared with reading each line by a library's
// parser and looking at everything.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "pipeline/output/sha256.h"
#include "pipeline/sweep/sweep.h"
#include "tests/support/lists_as_files.h"
#include "tests/support/random_lines.h"
#include "tests/support/seeds.h"
#include "tests/sweep/program.h"

namespace pantau {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kWorlds = 60;
constexpr std::size_t kFilesMax = 3;
constexpr std::size_t kLinesMax = 600;  // of a file

// ---- what is made up ----

struct RandomFile {
  std::string name;
  std::string bytes;
  std::vector<std::string> lines;  // without line ends
};

std::string some_line(Dice& dice, RandomWorld& world, RandomWriter& writer) {
  OwnRecord act = world.record();
  if (dice.percent(50)) {  // by somebody who is on no list
    act.actor.id = "9" + std::to_string(dice.below(1'000'000'000));
    if (dice.percent(50)) act.actor.handle = "warga" + std::to_string(dice.below(1000));
  }
  const std::string line = writer.line(random_details(dice, act));
  if (!dice.percent(8)) return line;
  const std::string other = damaged(dice, line);
  return read_plainly(other).unsure ? line : other;
}

RandomFile some_file(Dice& dice, RandomWorld& world, std::size_t number) {
  RandomFile file;
  file.name = "records-" + std::to_string(number) + ".ndjson";
  std::vector<RandomWriter> writers;
  const std::size_t count = dice.between(1, 4);
  for (std::size_t i = 0; i < count; i++) writers.emplace_back(dice, dice.percent(40));
  const std::size_t lines = dice.between(1, kLinesMax);
  std::size_t turn = 0;
  for (std::size_t i = 0; i < lines; i++) {
    if (dice.percent(20)) turn = dice.below(writers.size());
    std::string line = some_line(dice, world, writers[turn]);
    if (!file.lines.empty() && dice.percent(2)) line = dice.pick(file.lines);  // once more
    if (dice.percent(1)) line = dice.percent(50) ? "" : " \t\r";
    file.lines.push_back(line);
  }
  if (dice.percent(10)) file.bytes = "\xef\xbb\xbf";
  for (const std::string& line : file.lines) file.bytes += line + '\n';
  if (dice.percent(20) && !file.lines.back().empty()) file.bytes.pop_back();
  return file;
}

// ---- what is expected ----

struct Expected {
  std::vector<Json> flags;                   // in the input's order
  std::vector<std::vector<std::string>> of;  // each line's fate: "", "blank" or the reason
  std::uint64_t repeats = 0;
  std::map<std::string, std::uint64_t> rejected;
  std::uint64_t records = 0;
  std::uint64_t blank = 0;
  std::set<std::string> subjects;
};

void add_if(Json& json, const char* key, const std::string& value) {
  if (!value.empty()) json[key] = value;
}

Json account_json(const PlainAccount& account) {
  Json json = Json::object();
  add_if(json, "id", account.id);
  add_if(json, "handle", account.handle);
  return json;
}

Json record_json(const PlainRecord& record) {
  Json json = {{"platform", record.platform},
               {"kind", name_of(record.kind)},
               {"actor", account_json(record.actor)},
               {"observed_at", record.observed_at},
               {"provenance", record.provenance}};
  add_if(json, "id", record.id);
  if (record.target.known()) json["target"] = account_json(record.target);
  add_if(json, "object_id", record.object_id);
  add_if(json, "text", record.text);
  add_if(json, "created_at", record.created_at);
  add_if(json, "url", record.url);
  return json;
}

Json match_json(const PlainMatch& match) {
  Json spans = Json::array();
  for (const PlainSpan& span : match.spans) {
    spans.push_back({{"pattern", span.name}, {"start", span.bytes.start}, {"end", span.bytes.end}});
  }
  return {{"rule", match.rule},
          {"pack", match.pack},
          {"contest", match.contest},
          {"candidate", match.candidate ? Json(*match.candidate) : Json()},
          {"via", name_of(match.via)},
          {"account_type", match.account_type ? Json(name_of(*match.account_type)) : Json()},
          {"stage", name_of(match.stage)},
          {"class", match.breach},
          {"proposes", match.proposes},
          {"spans", spans}};
}

Json flag_json(const PlainFlag& flag, const PlainRecord& record) {
  Json matches = Json::array();
  for (const PlainMatch& match : flag.matches) matches.push_back(match_json(match));
  return {{"key", plain_key(record)},
          {"record", record_json(record)},
          {"subject",
           {{"id", flag.subject_id},
            {"category", name_of(flag.category)},
            {"region", flag.region},
            {"ownership", name_of(flag.ownership)}}},
          {"level", name_of(flag.level)},
          {"matches", matches},
          {"sweep", {{"id", "s"}, {"mandate", "ST \"1\""}}}};
}

bool is_blank_line(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

Expected expected_of(const PlainLists& lists, const std::vector<RandomFile>& files,
                     const Folder& folder) {
  const PlainMatcher matcher(lists);
  std::set<std::string> keys;
  Expected expected;
  for (const RandomFile& file : files) {
    std::vector<std::string>& fates = expected.of.emplace_back();
    std::size_t number = 0;
    for (const std::string& line : file.lines) {
      number++;
      if (is_blank_line(line)) {
        expected.blank++;
        fates.emplace_back("blank");
        continue;
      }
      const PlainReading reading = read_plainly(line);
      fates.push_back(reading.reason);
      if (!reading.reason.empty()) {
        expected.rejected[reading.reason]++;
        continue;
      }
      expected.records++;
      const Record view = reading.record.view();
      if (const auto subject = matcher.subject(view)) {
        expected.subjects.insert(lists.roster[*subject].subject_id);
      }
      const std::optional<PlainFlag> flag = matcher.flag(view);
      if (!flag) continue;
      if (!keys.insert(plain_key(reading.record)).second) {
        expected.repeats++;
        continue;
      }
      Json json = flag_json(*flag, reading.record);
      json["source"] = {
          {"file", folder / file.name}, {"line", number}, {"sha256", sha256_hex(line)}};
      expected.flags.push_back(std::move(json));
    }
  }
  return expected;
}

// ---- what is found ----

struct Mode {
  Validate validate;
  unsigned threads;
  std::size_t chunk_bytes;
};

std::ostream& operator<<(std::ostream& out, const Mode& mode) {
  return out << (mode.validate == Validate::All ? "all" : "subjects") << ", " << mode.threads
             << " threads, chunks of " << mode.chunk_bytes << " bytes";
}

struct Found {
  std::string flags;
  std::vector<Json> rejects;
  Json summary;
};

std::vector<Json> lines_of(const std::string& ndjson) {
  std::vector<Json> lines;
  std::istringstream stream(ndjson);
  for (std::string line; std::getline(stream, line);) lines.push_back(Json::parse(line));
  return lines;
}

class RandomSweep : public testing::Test {
 protected:
  void write_lists(const PlainLists& lists) {
    write_file(folder_ / "roster.csv", to_csv(lists.roster));
    write_file(folder_ / "contests.toml", to_toml(lists.contests));
    write_file(folder_ / "campaign.csv", campaign_csv(lists.campaign, lists.contests));
    config_.id = "s";
    config_.mandate = "ST \"1\"";
    config_.zone = lists.zone;
    config_.contests = {folder_ / "contests.toml"};
    config_.roster = folder_ / "roster.csv";
    config_.campaign = folder_ / "campaign.csv";
    config_.rules.clear();
    for (const RulePack& pack : lists.packs) {
      config_.rules.push_back(folder_ / (pack.id + ".toml"));
      write_file(config_.rules.back(), to_toml(pack));
    }
    config_.layout = find_layout("pantau");
    config_.flags = folder_ / "flags.ndjson";
    config_.rejects = folder_ / "rejects.ndjson";
    config_.summary = folder_ / "summary.json";
    config_.progress = ProgressMode::None;
    config_.tells_summary = false;
  }

  void write_records(const std::vector<RandomFile>& files) {
    config_.records.clear();
    for (const RandomFile& file : files) {
      config_.records.push_back(folder_ / file.name);
      write_file(config_.records.back(), file.bytes);
    }
  }

  Found sweep(const Mode& mode) {
    config_.validate = mode.validate;
    config_.threads = mode.threads;
    config_.chunk_limits.chunk_bytes = mode.chunk_bytes;
    testing::internal::CaptureStderr();  // notes about odd files, which most of these are
    const Result<int> status = run_sweep(config_, {});
    testing::internal::GetCapturedStderr();
    EXPECT_TRUE(status.has_value()) << status.error().message;
    EXPECT_EQ(status.value_or(-1), 0);
    return {read_file(config_.flags), lines_of(read_file(config_.rejects)),
            Json::parse(read_file(config_.summary))};
  }

  // Flags in full, and what every line was counted as.
  void expect_checked(const Found& found, const Expected& expected) const {
    const std::vector<Json> flags = lines_of(found.flags);
    for (std::size_t i = 0; i < std::min(flags.size(), expected.flags.size()); i++) {
      ASSERT_EQ(flags[i].dump(), expected.flags[i].dump());
    }
    ASSERT_EQ(flags.size(), expected.flags.size());
    EXPECT_EQ(found.summary["records"], expected.records);
    EXPECT_EQ(found.summary["rejected"], Json(expected.rejected));
    EXPECT_EQ(found.summary["repeats"], expected.repeats);
    EXPECT_EQ(found.summary["skimmed"], 0);
  }

  // The same flags; each rejected line is rejected for what is wrong with it; the counts add up.
  void expect_skimmed(const Found& found, const Found& checked, const Expected& expected) const {
    EXPECT_EQ(found.flags, checked.flags);
    std::uint64_t rejected = 0;
    for (const auto& [reason, count] : found.summary["rejected"].items()) {
      rejected += count.get<std::uint64_t>();
    }
    EXPECT_EQ(found.rejects.size(), rejected);
    const auto records = found.summary["records"].get<std::uint64_t>();
    EXPECT_EQ(records + rejected + expected.blank, found.summary["lines"]);
    EXPECT_GE(records, expected.records);
    EXPECT_LE(records - expected.records, found.summary["skimmed"].get<std::uint64_t>());
  }

  // What holds in every mode.
  void expect_counted(const Found& found, const std::vector<RandomFile>& files,
                      const Expected& expected) const {
    for (const Json& reject : found.rejects) {
      for (std::size_t i = 0; i < files.size(); i++) {
        if (reject["file"] != folder_ / files[i].name) continue;
        const auto line = reject["line"].get<std::size_t>();
        EXPECT_EQ(reject["reason"], expected.of.at(i).at(line - 1)) << files[i].lines.at(line - 1);
      }
    }
    EXPECT_EQ(found.summary["blank"], expected.blank);
    EXPECT_EQ(found.summary["flags"], expected.flags.size());
    EXPECT_EQ(found.summary["repeats"], expected.repeats);
    EXPECT_EQ(found.summary["subjects_seen"], expected.subjects.size());
  }

  Folder folder_;
  SweepConfig config_;
};

TEST_F(RandomSweep, FindsInEveryModeWhatReadingEverythingFinds) {
  std::size_t flags = 0;
  std::uint64_t skimmed = 0;
  const std::uint64_t worlds = worlds_wanted(kWorlds);
  for (std::uint64_t seed = first_seed(); seed < first_seed() + worlds; seed++) {
    SCOPED_TRACE("PANTAU_SEED=" + std::to_string(seed));
    Dice dice(seed);
    RandomWorld world(seed, kWorldKinds[seed % 2]);  // mixed, crowd
    std::vector<RandomFile> files;
    const std::size_t count = dice.between(1, kFilesMax);
    for (std::size_t i = 0; i < count; i++) files.push_back(some_file(dice, world, i));
    write_lists(world.lists());
    write_records(files);
    const Expected expected = expected_of(world.lists(), files, folder_);
    const Found checked = sweep({Validate::All, 1, ChunkLimits().chunk_bytes});
    expect_checked(checked, expected);
    expect_counted(checked, files, expected);
    for (const Mode& mode : {Mode{Validate::Subjects, 1, ChunkLimits().chunk_bytes},
                             Mode{Validate::Subjects, 2, dice.between(1, 2'000)},
                             Mode{Validate::Subjects, 4, dice.between(1'000, 100'000)},
                             Mode{Validate::All, 3, dice.between(1, 100'000)}}) {
      SCOPED_TRACE(mode);
      const Found found = sweep(mode);
      expect_skimmed(found, checked, expected);
      expect_counted(found, files, expected);
      skimmed += found.summary["skimmed"].get<std::uint64_t>();
    }
    flags += expected.flags.size();
    ASSERT_FALSE(HasFailure());
  }
  EXPECT_GT(flags, worlds * 30);
  EXPECT_GT(skimmed, worlds * 200);
}

}  // namespace
}  // namespace pantau
