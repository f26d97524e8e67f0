#include "pipeline/lists/load.h"

#include <fmt/format.h>
#include <simdjson.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "classifiers/accounts/roster_build.h"
#include "pipeline/lists/huge_pages.h"
#include "pipeline/lists/list_file.h"
#include "pipeline/output/output_file.h"

namespace pantau {
namespace {

// Collects what is wrong with several lists.
class Errors {
 public:
  void add(const Error& error) {
    if (!text_.empty()) text_ += '\n';
    text_ += error.message;
  }

  bool empty() const { return text_.empty(); }
  tl::unexpected<Error> failure() const { return fail(Fault::Config, text_); }

 private:
  std::string text_;
};

Status check_utf8(const std::string& path, std::string_view text) {
  const std::size_t line = first_line_not_utf8(text);
  if (line == 0) return Status();
  return fail(Fault::Config, fmt::format("{}:{}: error: this is not UTF-8", path, line));
}

// Reads a list and mixes its bytes into the fingerprint.
Result<std::string> read_fingerprinted(const std::string& path, std::uint64_t& fingerprint) {
  TRY(std::string text, read_list_file(path));
  fingerprint = XXH3_64bits_withSeed(text.data(), text.size(), fingerprint);
  return text;
}

Status load_contests(const std::string& path, ContestList& contests, std::uint64_t& fingerprint) {
  TRY(const std::string text, read_fingerprinted(path, fingerprint));
  Mistakes mistakes(path, text);
  read_contests(text, mistakes, contests);
  if (!mistakes.empty()) return mistakes.failure();
  return Status();
}

Status build_image(const std::string& path, std::string_view csv,
                   const std::function<void(std::string_view)>& sink) {
  HugePages memory;
  RosterBuilding building;
  building.memory = &memory;
  building.workers.count = static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
  building.workers.run = [&building](const std::function<void(std::size_t)>& work) {
    tbb::parallel_for(std::size_t{0}, building.workers.count, work, tbb::simple_partitioner());
  };
  building.is_text = [](std::string_view lines) {
    return simdjson::validate_utf8(lines.data(), lines.size());
  };
  Mistakes mistakes(path);  // without the text: its lines hold names
  switch (build_roster(csv, building, sink, mistakes)) {
    case RosterBuilt::Yes:
      return Status();
    case RosterBuilt::HasMistakes:
      return mistakes.failure();
    case RosterBuilt::IsNoText:
      return check_utf8(path, csv);
  }
  return Status();
}

}  // namespace

Result<CampaignList> load_campaign(const std::string& path, const ContestList& contests,
                                   std::uint64_t& fingerprint) {
  TRY(const std::string text, read_fingerprinted(path, fingerprint));
  TRY_STATUS(check_utf8(path, text));
  Mistakes mistakes(path);
  CampaignList campaign = read_campaign_csv(text, contests, mistakes);
  if (!mistakes.empty()) return mistakes.failure();
  return campaign;
}

Result<RulePack> load_rule_pack(const std::string& path, std::uint64_t& fingerprint) {
  TRY(const std::string text, read_fingerprinted(path, fingerprint));
  Mistakes mistakes(path, text);
  RulePack pack = read_rule_pack(text, mistakes);
  if (!mistakes.empty()) return mistakes.failure();
  return pack;
}

std::string note_on_patterns(std::span<const std::string_view> featureless) {
  constexpr std::size_t kNamedMax = 20;
  if (featureless.empty()) return "";
  const auto named = featureless.first(std::min(kNamedMax, featureless.size()));
  std::string note = fmt::format(
      "every text is searched for these patterns, because they have no "
      "word that could be looked for first: {}",
      fmt::join(named, ", "));
  if (named.size() < featureless.size()) {
    note += fmt::format(" and {} more", featureless.size() - named.size());
  }
  return note;
}

Result<Roster> load_roster(const std::string& path) {
  TRY(const MappedFile file, MappedFile::open(path));
  if (Roster::is_image(file.bytes())) {
    Result<Roster> roster = Roster::open(file.bytes(), file.owner());
    if (!roster)
      return fail(Fault::Config, fmt::format("{}: error: {}", path, roster.error().message));
    return roster;
  }
  const auto owner = std::make_shared<std::string>();
  TRY_STATUS(build_image(path, file.bytes(), [&](std::string_view bytes) { *owner += bytes; }));
  return Roster::open(*owner, owner);
}

Status verify_roster(const std::string& path) {
  constexpr std::size_t kStepBytes = 4 << 20;
  TRY(const MappedFile file, MappedFile::open(path));
  if (!Roster::is_image(file.bytes())) return Status();
  RosterVerifier verifier;
  for (std::size_t at = 0; at < file.bytes().size(); at += kStepBytes) {
    verifier.add(file.bytes().substr(at, kStepBytes));
    file.forget(at, kStepBytes);
  }
  Status result = verifier.result();
  if (result) return result;
  return fail(Fault::Config, fmt::format("{}: error: {}", path, result.error().message));
}

Status build_roster_index(const std::string& csv_path, const std::string& index_path) {
  TRY(const MappedFile csv, MappedFile::open(csv_path));
  if (Roster::is_image(csv.bytes())) {
    return fail(Fault::Config, fmt::format("{}: error: this is a roster index already", csv_path));
  }
  const std::string unfinished = index_path + ".unfinished";
  TRY(OutputFile file, OutputFile::create(unfinished));
  Status written;
  Status built = build_image(csv_path, csv.bytes(), [&](std::string_view bytes) {
    if (written) written = file.append(bytes);
  });
  if (built && written) written = file.sync();
  if (built && written) written = file.close();
  // A list with mistakes, too, has begun to be written; of that nothing is to stay.
  if (!built || !written) std::remove(unfinished.c_str());
  TRY_STATUS(built);
  TRY_STATUS(written);
  if (std::rename(unfinished.c_str(), index_path.c_str()) != 0) {
    return fail(Fault::Storage,
                fmt::format("{}: error: cannot be written: {}", index_path, std::strerror(errno)));
  }
  return Status();
}

Result<LoadedLists> load_lists(const SweepConfig& config) {
  Errors errors;
  EngineLists lists;
  std::future<Status> roster_is_sound = std::async(std::launch::async, [path = config.roster] {
    return path.empty() ? Status() : verify_roster(path);
  });
  lists.zone = config.zone;
  std::uint64_t fingerprint = 0;
  bool contests_are_sound = true;
  for (const std::string& path : config.contests) {
    const Status loaded = load_contests(path, lists.contests, fingerprint);
    if (!loaded) errors.add(loaded.error());
    contests_are_sound = contests_are_sound && loaded.has_value();
  }
  // Against broken calendars every row of the campaign list would look wrong.
  if (contests_are_sound && !config.campaign.empty()) {
    Result<CampaignList> campaign = load_campaign(config.campaign, lists.contests, fingerprint);
    if (!campaign) {
      errors.add(campaign.error());
    } else {
      lists.campaign = *std::move(campaign);
    }
  }
  for (const std::string& path : config.rules) {
    Result<RulePack> pack = load_rule_pack(path, fingerprint);
    if (!pack) {
      errors.add(pack.error());
    } else {
      lists.packs.push_back(*std::move(pack));
    }
  }
  Result<Roster> roster = config.roster.empty() ? Roster() : load_roster(config.roster);
  if (!roster) {
    errors.add(roster.error());
  } else {
    lists.roster = *std::move(roster);
  }
  if (!errors.empty()) return errors.failure();
  fingerprint ^= lists.roster.checksum();
  return LoadedLists{std::move(lists), std::move(roster_is_sound), fingerprint};
}

}  // namespace pantau
