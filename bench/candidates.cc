#include "bench/candidates.h"

#include "bench/vocabulary.h"

namespace pantau::bench {
namespace {

constexpr std::array<std::string_view, 3> kZones = {"Asia/Jakarta", "Asia/Makassar",
                                                    "Asia/Jayapura"};
constexpr std::array<std::string_view, 10> kTypes = {
    "registered", "registered", "campaign_team", "campaign_team", "supporter",
    "supporter",  "party",      "personal",      "institution",   "media"};
constexpr std::array<std::string_view, 12> kSloganHeads = {
    "maju bersama", "bangkit",  "kerja nyata", "satu hati", "harapan baru", "berani berubah",
    "sejahtera",    "bergerak", "cerdas",      "amanah",    "guyub",        "menata"};
constexpr std::string_view kCalendar =
    "registration = 2024-08-27\ndetermination = 2024-09-22\nnumber_draw = 2024-09-23\n"
    "campaign = [2024-09-25, 2024-11-23]\nquiet = [2024-11-24, 2024-11-26]\n"
    "voting = 2024-11-27\nend = 2024-12-16\n";

std::string person(Dice& dice, std::string& surname) {
  const std::string given = capitalised(Vocabulary::get().given_name(dice));
  surname = capitalised(Vocabulary::surname(dice));
  return given + ' ' + surname;
}

void append_texts(std::string& toml, std::string_view key, const std::vector<std::string>& texts) {
  toml.append(key).append(" = [");
  for (std::size_t i = 0; i < texts.size(); i++) {
    toml.append(i == 0 ? "\"" : ", \"").append(texts[i]).append(1, '"');
  }
  toml += "]\n";
}

}  // namespace

Candidates::Candidates(std::uint64_t seed, const Size& size) : seed_(seed) {
  for (std::uint64_t i = 0; i < size.contests; i++) {
    const std::uint64_t before = size.pairs * i / size.contests;
    add_contest(i, size.pairs * (i + 1) / size.contests - before);
  }
  for (std::uint64_t i = 0; i < size.accounts; i++) add_account(i);
}

void Candidates::add_contest(std::uint64_t number, std::uint64_t pairs) {
  MadeContest contest;
  if (number < kProvinces) {
    contest.type = "pilgub";
    append_number(contest.region, number + 1, 2);
  } else {
    contest.type = number % 5 == 0 ? "pilwali" : "pilbup";
    append_regency(contest.region, number - kProvinces);
  }
  contest.id = contest.type + '-' + contest.region + "-2024";
  contest.zone = kZones[number % kZones.size()];
  for (std::uint64_t pair = 1; pair <= pairs; pair++) {
    Dice dice(seed_, 'c', number * 64 + pair);
    MadeCandidate candidate;
    candidate.contest = contests_.size();
    candidate.number = pair;
    std::string first;
    std::string second;
    candidate.names = {person(dice, first), person(dice, second)};
    candidate.names.push_back(first + '-' + second);
    candidate.hashtag = first + second;
    candidate.slogan = capitalised(dice.one_of(kSloganHeads));
    candidate.slogan.append(1, ' ').append(Vocabulary::get().content_word(dice));
    contest.candidates.push_back(candidates_.size());
    candidates_.push_back(std::move(candidate));
  }
  contests_.push_back(std::move(contest));
}

void Candidates::add_account(std::uint64_t number) {
  Dice dice(seed_, 'k', number);
  MadeCampaignAccount account;
  account.number = number;
  account.type = dice.one_of(kTypes);
  account.candidate = dice.below(candidates_.size());
  account.contest = candidates_[account.candidate].contest;
  if (account.type == "party" || dice.per_mille(30)) account.candidate = kWholeContest;
  by_platform_[AccountMaker(seed_).platform_of(Circle::Campaign, number)].push_back(
      accounts_.size());
  accounts_.push_back(std::move(account));
}

std::string Candidates::contests_toml() const {
  std::string toml;
  for (const MadeContest& contest : contests_) {
    toml.append("[[contest]]\nid = \"").append(contest.id);
    toml.append("\"\ntype = \"").append(contest.type);
    toml.append("\"\nregion = \"").append(contest.region);
    toml.append("\"\ntimezone = \"").append(contest.zone).append("\"\n").append(kCalendar);
    for (const std::size_t position : contest.candidates) {
      const MadeCandidate& candidate = candidates_[position];
      toml += "\n[[contest.candidate]]\nid = \"";
      append_number(toml, candidate.number);
      toml += "\"\nnumber = ";
      append_number(toml, candidate.number);
      toml += '\n';
      append_texts(toml, "names", candidate.names);
      append_texts(toml, "hashtags", {candidate.hashtag});
      append_texts(toml, "slogans", {candidate.slogan});
    }
    toml += '\n';
  }
  return toml;
}

std::string Candidates::campaign_csv() const {
  const AccountMaker maker(seed_);
  MadeAccount made;
  std::string csv =
      "contest_id,candidate_id,platform,account_id,handle,account_type,valid_from,valid_to\n";
  for (const MadeCampaignAccount& account : accounts_) {
    maker.make(Circle::Campaign, account.number, made);
    csv.append(contests_[account.contest].id).append(1, ',');
    if (account.candidate != kWholeContest) {
      append_number(csv, candidates_[account.candidate].number);
    }
    csv.append(1, ',').append(kPlatforms[made.platform]).append(1, ',');
    Dice dice(seed_, 'l', account.number);
    const bool has_id = dice.per_mille(800);
    if (has_id) csv += made.id;
    csv.append(1, ',').append(made.handle).append(1, ',').append(account.type).append(1, ',');
    if (dice.per_mille(500)) csv += "2024-08-01";
    csv += dice.per_mille(100) ? ",2024-11-23\n" : ",\n";
  }
  return csv;
}

}  // namespace pantau::bench
