#include "tests/support/random_world.h"

#include <algorithm>
#include <array>

#include "classifiers/base/check.h"
#include "tests/support/random_names.h"
#include "tests/support/random_packs.h"

namespace pantau {
namespace {

using Texts = std::vector<std::string>;

// Zones of Indonesia, zones whose clocks change, some of them at midnight or by a
// whole day, and days before one of them does. No zone whose clocks went from after
// midnight to before it (Newfoundland until 2011): there a day ends twice.
const Texts kZones = {"Asia/Jakarta",      "Asia/Makassar",   "Asia/Jayapura", "Etc/UTC",
                      "America/New_York",  "Asia/Beirut",     "Pacific/Apia",  "America/Havana",
                      "America/Sao_Paulo", "Pacific/Auckland"};
const Texts kFirstDays = {"2024-11-01", "2024-02-20", "2024-03-12", "2024-10-15",
                          "2011-12-10", "2018-02-01", "2018-10-20"};

const Texts kPlatforms = {"x", "instagram", "mastodon_id"};
const Texts kMorePlatforms = {"x", "xx", "x_", "facebook", "tiktok", "a", "1001"};
const Texts kIds = {"1001",        "1002", "1003", "1004", "1005", "18446744073709551615",
                    "did:plc:abc", "01001"};
const Texts kHandles = {
    "budi.s",  "siti_1",   "Ahmad-F",      "fulan",         "fulan2024",  "tim.fulan", "banua",
    "x",       "a.b-c",    "Budi.S",       "Ünal",          "ünal",       "siti@id",   "siti",
    "kpu_hsu", "relawan.", "relawan.s1ti", "sahabat-fu1an", "dukung.bud1"};
const Texts kNames = {"Ahmad Fulan",
                      "Fulan-Siti",
                      "Budi",
                      "H. Siti Contohwati",
                      "Ana Ana",
                      "Ñusta Maria",
                      "Łukasz",
                      "山田 太郎",
                      "O'Neil",
                      "Jokowi 2 Periode",
                      "Prof. Dr. Rahmad",
                      "Siti",
                      "Pak Boss",
                      "Anna",
                      "Ｆｕｌｌ Width",
                      "Fulan",
                      "Guus Kok",
                      "Дима",
                      "Ibu",
                      "A.H. Nas.",
                      "Nomor Dua",
                      "Istanbul İ",
                      "Straße",
                      "Al – Banjari"};
const Texts kHashtags = {"FulanSitiMenang", "#Menang", "Coblos2", "salam_dua", "É", "2024",
                         "fulan",           "GASS",    "p1l1h",   "ＡＢＣ",    "a"};
const Texts kSlogans = {"Banua Maju",    "Maju-Terus", "Satu Hati", "Lanjutkan!",
                        "Bersama Fulan", "Siti",       "dukung"};
const Texts kWords = {"ayo",    "coblos",      "pilih",    "dukung", "menangkan", "jangan",
                      "netral", "kita",        "mari",     "bukan",  "hoaks",     "salam",
                      "dua",    "jari",        "relawan",  "Coblos", "PILIH",     "c0bl0s",
                      "p!lih",  "d.u.k.u.n.g", "dukuuung", "bapak",  "saat",      "maaf",
                      "tps",    "山田",        "straße",   "é",      "42"};
const Texts kRegions = {"63.08", "63.08.01", "63", "63.1", "63.10", "6", "", "64.08"};

// How much there is of everything in a kind of world: at least and at most.
struct Range {
  std::size_t least;
  std::size_t most;
};
struct WorldShape {
  std::string_view name;
  Range contests;
  Range candidates;       // of a contest
  std::size_t names_max;  // of a candidate
  Range subjects;         // rows of the roster
  Range campaign;
  Range packs;
  Range patterns;  // of a pack
  Range rules;
};

// In the order of WorldKind.
constexpr std::array<WorldShape, kWorldKinds.size()> kShapes = {{
    {"mixed", {1, 4}, {0, 4}, 4, {5, 30}, {0, 30}, {1, 3}, {1, 10}, {1, 8}},
    {"crowd", {1, 6}, {5, 60}, 5, {5, 20}, {20, 200}, {1, 1}, {1, 5}, {1, 4}},
    {"patterns", {1, 3}, {1, 4}, 4, {5, 10}, {5, 30}, {1, 3}, {20, 200}, {5, 40}},
    {"accounts", {1, 5}, {1, 6}, 2, {200, 3000}, {100, 1000}, {1, 1}, {1, 3}, {1, 6}},
    {"numbers", {2, 10}, {1, 12}, 1, {5, 40}, {10, 60}, {1, 1}, {1, 3}, {1, 4}},
    {"borders", {1, 3}, {1, 6}, 4, {5, 10}, {5, 30}, {1, 2}, {1, 12}, {2, 10}},
    {"long", {1, 2}, {1, 4}, 3, {5, 10}, {5, 30}, {1, 1}, {1, 8}, {2, 6}},
}};

std::size_t some_count(Dice& dice, Range range) {
  return dice.between(range.least, range.most);
}

template <class Enum>
Enum some(Dice& dice, std::size_t count) {
  return static_cast<Enum>(dice.below(count));
}

TimeZone some_zone(Dice& dice) {
  const Result<TimeZone> zone = TimeZone::find(dice.pick(kZones));
  CHECK(zone, "the zones of this list exist");
  return *zone;
}

Texts some_of(Dice& dice, const Texts& stock, std::size_t count_max) {
  Texts some;
  const std::size_t count = dice.below(count_max + 1);
  for (std::size_t i = 0; i < count; i++) {
    const std::string& text = dice.pick(stock);
    if (std::ranges::find(some, text) == some.end()) some.push_back(text);
  }
  return some;
}

}  // namespace

Record OwnRecord::view() const {
  Record record;
  record.kind = kind;
  record.platform = platform;
  record.id = id;
  record.actor = actor.view();
  record.target = target.view();
  record.text = text;
  record.time = time;
  return record;
}

std::string_view name_of(WorldKind kind) {
  return kShapes[static_cast<std::size_t>(kind)].name;
}

RandomWorld::RandomWorld(std::uint64_t seed, WorldKind kind) : dice_(seed), kind_(kind) {
  first_day_ = *parse_day(dice_.pick(kFirstDays));
  make_stocks();
  make_calendar();
  make_roster();
  make_campaign();
  make_packs();
  make_instants();
  collect_pieces();
}

void RandomWorld::make_stocks() {
  platforms_ = kPlatforms;
  if (dice_.percent(30)) {
    platforms_.insert(platforms_.end(), kMorePlatforms.begin(), kMorePlatforms.end());
  }
  ids_ = kIds;
  handles_ = kHandles;
  names_ = kNames;
  hashtags_ = kHashtags;
  slogans_ = kSlogans;
  words_ = kWords;
  const auto add = [](Texts& stock, const Texts& more) {
    stock.insert(stock.end(), more.begin(), more.end());
  };
  if (kind_ == WorldKind::Crowd || dice_.percent(40)) {
    add(names_, random_names(dice_, kind_ == WorldKind::Crowd ? 400 : 10));
    add(hashtags_, random_hashtags(dice_, kind_ == WorldKind::Crowd ? 100 : 5));
    add(slogans_, random_names(dice_, 5));
  }
  if (kind_ == WorldKind::Patterns || dice_.percent(20)) {
    add(words_, random_words(dice_, kind_ == WorldKind::Patterns ? 300 : 20));
  }
  if (kind_ == WorldKind::Accounts || dice_.percent(20)) {
    add(handles_, random_handles(dice_, kind_ == WorldKind::Accounts ? 1000 : 10));
    for (std::size_t i = 0; i < 500; i++) ids_.push_back(std::to_string(dice_.below(2000)));
  }
}

Validity RandomWorld::some_validity() {
  Validity validity;
  if (dice_.percent(40)) validity.from = some_day();
  if (dice_.percent(40)) validity.to = some_day();
  if (validity.to < validity.from) std::swap(validity.from, validity.to);
  return validity;
}

std::string RandomWorld::some_region() {
  return dice_.pick(kRegions);
}

// ---- contests ----

Candidate RandomWorld::some_candidate(std::size_t number) {
  Candidate candidate;
  candidate.id = std::to_string(number);
  if (dice_.percent(80)) candidate.number = static_cast<std::uint32_t>(number);
  if (number == 4 && dice_.percent(50)) candidate.number = 100;
  if (number == 3 && dice_.percent(30)) candidate.number = 0;
  const WorldShape& shape = kShapes[static_cast<std::size_t>(kind_)];
  candidate.names = some_of(dice_, names_, shape.names_max);
  if (candidate.names.empty()) candidate.names = {dice_.pick(names_)};
  candidate.hashtags = some_of(dice_, hashtags_, 2);
  candidate.slogans = some_of(dice_, slogans_, 2);
  return candidate;
}

Contest RandomWorld::some_contest(std::size_t number) {
  const auto days = [&](std::size_t lowest, std::size_t highest) {
    return std::chrono::days(dice_.between(lowest, highest));
  };
  Contest contest;
  contest.id = "contest-" + std::to_string(number);
  contest.region = some_region();
  contest.zone = some_zone(dice_);
  contest.determination = first_day_ + days(0, 10);
  if (dice_.percent(80)) contest.number_draw = contest.determination + days(0, 3);
  contest.campaign.first = contest.determination + days(1, 6);
  if (contest.number_draw) {
    contest.campaign.first = std::max(contest.campaign.first, *contest.number_draw + days(0, 1));
  }
  contest.campaign.last = contest.campaign.first + days(0, 8);
  Day before_voting = contest.campaign.last;
  if (dice_.percent(80)) {
    contest.quiet = DayRange{contest.campaign.last + days(1, 3), {}};
    contest.quiet->last = contest.quiet->first + days(0, 3);
    before_voting = contest.quiet->last;
  }
  contest.voting = before_voting + days(1, 3);
  if (dice_.percent(50)) contest.end = contest.voting + days(1, 9);
  const std::size_t candidates =
      some_count(dice_, kShapes[static_cast<std::size_t>(kind_)].candidates);
  for (std::size_t i = 1; i <= candidates; i++) contest.candidates.push_back(some_candidate(i));
  return contest;
}

void RandomWorld::make_calendar() {
  lists_.zone = some_zone(dice_);
  const std::size_t contests = some_count(dice_, kShapes[static_cast<std::size_t>(kind_)].contests);
  for (std::size_t i = 0; i < contests; i++) lists_.contests.push_back(some_contest(i));
}

// ---- accounts ----

void RandomWorld::make_roster() {
  const std::size_t subjects = some_count(dice_, kShapes[static_cast<std::size_t>(kind_)].subjects);
  // Some rosters have ids throughout, some have none.
  const std::size_t with_id = dice_.pick(std::array<std::size_t, 4>{65, 65, 100, 0});
  for (std::size_t i = 0; i < subjects; i++) {
    RosterLine line;
    line.subject_id = "S-" + std::to_string(dice_.below(subjects));
    line.category = some<Category>(dice_, 5);
    line.region = some_region();
    line.platform = dice_.pick(platforms_);
    if (dice_.percent(with_id)) line.account_id = dice_.pick(ids_);
    if (dice_.percent(65) || line.account_id.empty()) line.handle = dice_.pick(handles_);
    if (!line.handle.empty() && dice_.percent(20)) line.handle = "@" + line.handle;
    line.ownership = some<Ownership>(dice_, 4);
    line.validity = some_validity();
    if (i > 0 && dice_.percent(10)) {  // the same account once more
      const RosterLine& other = dice_.pick(lists_.roster);
      line.platform = other.platform;
      line.account_id = other.account_id;
      line.handle = other.handle;
    }
    lists_.roster.push_back(line);
  }
}

void RandomWorld::make_campaign() {
  const std::size_t accounts = some_count(dice_, kShapes[static_cast<std::size_t>(kind_)].campaign);
  for (std::size_t i = 0; i < accounts; i++) {
    CampaignEntry entry;
    entry.contest = static_cast<ContestIndex>(dice_.below(lists_.contests.size()));
    const std::size_t candidates = lists_.contests[entry.contest].candidates.size();
    const std::size_t candidate = dice_.below(candidates + 1);
    entry.candidate =
        candidate < candidates ? static_cast<CandidateIndex>(candidate) : kNoCandidate;
    entry.type = some<AccountType>(dice_, kAccountTypes);
    entry.platform = dice_.pick(platforms_);
    if (dice_.percent(60)) entry.account_id = dice_.pick(ids_);
    if (dice_.percent(70) || entry.account_id.empty()) {
      entry.handle = plain_handle(dice_.pick(handles_));
    }
    entry.validity = some_validity();
    if (i > 0 && dice_.percent(10)) {
      const CampaignEntry& other = dice_.pick(lists_.campaign);
      entry.platform = dice_.percent(50) ? other.platform : entry.platform;
      entry.account_id = other.account_id;
      entry.handle = other.handle;
    }
    lists_.campaign.push_back(entry);
  }
}

// ---- packs ----

void RandomWorld::make_packs() {
  const WorldShape& shape = kShapes[static_cast<std::size_t>(kind_)];
  const std::size_t packs = some_count(dice_, shape.packs);
  for (std::size_t i = 0; i < packs; i++) {
    const std::size_t patterns = some_count(dice_, shape.patterns);
    const std::size_t rules = some_count(dice_, shape.rules);
    const bool only_of_words = kind_ == WorldKind::Long;
    lists_.packs.push_back(random_pack(dice_, {i, patterns, rules, only_of_words}, words_));
    if (kind_ != WorldKind::Numbers && dice_.percent(8))
      lists_.packs.back().validity = some_validity();
  }
}

// ---- records ----

void RandomWorld::make_instants() {
  const auto add = [&](const TimeZone& zone, Day day) {
    if (day == Day::min() || day == Day::max()) return;
    instants_.push_back(zone.start_of(day));
    instants_.push_back(zone.start_of(day + std::chrono::days(1)));
  };
  for (const Contest& contest : lists_.contests) {
    for (const Day day : {contest.determination, contest.campaign.first, contest.campaign.last,
                          contest.voting, contest.number_draw.value_or(contest.voting)}) {
      add(contest.zone, day);
    }
    if (contest.quiet) add(contest.zone, contest.quiet->first);
    if (contest.quiet) add(contest.zone, contest.quiet->last);
  }
  for (const RosterLine& line : lists_.roster) {
    add(lists_.zone, line.validity.from);
    add(lists_.zone, line.validity.to);
  }
  for (const CampaignEntry& entry : lists_.campaign) {
    add(lists_.contests[entry.contest].zone, entry.validity.from);
    add(lists_.contests[entry.contest].zone, entry.validity.to);
  }
}

void RandomWorld::collect_pieces() {
  pieces_.names = names_;
  pieces_.hashtags = hashtags_;
  pieces_.handles = handles_;
  pieces_.words = words_;
  if (kind_ == WorldKind::Numbers) pieces_.numbers_percent = 60;
  for (const Contest& contest : lists_.contests) {
    for (const Candidate& candidate : contest.candidates) {
      // Twice over, so that texts name them more often than the rest.
      for (const Texts* list : {&candidate.names, &candidate.names, &candidate.slogans}) {
        pieces_.names.insert(pieces_.names.end(), list->begin(), list->end());
      }
      pieces_.hashtags.insert(pieces_.hashtags.end(), candidate.hashtags.begin(),
                              candidate.hashtags.end());
    }
  }
  for (const CampaignEntry& entry : lists_.campaign) {
    if (!entry.handle.empty()) pieces_.handles.push_back(entry.handle);
  }
}

// The account of a list's entry, or nearly.
OwnAccount RandomWorld::near_miss(const std::string& id, const std::string& handle) {
  OwnAccount account{id, handle};
  const std::size_t kind = dice_.below(20);
  if (kind == 0) account.id.clear();
  if (kind == 1) account.handle.clear();
  if (kind == 2) account.id = dice_.pick(ids_);
  if (kind == 3) account.handle = dice_.pick(handles_);
  if (kind == 4) account.handle = "@" + account.handle;
  if (kind == 5) std::ranges::transform(account.handle, account.handle.begin(), ::toupper);
  if (kind == 6) account.handle += ".";
  if (kind == 7 && account.id.empty()) account.id = dice_.pick(ids_);
  if (kind == 8) std::swap(account.id, account.handle);
  if (account.id.empty() && account.handle.empty()) account.handle = dice_.pick(handles_);
  return account;
}

OwnAccount RandomWorld::some_account() {
  return near_miss(dice_.percent(50) ? dice_.pick(ids_) : "", dice_.pick(handles_));
}

std::string RandomWorld::some_text() {
  switch (kind_) {
    case WorldKind::Borders:
      return random_text_of_size(dice_, pieces_, dice_.below(kBorderTextBytesMax + 1));
    case WorldKind::Long:
      return random_long_text(dice_, pieces_, dice_.below(kLongTextBytesMax));
    default:
      return dice_.percent(15) ? "" : random_text(dice_, pieces_);
  }
}

Instant RandomWorld::some_instant() {
  Instant time = dice_.pick(instants_) + std::chrono::microseconds(dice_.below(3)) -
                 std::chrono::microseconds(1);
  if (dice_.percent(30)) time += std::chrono::seconds(1);
  if (dice_.percent(30)) time -= std::chrono::minutes(dice_.below(24 * 60));
  if (dice_.percent(20)) time += std::chrono::minutes(dice_.below(90));
  return time;
}

OwnRecord RandomWorld::record() {
  OwnRecord record;
  record.kind = some<Kind>(dice_, kKinds);
  record.id = std::to_string(dice_.below(1'000'000));
  const RosterLine& subject = dice_.pick(lists_.roster);
  record.platform = dice_.percent(95) ? subject.platform : dice_.pick(platforms_);
  record.actor = dice_.percent(95) ? near_miss(subject.account_id, subject.handle) : some_account();
  if (record.kind != Kind::Post || dice_.percent(10)) record.target = some_account();
  if (!record.target.view().known() || lists_.campaign.empty() || dice_.percent(15)) {
    // as it is
  } else {
    const CampaignEntry& entry = dice_.pick(lists_.campaign);
    record.target = near_miss(entry.account_id, entry.handle);
    if (dice_.percent(40)) record.platform = entry.platform;
  }
  record.text = some_text();
  record.time = some_instant();
  return record;
}

}  // namespace pantau
