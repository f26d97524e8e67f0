#include "tests/support/plain_mentions.h"

#include <algorithm>
#include <string>

namespace pantau {
namespace {

bool word_before(const std::u32string& text, std::size_t at) {
  return at > 0 && is_plain_word(text[at - 1]);
}

bool word_at(const std::u32string& text, std::size_t at) {
  return at < text.size() && is_plain_word(text[at]);
}

PlainRange range_of(std::size_t start, std::size_t end) {
  return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
}

// Blanks and hyphens are alike between the parts of a name.
bool joins_names(char32_t c) {
  return c == U' ' || c == U'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

PlainName parts_of(std::string_view name) {
  PlainName parts;
  std::u32string part;
  for (const char32_t c : to_characters(plain_view(name)) + U" ") {
    if (!joins_names(c)) {
      part += c;
    } else if (!part.empty()) {
      parts.push_back(part);
      part.clear();
    }
  }
  return parts;
}

// Where the name ends that begins at `at`; `at` itself if none does.
std::size_t name_end(const std::u32string& text, const PlainName& parts, std::size_t at) {
  std::size_t end = at;
  for (std::size_t i = 0; i < parts.size(); i++) {
    std::size_t joining = 0;
    while (i > 0 && end + joining < text.size() && joins_names(text[end + joining])) joining++;
    if (i > 0 && (joining < 1 || joining > 3)) return at;
    end += joining;
    if (text.compare(end, parts[i].size(), parts[i]) != 0) return at;
    end += parts[i].size();
  }
  return end;
}

bool is_handle_character(char32_t c) {
  return is_plain_letter(c) || is_plain_digit(c) || c == U'.' || c == U'_' || c == U'-';
}

// Where the handle ends whose '@' is at `at`.
std::size_t handle_end(const std::u32string& text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && is_handle_character(text[end])) end++;
  const bool names_a_host = end + 1 < text.size() && text[end] == U'@' && end > at + 1 &&
                            is_handle_character(text[end + 1]);
  if (names_a_host) {
    end++;
    while (end < text.size() && is_handle_character(text[end])) end++;
  }
  while (end > at + 1 && (text[end - 1] == U'.' || text[end - 1] == U'-')) end--;
  return end;
}

}  // namespace

PlainCandidate plain_candidate(const Candidate& candidate) {
  PlainCandidate plain;
  for (const std::string& name : candidate.names) plain.names.push_back(parts_of(name));
  for (const std::string& slogan : candidate.slogans) plain.slogans.push_back(parts_of(slogan));
  for (const std::string& hashtag : candidate.hashtags) {
    std::u32string word = to_characters(plain_view(hashtag));
    if (word.starts_with(U'#')) word.erase(0, 1);
    plain.hashtags.push_back(word);
  }
  return plain;
}

std::vector<PlainRange> find_name(const std::u32string& text, const PlainName& name) {
  std::vector<PlainRange> ranges;
  for (std::size_t at = 0; at < text.size(); at++) {
    const std::size_t end = name_end(text, name, at);
    if (end == at || word_before(text, at) || word_at(text, end)) continue;
    ranges.push_back(range_of(at, end));
  }
  return ranges;
}

std::vector<PlainRange> find_hashtag(const std::u32string& text, const std::u32string& hashtag) {
  std::vector<PlainRange> ranges;
  if (hashtag.empty()) return ranges;
  for (std::size_t at = 0; at < text.size(); at++) {
    if (text[at] != U'#') continue;
    std::size_t end = at + 1;
    while (word_at(text, end)) end++;
    const std::u32string word = text.substr(at + 1, end - at - 1);
    if (word.find(hashtag) != std::u32string::npos) ranges.push_back(range_of(at, end));
  }
  return ranges;
}

std::vector<PlainRange> find_handle(const std::u32string& text, std::string_view handle) {
  const std::string wanted = plain_handle(handle);
  std::vector<PlainRange> ranges;
  if (wanted.empty()) return ranges;
  for (std::size_t at = 0; at < text.size(); at++) {
    if (text[at] != U'@' || word_before(text, at)) continue;
    const std::size_t end = handle_end(text, at);
    const std::u32string found = text.substr(at + 1, end - at - 1);
    if (std::ranges::equal(found, wanted,
                           [](char32_t a, char b) { return a == static_cast<unsigned char>(b); })) {
      ranges.push_back(range_of(at, end));
    }
  }
  return ranges;
}

std::string plain_handle(std::string_view handle) {
  if (handle.starts_with('@')) handle.remove_prefix(1);
  std::string key(handle);
  for (char& c : key) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return key;
}

bool plainly_lies_in(std::string_view region, std::string_view area) {
  return area.empty() || region == area || region.starts_with(std::string(area) + ".");
}

namespace {

bool valid_on(const Validity& validity, Day day) {
  return validity.from <= day && day <= validity.to;
}

bool numbers_count(const PlainQuestion& question, const Contest& contest) {
  return contest.number_draw && contest.zone.day_of(question.record.time) >= *contest.number_draw &&
         plainly_lies_in(question.subject_region, contest.region);
}

// A view and the number phrases in it.
struct NumberedView {
  const std::u32string& text;
  const std::vector<PlainNumber>& numbers;
};

// The mentions of one candidate in one view, by kind.
using RangesByKind = std::array<std::vector<PlainRange>, kMentionKinds>;

std::vector<PlainRange>& of_kind(RangesByKind& ranges, MentionKind kind) {
  return ranges[static_cast<std::size_t>(kind)];
}

RangesByKind named_in(const PlainQuestion& question, const NumberedView& view,
                      const PlainWho& who) {
  RangesByKind ranges;
  for (const PlainName& name : who.names.names) {
    for (const PlainRange range : find_name(view.text, name)) {
      of_kind(ranges, MentionKind::Name).push_back(range);
    }
  }
  for (const std::u32string& hashtag : who.names.hashtags) {
    for (const PlainRange range : find_hashtag(view.text, hashtag)) {
      of_kind(ranges, MentionKind::Hashtag).push_back(range);
    }
  }
  const Contest& contest = question.contests[who.contest];
  const std::optional<std::uint32_t> number = contest.candidates[who.candidate].number;
  if (!number || !numbers_count(question, contest)) return ranges;
  for (const PlainNumber& phrase : view.numbers) {
    if (phrase.number == *number) of_kind(ranges, MentionKind::Number).push_back(phrase.range);
  }
  return ranges;
}

std::vector<PlainRange> slogans_in(const std::u32string& text, const PlainCandidate& names) {
  std::vector<PlainRange> ranges;
  for (const PlainName& slogan : names.slogans) {
    for (const PlainRange range : find_name(text, slogan)) ranges.push_back(range);
  }
  return ranges;
}

// `plain` and, of `undisguised`, what overlaps nothing of `all_plain`.
std::vector<PlainPlace> of_both_views(const PlainText& text, const std::vector<PlainRange>& plain,
                                      const std::vector<PlainRange>& undisguised,
                                      const std::vector<PlainRange>& all_plain) {
  std::vector<PlainPlace> places;
  for (const PlainRange range : plain) places.push_back(place_in_plain(text, range));
  for (const PlainRange range : undisguised) {
    const PlainPlace place = place_in_undisguised(text, range);
    const bool seen = std::ranges::any_of(
        all_plain, [&](PlainRange other) { return overlap(other, place.plain); });
    if (!seen) places.push_back(place);
  }
  sort_places(places);
  return places;
}

std::vector<PlainRange> handles_in(const PlainQuestion& question, const std::u32string& text,
                                   const PlainWho& who) {
  const Day day = question.contests[who.contest].zone.day_of(question.record.time);
  std::vector<PlainRange> ranges;
  for (const CampaignEntry& entry : question.campaign) {
    if (entry.contest != who.contest || entry.candidate != who.candidate) continue;
    if (entry.platform != question.record.platform || !valid_on(entry.validity, day)) continue;
    for (const PlainRange range : find_handle(text, entry.handle)) ranges.push_back(range);
  }
  return ranges;
}

}  // namespace

PlainNumbers numbers_of(const PlainText& text) {
  PlainNumbers numbers;
  numbers.plain = find_numbers(text.plain_characters);
  if (text.is_disguised) numbers.undisguised = find_numbers(text.undisguised_characters);
  return numbers;
}

PlainMentions mentions_of(const PlainQuestion& question, const PlainText& text,
                          const PlainNumbers& numbers, const PlainWho& who) {
  RangesByKind plain = named_in(question, {text.plain_characters, numbers.plain}, who);
  of_kind(plain, MentionKind::Handle) = handles_in(question, text.plain_characters, who);
  std::vector<PlainRange> all_plain;
  for (const std::vector<PlainRange>& ranges : plain) {
    all_plain.insert(all_plain.end(), ranges.begin(), ranges.end());
  }
  RangesByKind undisguised;
  std::vector<PlainRange> undisguised_slogans;
  if (text.is_disguised) {
    undisguised = named_in(question, {text.undisguised_characters, numbers.undisguised}, who);
    undisguised_slogans = slogans_in(text.undisguised_characters, who.names);
  }
  PlainMentions found;
  for (std::size_t kind = 0; kind < kMentionKinds; kind++) {
    found.mentions[kind] = of_both_views(text, plain[kind], undisguised[kind], all_plain);
  }
  const std::vector<PlainRange> plain_slogans = slogans_in(text.plain_characters, who.names);
  found.slogans = of_both_views(text, plain_slogans, undisguised_slogans, plain_slogans);
  return found;
}

std::vector<PlainPlace> of_kinds(const PlainMentions& mentions, std::bitset<kMentionKinds> kinds) {
  std::vector<PlainPlace> places;
  for (std::size_t kind = 0; kind < kMentionKinds; kind++) {
    if (!kinds.test(kind)) continue;
    const std::vector<PlainPlace>& own = mentions.mentions[kind];
    places.insert(places.end(), own.begin(), own.end());
  }
  sort_places(places);
  return places;
}

}  // namespace pantau
