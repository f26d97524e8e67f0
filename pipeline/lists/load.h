// From the files of a sweep to what the engine looks at.
#pragma once

#include <cstdint>
#include <future>
#include <span>
#include <string>
#include <string_view>

#include "classifiers/base/result.h"
#include "classifiers/engine.h"
#include "pipeline/config.h"

namespace pantau {

struct LoadedLists {
  EngineLists lists;
  // Whether the roster's index is sound, found out meanwhile: ask before anything is stored.
  std::future<Status> roster_is_sound;
  std::uint64_t fingerprint = 0;  // of the lists' bytes: the same lists, the same number
};

// Loads every list of the sweep; without a roster or a campaign list, empty ones stand for them
// (a sweep needs both, which config.h sees to). Fault::Config with every mistake of every list.
Result<LoadedLists> load_lists(const SweepConfig& config);

// A pack, its examples run. Its bytes are mixed into `fingerprint`.
Result<RulePack> load_rule_pack(const std::string& path, std::uint64_t& fingerprint);

// A campaign list, of which the calendars are `contests`.
Result<CampaignList> load_campaign(const std::string& path, const ContestList& contests,
                                   std::uint64_t& fingerprint);

// What to tell about patterns that every text is searched for: who wrote them can perhaps do
// better. Empty if there are none.
std::string note_on_patterns(std::span<const std::string_view> featureless);

// A roster: CSV, or an index made from it, which is mapped and not loaded (and not verified).
Result<Roster> load_roster(const std::string& path);

// Reads all of a roster's index and compares its checksum. Sound for a CSV. Holds no more than a
// few megabytes in memory.
Status verify_roster(const std::string& path);

// Reads a roster's CSV and writes its index, under another name first, so that a reader
// never sees a half-written one.
Status build_roster_index(const std::string& csv_path, const std::string& index_path);

}  // namespace pantau
