#include "bench/texts.h"

#include <algorithm>

#include "bench/vocabulary.h"

namespace pantau::bench {
namespace {

constexpr std::array<std::string_view, 12> kEmoji = {
    "\U0001F602",           "\U0001F64F", "\u2764\uFE0F",  "\U0001F44D",           "\U0001F525",
    "\U0001F1EE\U0001F1E9", "\U0001F60A", "2\uFE0F\u20E3", "\U0001F44F\U0001F3FD", "\u2728",
    "\U0001F62D",           "\U0001F339"};
constexpr std::array<std::string_view, 10> kAsides = {
    "wkwkwk", "nomor urut 2", "\"katanya\"", "siaaaap",    "Caf\u00E9 D\u2019Kampung",
    "c0ba",   "m4ntap",       "K E R E N",   "Rp15.000,-", "\u201CAlhamdulillah\u201D"};

// About one text in five has something that is not plain small letters.
void append_aside(Dice& dice, std::string& text) {
  const std::uint64_t draw = dice.below(100);
  if (draw < 45) {
    text += dice.one_of(kEmoji);
  } else if (draw < 65) {
    text += dice.one_of(kAsides);
  } else if (draw < 80) {
    text.append(1, '#').append(Vocabulary::get().word(dice));
    text += Vocabulary::get().content_word(dice);
  } else if (draw < 92) {
    text.append(1, '@').append(Vocabulary::get().given_name(dice));
    append_number(text, dice.below(9999));
  } else if (draw < 97) {
    text += "https://contoh.example/b/";
    append_number(text, dice.below(99'999'999));
  } else {
    text += '\n';
  }
}

}  // namespace

TextMaker::TextMaker(std::uint64_t seed, const Candidates& candidates, std::uint64_t patterns)
    : candidates_(candidates), accounts_(seed) {
  for (std::uint64_t i = 0; i < patterns; i++) samples_.push_back(make_pattern(seed, i).sample);
}

void TextMaker::append(Dice& dice, std::size_t platform, const TextWish& wish, std::string& text) {
  const Vocabulary& vocabulary = Vocabulary::get();
  const std::uint64_t aside_at = dice.per_mille(220) ? dice.below(wish.words) : wish.words;
  const std::uint64_t mention_at = wish.mention ? dice.below(wish.words) : wish.words;
  const std::uint64_t sample_at = wish.pattern ? dice.below(wish.words) : wish.words;
  const bool loud = dice.per_mille(15);
  const std::size_t begin = text.size();
  bool begins_sentence = dice.per_mille(600);
  for (std::uint64_t i = 0; i < wish.words; i++) {
    if (i > 0) text += ' ';
    const std::size_t at = text.size();
    if (i == mention_at) {
      append_mention(dice, platform, text);
      text += ' ';
    }
    if (i == sample_at) {
      append_sample(dice, text);
      text += ' ';
    }
    if (i == aside_at) {
      append_aside(dice, text);
      text += ' ';
    }
    text += vocabulary.word(dice);
    char& first = text[at];
    if (begins_sentence && first >= 'a' && first <= 'z') first = static_cast<char>(first - 32);
    begins_sentence = false;
    const std::uint64_t behind = dice.below(100);
    if (behind < 6) {
      text += ',';
    } else if (behind < 12) {
      text += behind == 6 ? '!' : '.';
      begins_sentence = true;
    }
  }
  if (!loud || wish.mention) return;
  for (std::size_t i = begin; i < text.size(); i++) {
    if (text[i] >= 'a' && text[i] <= 'z') text[i] = static_cast<char>(text[i] - 32);
  }
}

void TextMaker::append_mention(Dice& dice, std::size_t platform, std::string& text) {
  const std::uint64_t draw = dice.below(100);
  const std::vector<std::size_t>& accounts = candidates_.accounts_on(platform);
  if (draw < 20 && !accounts.empty()) {
    // An account of a whole contest names no candidate; the next one will.
    std::uint64_t tries = 8;
    std::size_t account = dice.one_of(accounts);
    while (candidates_.accounts()[account].candidate == kWholeContest && --tries > 0) {
      account = dice.one_of(accounts);
    }
    accounts_.make(Circle::Campaign, candidates_.accounts()[account].number, account_);
    text.append(1, '@').append(account_.handle);
    return;
  }
  const MadeCandidate& candidate = dice.one_of(candidates_.candidates());
  if (draw < 45) {
    text.append(1, '#').append(candidate.hashtag);
    if (dice.per_mille(300)) text += "Menang";
  } else {
    text += dice.one_of(candidate.names);
    if (dice.per_mille(100)) text.append(1, ' ').append(candidate.slogan);
  }
}

// The first patterns are chosen oftener, so that a pack of any size has its share.
void TextMaker::append_sample(Dice& dice, std::string& text) {
  constexpr std::array<std::uint64_t, 4> kScales = {10, 100, 1000, 10'000};
  const std::uint64_t scale = std::min<std::uint64_t>(dice.one_of(kScales), samples_.size());
  text += samples_[dice.below(scale)];
}

}  // namespace pantau::bench
