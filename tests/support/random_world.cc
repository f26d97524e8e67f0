#include "tests/support/random_world.h"

#include <algorithm>
#include <array>

#include "classifiers/base/check.h"

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
const Texts kIds = {"1001",        "1002", "1003", "1004", "1005", "18446744073709551615",
                    "did:plc:abc", "01001"};
const Texts kHandles = {"budi.s",  "siti_1", "Ahmad-F", "fulan",   "fulan2024", "tim.fulan",
                        "banua",   "x",      "a.b-c",   "Budi.S",  "Ünal",      "ünal",
                        "siti@id", "siti",   "kpu_hsu", "relawan."};
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

template <std::size_t size>
std::bitset<size> some_bits(Dice& dice, std::size_t chance) {
  std::bitset<size> bits;
  for (std::size_t i = 0; i < size; i++) bits.set(i, dice.percent(chance));
  if (bits.none()) bits.set(dice.below(size));
  return bits;
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

RandomWorld::RandomWorld(std::uint64_t seed) : dice_(seed) {
  first_day_ = *parse_day(dice_.pick(kFirstDays));
  make_calendar();
  make_accounts();
  make_packs();
  make_instants();
  collect_pieces();
}

Validity RandomWorld::some_validity() {
  Validity validity;
  if (dice_.percent(40)) validity.from = some_day();
  if (dice_.percent(40)) validity.to = some_day();
  if (validity.to < validity.from) std::swap(validity.from, validity.to);
  return validity;
}

// ---- contests ----

Candidate RandomWorld::some_candidate(std::size_t number) {
  Candidate candidate;
  candidate.id = std::to_string(number);
  if (dice_.percent(80)) candidate.number = static_cast<std::uint32_t>(number);
  if (dice_.percent(10)) candidate.number = 12;
  candidate.names = some_of(dice_, kNames, 4);
  if (candidate.names.empty()) candidate.names = {dice_.pick(kNames)};
  candidate.hashtags = some_of(dice_, kHashtags, 2);
  candidate.slogans = some_of(dice_, kSlogans, 2);
  return candidate;
}

Contest RandomWorld::some_contest(std::size_t number) {
  const auto days = [&](std::size_t lowest, std::size_t highest) {
    return std::chrono::days(dice_.between(lowest, highest));
  };
  Contest contest;
  contest.id = "contest-" + std::to_string(number);
  contest.region = dice_.pick(kRegions);
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
  const std::size_t candidates = dice_.between(0, 4);
  for (std::size_t i = 1; i <= candidates; i++) contest.candidates.push_back(some_candidate(i));
  return contest;
}

void RandomWorld::make_calendar() {
  lists_.zone = some_zone(dice_);
  const std::size_t contests = dice_.between(1, 4);
  for (std::size_t i = 0; i < contests; i++) lists_.contests.push_back(some_contest(i));
}

// ---- accounts ----

void RandomWorld::make_accounts() {
  const std::size_t subjects = dice_.between(5, 30);
  for (std::size_t i = 0; i < subjects; i++) {
    RosterLine line;
    line.subject_id = "S-" + std::to_string(dice_.below(subjects));
    line.category = some<Category>(dice_, 5);
    line.region = dice_.pick(kRegions);
    if (line.region.empty()) line.region = "63.08";
    line.platform = dice_.pick(kPlatforms);
    if (dice_.percent(65)) line.account_id = dice_.pick(kIds);
    if (dice_.percent(65) || line.account_id.empty()) line.handle = dice_.pick(kHandles);
    if (!line.handle.empty() && dice_.percent(20)) line.handle = "@" + line.handle;
    line.ownership = some<Ownership>(dice_, 4);
    line.validity = some_validity();
    lists_.roster.push_back(line);
  }
  const std::size_t accounts = dice_.between(0, 30);
  for (std::size_t i = 0; i < accounts; i++) {
    CampaignEntry entry;
    entry.contest = static_cast<ContestIndex>(dice_.below(lists_.contests.size()));
    const std::size_t candidates = lists_.contests[entry.contest].candidates.size();
    const std::size_t candidate = dice_.below(candidates + 1);
    entry.candidate =
        candidate < candidates ? static_cast<CandidateIndex>(candidate) : kNoCandidate;
    entry.type = some<AccountType>(dice_, kAccountTypes);
    entry.platform = dice_.pick(kPlatforms);
    if (dice_.percent(60)) entry.account_id = dice_.pick(kIds);
    if (dice_.percent(70) || entry.account_id.empty()) {
      entry.handle = plain_handle(dice_.pick(kHandles));
    }
    entry.validity = some_validity();
    lists_.campaign.push_back(entry);
  }
}

// ---- packs ----

// Each '%' becomes a word. None matches the empty text (such a pattern is refused), but
// some match nothing in others.
std::string RandomWorld::some_expression() {
  static const Texts shapes = {R"(\b%\b)",
                               R"(\b(%|%|%)\b)",
                               R"(\b%\W+(%\W+)?%\b)",
                               R"(%)",
                               R"(%.*%)",
                               R"(^%)",
                               R"(%$)",
                               R"((?i)%)",
                               R"((?i:%)\s%)",
                               R"(%+)",
                               R"(\d+)",
                               R"(\w{5,})",
                               R"([aeiou]{2})",
                               R"(%(?:kan)?)",
                               R"(\p{Han}+)",
                               R"(\b[a-c]*)",
                               R"(\b(?:%)?)",
                               R"(.)",
                               R"(%.{0,10}%)",
                               R"([^a-z ])",
                               R"(\A%)",
                               R"(%\z)",
                               R"((?m)^%$)",
                               R"((?s)%.)",
                               R"(c[o0]blos)",
                               R"(#\w+)",
                               R"(@)",
                               R"(\b\w+kan\b)",
                               R"(2\x{20E3})",
                               R"((%)\s+(%))",
                               R"([[:alpha:]]+ng\b)",
                               R"(\PL)",
                               R"(a??b)",
                               R"(\Q%.\E)",
                               R"(\b(?:no|nomor)\s*\d)",
                               R"(%|\b)",
                               R"(pil[iy]h)",
                               R"(\B%)",
                               R"([а-я]+)",
                               R"(é)",
                               R"(\.)",
                               R"((%)+)",
                               R"(([a-z])\W([a-z])\W)",
                               R"(%[^%]{3})",
                               R"(\pN+)",
                               R"(  )",
                               R"( )",
                               R"(\n)"};
  std::string expression;
  for (const char c : dice_.pick(shapes)) {
    if (c == '%') {
      expression += dice_.pick(kWords);
    } else {
      expression += c;
    }
  }
  return expression;
}

std::vector<std::uint32_t> RandomWorld::some_patterns(std::size_t patterns, std::size_t count_max) {
  std::vector<std::uint32_t> some;
  const std::size_t count = dice_.below(count_max + 1);
  for (std::size_t i = 0; i < count; i++) {
    const auto pattern = static_cast<std::uint32_t>(dice_.below(patterns));
    if (std::ranges::find(some, pattern) == some.end()) some.push_back(pattern);
  }
  return some;
}

Rule RandomWorld::some_rule(std::size_t number, std::size_t patterns) {
  static const std::array<std::uint32_t, 6> distances = {0, 1, 2, 5, 20, 80};
  Rule rule;
  rule.id = "rule-" + std::to_string(number);
  rule.kinds = some_bits<kKinds>(dice_, 60);
  rule.link = some<LinkKind>(dice_, 3);
  rule.target_types = some_bits<kAccountTypes>(dice_, dice_.percent(50) ? 100 : 50);
  rule.stages = some_bits<kStages>(dice_, dice_.percent(60) ? 100 : 50);
  if (dice_.percent(30)) rule.all = some_patterns(patterns, 2);
  if (dice_.percent(70)) rule.any = some_patterns(patterns, 3);
  if (dice_.percent(30)) rule.none = some_patterns(patterns, 1);
  if (!rule.any.empty() && dice_.percent(50)) rule.near_chars_max = dice_.pick(distances);
  rule.level = some<Level>(dice_, 5);
  rule.proposes_ethics = {"KE-" + std::to_string(number)};
  rule.proposes_discipline = {"DS-" + std::to_string(number), "DS-1"};
  return rule;
}

RulePack RandomWorld::some_pack(std::size_t number) {
  RulePack pack;
  pack.id = "pack-" + std::to_string(number);
  pack.version = "1";
  const std::size_t patterns = dice_.between(1, 10);
  for (std::size_t i = 0; i < patterns; i++) {
    Pattern& pattern = pack.patterns.emplace_back();
    // Names whose order is not that of the numbers.
    pattern.name = std::string(1, "qwertzuiop"[i]) + std::to_string(i);
    const std::size_t expressions = dice_.between(1, 3);
    for (std::size_t e = 0; e < expressions; e++) pattern.expressions.push_back(some_expression());
  }
  const std::size_t rules = dice_.between(1, 8);
  for (std::size_t i = 0; i < rules; i++) {
    pack.rules.push_back(some_rule(number * 100 + i, patterns));
  }
  return pack;
}

void RandomWorld::make_packs() {
  const std::size_t packs = dice_.between(1, 3);
  for (std::size_t i = 0; i < packs; i++) lists_.packs.push_back(some_pack(i));
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
  pieces_.names = kNames;
  pieces_.hashtags = kHashtags;
  pieces_.handles = kHandles;
  pieces_.words = kWords;
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
  const std::size_t kind = dice_.below(10);
  if (kind == 0) account.id.clear();
  if (kind == 1) account.handle.clear();
  if (kind == 2) account.id = dice_.pick(kIds);
  if (kind == 3) account.handle = dice_.pick(kHandles);
  if (kind == 4) account.handle = "@" + account.handle;
  if (kind == 5) std::ranges::transform(account.handle, account.handle.begin(), ::toupper);
  if (kind == 6) account.handle += ".";
  if (kind == 7 && account.id.empty()) account.id = dice_.pick(kIds);
  if (account.id.empty() && account.handle.empty()) account.handle = dice_.pick(kHandles);
  return account;
}

OwnAccount RandomWorld::some_account() {
  return near_miss(dice_.percent(50) ? dice_.pick(kIds) : "", dice_.pick(kHandles));
}

OwnRecord RandomWorld::record() {
  OwnRecord record;
  record.kind = some<Kind>(dice_, kKinds);
  record.id = std::to_string(dice_.below(1'000'000));
  const RosterLine& subject = dice_.pick(lists_.roster);
  record.platform = dice_.percent(95) ? subject.platform : dice_.pick(kPlatforms);
  record.actor = dice_.percent(95) ? near_miss(subject.account_id, subject.handle) : some_account();
  if (record.kind != Kind::Post || dice_.percent(10)) record.target = some_account();
  if (!record.target.view().known() || lists_.campaign.empty() || dice_.percent(15)) {
    // as it is
  } else {
    const CampaignEntry& entry = dice_.pick(lists_.campaign);
    record.target = near_miss(entry.account_id, entry.handle);
    if (dice_.percent(40)) record.platform = entry.platform;
  }
  if (dice_.percent(85)) record.text = random_text(dice_, pieces_);
  record.time = dice_.pick(instants_) + std::chrono::microseconds(dice_.below(3)) -
                std::chrono::microseconds(1);
  if (dice_.percent(30)) record.time += std::chrono::seconds(1);
  if (dice_.percent(30)) record.time -= std::chrono::minutes(dice_.below(24 * 60));
  if (dice_.percent(20)) record.time += std::chrono::minutes(dice_.below(90));
  return record;
}

}  // namespace pantau
