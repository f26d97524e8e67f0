#include "classifiers/contests/contest.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "classifiers/base/names.h"
#include "classifiers/base/toml_reader.h"
#include "classifiers/text/fold.h"
#include "classifiers/text/words.h"

namespace pantau {
namespace {

constexpr std::array<std::string_view, 6> kContestTypeNames = {"pilpres", "pileg",  "dpd",
                                                               "pilgub",  "pilbup", "pilwali"};

// "63" or "63.08" and so on; the whole country is "".
bool is_region(std::string_view region) {
  if (region.empty()) return true;
  char before = '.';
  for (const char c : region) {
    if (c != '.' && !is_ascii_digit(c)) return false;
    if (c == '.' && before == '.') return false;
    before = c;
  }
  return before != '.';
}

bool begins_with_word(std::string_view name) {
  const std::string plain = folded(name);
  const std::size_t start = plain.find_first_not_of(" -");
  return start != std::string::npos && word_continues_at(plain, start);
}

bool is_one_word(std::string_view hashtag) {
  if (hashtag.starts_with('#')) hashtag.remove_prefix(1);
  const std::string plain = folded(hashtag);
  for (std::size_t at = 0; at < plain.size();) {
    if (!is_word_character(next_character(plain, at))) return false;
  }
  return !plain.empty();
}

std::vector<std::string> read_names(TomlReader& reader, std::string_view key) {
  std::vector<std::string> names;
  for (PlacedText& name : reader.texts(key)) {
    if (!begins_with_word(name.text)) {
      reader.mistake(name.place, "this must begin with a letter or digit");
    }
    names.push_back(std::move(name.text));
  }
  return names;
}

std::vector<std::string> read_hashtags(TomlReader& reader) {
  std::vector<std::string> hashtags;
  for (PlacedText& hashtag : reader.texts("hashtags")) {
    if (!is_one_word(hashtag.text)) {
      reader.mistake(hashtag.place, "a hashtag is one word of letters, digits and '_'");
    }
    hashtags.push_back(std::move(hashtag.text));
  }
  return hashtags;
}

Candidate read_candidate(const toml::table& table, Mistakes& mistakes) {
  TomlReader reader(table, "candidate", mistakes);
  Candidate candidate;
  candidate.id = reader.required_text("id");
  candidate.number = reader.number("number");
  candidate.names = read_names(reader, "names");
  candidate.hashtags = read_hashtags(reader);
  candidate.slogans = read_names(reader, "slogans");
  reader.finish();
  return candidate;
}

std::vector<Candidate> read_candidates(TomlReader& contest, Mistakes& mistakes) {
  std::vector<Candidate> candidates;
  std::set<std::string> ids;
  std::set<std::uint32_t> numbers;
  for (const toml::table* const table : contest.tables("candidate")) {
    Candidate candidate = read_candidate(*table, mistakes);
    if (!candidate.id.empty() && !ids.insert(candidate.id).second) {
      contest.mistake(place_of(*table), fmt::format("duplicate candidate '{}'", candidate.id));
    }
    if (candidate.number && !numbers.insert(*candidate.number).second) {
      contest.mistake(place_of(*table),
                      fmt::format("two candidates have the number {}", *candidate.number));
    }
    candidates.push_back(std::move(candidate));
  }
  return candidates;
}

Day required_day(TomlReader& reader, std::string_view key) {
  const std::optional<Day> day = reader.day(key);
  if (!day && !reader.has(key)) reader.missing(key);
  return day.value_or(Day());
}

std::optional<DayRange> read_range(TomlReader& reader, std::string_view key) {
  const std::vector<Day> days = reader.days(key);
  if (!reader.has(key)) return std::nullopt;
  if (days.size() != 2) {
    reader.mistake(reader.place(key), fmt::format("'{}' must be [first day, last day]", key));
    return std::nullopt;
  }
  if (days[1] < days[0]) {
    reader.mistake(reader.place(key), fmt::format("'{}' ends before it begins", key));
  }
  return DayRange{days[0], days[1]};
}

struct NamedDay {
  std::string_view key;
  std::optional<Day> day;
};

// A calendar out of order would give stages that nobody meant.
void check_order(const Contest& contest, TomlReader& reader) {
  const std::optional<Day> quiet_first =
      contest.quiet ? std::optional(contest.quiet->first) : std::nullopt;
  const std::array<NamedDay, 6> order = {{{"registration", contest.registration},
                                          {"determination", contest.determination},
                                          {"campaign", contest.campaign.first},
                                          {"quiet", quiet_first},
                                          {"voting", contest.voting},
                                          {"end", contest.end}}};
  const NamedDay* before = nullptr;
  for (const NamedDay& current : order) {
    if (!current.day || !reader.has(current.key)) continue;
    if (before != nullptr && *current.day < *before->day) {
      reader.mistake(reader.place(current.key),
                     fmt::format("'{}' lies before '{}'", current.key, before->key));
    }
    before = &current;
  }
}

Contest read_contest(const toml::table& table, Mistakes& mistakes) {
  TomlReader reader(table, "contest", mistakes);
  Contest contest;
  contest.id = reader.required_text("id");
  const std::string type = reader.required_text("type");
  if (const auto known = enum_named<ContestType>(kContestTypeNames, type)) {
    contest.type = *known;
  } else if (!type.empty()) {
    reader.mistake(reader.place("type"), fmt::format("unknown type '{}'; known are {}", type,
                                                     fmt::join(kContestTypeNames, ", ")));
  }
  if (const auto region = reader.text("region")) {
    contest.region = region->text;
    if (!is_region(region->text)) {
      reader.mistake(region->place, "a region is a code such as \"63\" or \"63.08\"");
    }
  } else if (!reader.has("region")) {
    reader.missing("region");
  }
  if (const std::string zone = reader.required_text("timezone"); !zone.empty()) {
    const Result<TimeZone> found = TimeZone::find(zone);
    if (found) contest.zone = *found;
    if (!found) reader.mistake(reader.place("timezone"), found.error().message);
  }
  contest.registration = reader.day("registration");
  contest.determination = required_day(reader, "determination");
  contest.number_draw = reader.day("number_draw");
  contest.campaign = read_range(reader, "campaign").value_or(DayRange{});
  if (!reader.has("campaign")) reader.missing("campaign");
  contest.quiet = read_range(reader, "quiet");
  contest.voting = required_day(reader, "voting");
  contest.end = reader.day("end");
  check_order(contest, reader);
  contest.candidates = read_candidates(reader, mistakes);
  reader.finish();
  return contest;
}

}  // namespace

Stage stage_on(const Contest& contest, Day day) {
  if (day > contest.voting) return Stage::After;
  if (day == contest.voting) return Stage::Voting;
  if (contest.quiet && day >= contest.quiet->first) return Stage::Quiet;
  if (day >= contest.campaign.first) return Stage::Campaign;
  if (day >= contest.determination) return Stage::Determined;
  return Stage::Before;
}

bool lies_in(std::string_view region, std::string_view area) {
  if (area.empty()) return true;
  return region.starts_with(area) && (region.size() == area.size() || region[area.size()] == '.');
}

void read_contests(std::string_view text, Mistakes& mistakes, ContestList& contests) {
  const std::optional<toml::table> root = parse_toml(text, mistakes);
  if (!root) return;
  TomlReader reader(*root, "file", mistakes);
  const std::vector<const toml::table*> tables = reader.tables("contest");
  if (tables.empty()) mistakes.add({}, "no [[contest]] in this file");
  for (const toml::table* const table : tables) {
    Contest contest = read_contest(*table, mistakes);
    const bool known =
        std::ranges::any_of(contests, [&](const Contest& other) { return other.id == contest.id; });
    if (known && !contest.id.empty()) {
      mistakes.add(place_of(*table), fmt::format("duplicate contest '{}'", contest.id));
    }
    contests.push_back(std::move(contest));
  }
  reader.finish();
}

}  // namespace pantau
