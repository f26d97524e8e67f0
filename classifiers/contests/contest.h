// Contests, their calendar and their candidates (CONTRACT.md §6).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/mistakes.h"
#include "classifiers/base/time.h"
#include "classifiers/model/flag.h"

namespace pantau {

struct Candidate {
  std::string id;
  std::optional<std::uint32_t> number;  // on the ballot
  std::vector<std::string> names;
  std::vector<std::string> hashtags;  // with or without '#'
  std::vector<std::string> slogans;
};

struct DayRange {
  Day first{};
  Day last{};
};

enum class ContestType : std::uint8_t { Pilpres, Pileg, Dpd, Pilgub, Pilbup, Pilwali };

struct Contest {
  std::string id;
  ContestType type = ContestType::Pilbup;
  std::string region;  // empty: the whole country
  TimeZone zone = TimeZone::utc();
  std::optional<Day> registration;
  Day determination{};
  std::optional<Day> number_draw;  // without it numbers never count
  DayRange campaign{};
  std::optional<DayRange> quiet;
  Day voting{};
  std::optional<Day> end;
  std::vector<Candidate> candidates;
};

// The stage that `day`, a local date of the contest, belongs to. A day between two
// listed periods belongs to the earlier one.
Stage stage_on(const Contest& contest, Day day);

// Whether `region` is `area` or lies in it, by dotted parts: "63.08.01" lies in
// "63.08" and in "63"; every region lies in "" (the whole country).
bool lies_in(std::string_view region, std::string_view area);

// The calendars of one sweep, in the order of the files.
using ContestList = std::vector<Contest>;

// Adds the contests of one file; every mistake goes to `mistakes`.
void read_contests(std::string_view text, Mistakes& mistakes, ContestList& contests);

}  // namespace pantau
