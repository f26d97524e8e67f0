#include "bench/records.h"

#include <algorithm>

namespace pantau::bench {
namespace {

constexpr std::array<std::string_view, 7> kMixNames = {"national", "timeline", "storm", "likes",
                                                       "foreign",  "crowd",    "wall"};

constexpr std::uint64_t kStrangers = 40'000'000;

// From 1 August 2024, 127 days; longer than any campaign.
constexpr std::array<std::uint64_t, 5> kMonthDays = {31, 30, 31, 30, 5};
constexpr std::uint64_t kSeconds = 127 * 86'400;

void append_time(std::uint64_t second, std::string& text) {
  std::uint64_t day = second / 86'400;
  std::uint64_t month = 8;
  while (day >= kMonthDays[month - 8]) day -= kMonthDays[month++ - 8];
  text += "2024-";
  append_number(text, month, 2);
  text += '-';
  append_number(text, day + 1, 2);
  text += 'T';
  append_number(text, second / 3600 % 24, 2);
  text += ':';
  append_number(text, second / 60 % 60, 2);
  text += ':';
  append_number(text, second % 60, 2);
}

void make_digits(Dice& dice, std::string& id) {
  id = "99";
  append_number(id, dice.next() % 1'000'000'000'000'000, 15);
}

}  // namespace

std::string_view name_of(Mix mix) {
  return kMixNames[static_cast<std::size_t>(mix)];
}

std::optional<Mix> mix_named(std::string_view name) {
  const auto found = std::ranges::find(kMixNames, name);
  if (found == kMixNames.end()) return std::nullopt;
  return static_cast<Mix>(found - kMixNames.begin());
}

RecordMaker::RecordMaker(const RecordsShape& shape, const Candidates& candidates)
    : shape_(shape),
      candidates_(candidates),
      accounts_(shape.seed),
      texts_(shape.seed, candidates, shape.patterns) {}

void RecordMaker::append(std::uint64_t number, std::string& lines) {
  Dice dice(shape_.seed, 'A' + static_cast<std::uint64_t>(shape_.mix), number);
  make_act(dice, number);
  const bool foreign =
      shape_.mix == Mix::Foreign || (shape_.mix != Mix::Likes && dice.per_mille(20));
  if (foreign) {
    append_foreign_line(act_, dice.below(kForeignWriters), lines);
  } else {
    append_own_line(act_, lines);
  }
}

bool RecordMaker::everybody_is_rostered() const {
  return shape_.mix != Mix::National && shape_.mix != Mix::Foreign && shape_.mix != Mix::Crowd;
}

bool RecordMaker::draw_campaign_target(Dice& dice) const {
  return dice.per_mille(on_campaign_pages() ? 1000 : 10);
}

void RecordMaker::make_act(Dice& dice, std::uint64_t number) {
  const bool rostered = everybody_is_rostered() || dice.per_mille(30);
  accounts_.make(rostered ? Circle::Roster : Circle::Stranger,
                 (dice.next() >> 16) % (rostered ? shape_.roster : kStrangers), act_.actor);
  std::uint64_t draw = dice.below(100);
  if (shape_.mix == Mix::Likes) draw = 50 + draw / 2;
  act_.text.clear();
  act_.has_id = draw < 50;
  act_.has_target = draw >= 15 || on_campaign_pages();
  act_.has_object = act_.has_target && draw < 90;
  if (act_.has_id) make_digits(dice, act_.id);
  if (act_.has_object) make_digits(dice, act_.object_id);
  make_times(dice, number);
  if (draw < 15) {
    act_.kind = act_.has_target ? "comment" : "post";
    make_text(dice, 9, 46);
  } else if (draw < 40) {
    act_.kind = "comment";
    make_text(dice, 4, 20);
  } else if (draw < 50) {
    act_.kind = "share";
    if (dice.per_mille(400)) make_text(dice, 4, 20);
  } else {
    act_.kind = draw < 90 ? "like" : "follow";
    if (draw >= 90 || dice.per_mille(700)) act_.created_at.clear();
    make_target(dice, draw_campaign_target(dice));
  }
  act_.url.clear();
  if (act_.has_id) make_url(dice);
}

// Also chooses the target, because a text that must be flagged needs a tie to a candidate.
void RecordMaker::make_text(Dice& dice, std::uint64_t words_min, std::uint64_t words_max) {
  TextWish wish;
  wish.words = dice.between(words_min, words_max);
  bool of_campaign = act_.has_target && draw_campaign_target(dice);
  if (shape_.mix == Mix::Storm && dice.per_mille(200)) {
    wish.pattern = true;
    of_campaign = act_.has_target && dice.per_mille(400);
    wish.mention = !of_campaign;
  } else {
    wish.mention = dice.per_mille(5);
    const bool is_telling = wish.mention || (of_campaign && !on_campaign_pages());
    wish.pattern = dice.per_mille(is_telling ? 100 : 15);
  }
  if (act_.has_target) make_target(dice, of_campaign);
  texts_.append(dice, act_.actor.platform, wish, act_.text);
}

void RecordMaker::make_target(Dice& dice, bool of_campaign) {
  const std::vector<std::size_t>& campaign = candidates_.accounts_on(act_.actor.platform);
  if (of_campaign && !campaign.empty()) {
    const std::size_t account = dice.one_of(campaign);
    return accounts_.make(Circle::Campaign, candidates_.accounts()[account].number, act_.target);
  }
  const std::size_t platform = act_.actor.platform;
  if (dice.per_mille(920)) {
    return accounts_.make_stranger_on(platform, (dice.next() >> 16) % kStrangers, act_.target);
  }
  const std::uint64_t number = (dice.next() >> 16) % shape_.roster;
  accounts_.make(Circle::Roster, accounts_.on_platform(Circle::Roster, number, platform),
                 act_.target);
}

// An archive is in the order of its time, more or less.
void RecordMaker::make_times(Dice& dice, std::uint64_t number) {
  const std::uint64_t second =
      std::min(kSeconds - 1, number * (kSeconds - 3600) / shape_.records + dice.below(3600));
  act_.created_at.clear();
  append_time(second, act_.created_at);
  const std::uint64_t draw = dice.below(10);
  act_.created_at += draw < 5 ? ".000Z" : draw < 8 ? "+08:00" : "Z";
  act_.observed_at.clear();
  append_time(std::min(kSeconds - 1, second + dice.below(86'400)), act_.observed_at);
  act_.observed_at += ".000Z";
}

void RecordMaker::make_url(Dice& dice) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  act_.url = "https://";
  act_.url.append(kPlatforms[act_.actor.platform]).append(".example/status/");
  std::uint64_t bits = dice.next();
  for (int i = 0; i < 10; i++, bits >>= 6) act_.url += kLetters[bits & 63];
  act_.url.append("/c/").append(act_.id);
}

}  // namespace pantau::bench
