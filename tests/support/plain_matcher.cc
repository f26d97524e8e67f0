#include "tests/support/plain_matcher.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "classifiers/base/check.h"
#include "classifiers/engine.h"

namespace pantau {

// A text and what was found in it. Nothing of it outlives the record.
struct PlainMatcher::Sight {
  explicit Sight(std::string_view original) : text(original), numbers(numbers_of(text)) {}

  PlainText text;
  PlainNumbers numbers;
  std::map<std::pair<std::size_t, std::uint32_t>, std::vector<PlainPlace>> places;
  std::map<std::pair<const Rule*, std::uint32_t>, std::vector<PlainPlace>> counting;
  std::map<std::pair<ContestIndex, CandidateIndex>, PlainMentions> mentions;
};

// One record and one rule that it is held against.
struct PlainMatcher::Act {
  const Record& record;
  const RosterLine& subject;
  Sight& sight;
  std::size_t pack;
  const Rule& rule;
};

namespace {

// CONTRACT.md §5. `account` is the record's, the rest the list's.
bool is_account(const Account& account, std::string_view id, std::string_view handle) {
  if (!account.id.empty() && !id.empty()) return account.id == id;
  const std::string key = plain_handle(account.handle);
  return !key.empty() && key == plain_handle(handle);
}

bool valid_on(const Validity& validity, Day day) {
  return validity.from <= day && day <= validity.to;
}

Stage plain_stage(const Contest& contest, Day day) {
  if (day < contest.determination) return Stage::Before;
  if (day < contest.campaign.first) return Stage::Determined;
  if (day == contest.voting) return Stage::Voting;
  if (day > contest.voting) return Stage::After;
  if (contest.quiet && day >= contest.quiet->first) return Stage::Quiet;
  return Stage::Campaign;
}

// Whether the target of the record is the account of this entry, at that time.
bool is_target(const PlainLists& lists, const Record& record, const CampaignEntry& entry) {
  const Day day = lists.contests[entry.contest].zone.day_of(record.time);
  return entry.platform == record.platform && valid_on(entry.validity, day) &&
         is_account(record.target, entry.account_id, entry.handle);
}

void sort_spans(std::vector<PlainSpan>& spans) {
  std::ranges::sort(spans, [](const PlainSpan& a, const PlainSpan& b) {
    return std::tie(a.bytes, a.name) < std::tie(b.bytes, b.name);
  });
  spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
}

// The first places of one name, as spans.
void add_spans(std::string_view name, const std::vector<PlainPlace>& places,
               std::vector<PlainSpan>& spans) {
  for (std::size_t i = 0; i < std::min(places.size(), kPlacesMax); i++) {
    spans.push_back({std::string(name), places[i].original});
  }
}

}  // namespace

PlainMatcher::PlainMatcher(const PlainLists& lists) : lists_(lists) {
  for (const RulePack& pack : lists.packs) {
    PackExpressions& expressions = expressions_.emplace_back();
    for (const Pattern& pattern : pack.patterns) {
      expressions.push_back(compile_expressions(pattern.expressions));
    }
  }
  for (const Contest& contest : lists.contests) {
    std::vector<PlainCandidate>& candidates = candidates_.emplace_back();
    for (const Candidate& candidate : contest.candidates) {
      candidates.push_back(plain_candidate(candidate));
    }
  }
}

std::optional<std::uint32_t> PlainMatcher::subject(const Record& record) const {
  for (std::uint32_t i = 0; i < lists_.roster.size(); i++) {
    const RosterLine& line = lists_.roster[i];
    if (line.platform != record.platform) continue;
    if (!is_account(record.actor, line.account_id, line.handle)) continue;
    if (valid_on(line.validity, lists_.zone.day_of(record.time))) return i;
  }
  return std::nullopt;
}

const std::vector<PlainPlace>& PlainMatcher::places(const Act& act, std::uint32_t pattern) const {
  const auto [found, is_new] = act.sight.places.try_emplace({act.pack, pattern});
  if (is_new) found->second = places_of(expressions_[act.pack][pattern], act.sight.text);
  return found->second;
}

const PlainMentions& PlainMatcher::mentions(const Act& act, ContestIndex contest,
                                            CandidateIndex candidate) const {
  const auto [found, is_new] = act.sight.mentions.try_emplace({contest, candidate});
  if (is_new) {
    found->second = mentions_of({lists_.contests, lists_.campaign, act.record, act.subject.region},
                                act.sight.text, act.sight.numbers,
                                {contest, candidate, candidates_[contest][candidate]});
  }
  return found->second;
}

// Whether a negation stands before a place: few words between, and no sentence ends there.
bool PlainMatcher::is_negated(const Act& act, const PlainPlace& place) const {
  const std::u32string& text = act.sight.text.plain_characters;
  for (const std::uint32_t pattern : act.rule.negated_by) {
    for (const PlainPlace& negation : places(act, pattern)) {
      if (negation.plain.end > place.plain.start) continue;
      std::uint32_t words = 0;
      bool sentence_ends = false;
      for (std::uint32_t at = negation.plain.end; at < place.plain.start; at++) {
        const bool first = at == negation.plain.end || !is_plain_word(text[at - 1]);
        if (first && is_plain_word(text[at])) words++;
        if (text[at] == U'.' || text[at] == U'!' || text[at] == U'?') sentence_ends = true;
        if (sentence_ends || words > act.rule.negation_words_max) break;
      }
      if (!sentence_ends && words <= act.rule.negation_words_max) return true;
    }
  }
  return false;
}

// The places of a pattern in `any` that count.
const std::vector<PlainPlace>& PlainMatcher::counting_places(const Act& act,
                                                             std::uint32_t pattern) const {
  const auto [found, is_new] = act.sight.counting.try_emplace({&act.rule, pattern});
  if (!is_new) return found->second;
  for (const PlainPlace& place : places(act, pattern)) {
    if (!is_negated(act, place)) found->second.push_back(place);
  }
  return found->second;
}

bool PlainMatcher::patterns_hold(const Act& act) const {
  const auto holds = [&](std::uint32_t pattern) { return !places(act, pattern).empty(); };
  const auto counts = [&](std::uint32_t pattern) { return !counting_places(act, pattern).empty(); };
  return std::ranges::all_of(act.rule.all, holds) && std::ranges::none_of(act.rule.none, holds) &&
         (act.rule.any.empty() || std::ranges::any_of(act.rule.any, counts));
}

bool PlainMatcher::is_near(const Act& act, const std::vector<PlainPlace>& mentions) const {
  if (!act.rule.near_chars_max) return true;
  for (const std::uint32_t pattern : act.rule.any) {
    for (const PlainPlace& place : counting_places(act, pattern)) {
      for (const PlainPlace& mention : mentions) {
        const bool overlaps =
            place.plain.start < mention.plain.end && place.plain.end > mention.plain.start;
        const bool is_behind = place.plain.start >= mention.plain.end;
        const NearSide side = act.rule.near_side;
        if (!overlaps && side == NearSide::Before && is_behind) continue;
        if (!overlaps && side == NearSide::After && !is_behind) continue;
        if (characters_between(place.plain, mention.plain) <= *act.rule.near_chars_max) return true;
      }
    }
  }
  return false;
}

std::vector<PlainSpan> PlainMatcher::pattern_spans(const Act& act) const {
  std::vector<PlainSpan> spans;
  const RulePack& pack = lists_.packs[act.pack];
  for (const std::uint32_t pattern : act.rule.all) {
    add_spans(pack.patterns[pattern].name, places(act, pattern), spans);
  }
  for (const std::uint32_t pattern : act.rule.any) {
    add_spans(pack.patterns[pattern].name, counting_places(act, pattern), spans);
  }
  return spans;
}

// Whether the text names more candidates of the contest than the rule bears.
bool PlainMatcher::has_too_many_rivals(const Act& act, ContestIndex contest,
                                       CandidateIndex candidate) const {
  if (!act.rule.rivals_max) return false;
  std::size_t rivals = 0;
  for (CandidateIndex i = 0; i < lists_.contests[contest].candidates.size(); i++) {
    if (i == candidate) continue;
    const std::bitset<kMentionKinds> all = std::bitset<kMentionKinds>().set();
    if (!of_kinds(mentions(act, contest, i), all).empty()) rivals++;
  }
  return rivals > *act.rule.rivals_max;
}

// What both kinds of link have in common; nothing if the rule does not look at
// the contest's stage or day, or at a text that names so many.
std::optional<PlainMatch> PlainMatcher::match(const Act& act, ContestIndex contest_index,
                                              CandidateIndex candidate) const {
  const Contest& contest = lists_.contests[contest_index];
  const Stage stage = plain_stage(contest, contest.zone.day_of(act.record.time));
  if (!act.rule.stages.test(static_cast<std::size_t>(stage))) return std::nullopt;
  if (!valid_on(lists_.packs[act.pack].validity, contest.zone.day_of(act.record.time))) {
    return std::nullopt;
  }
  if (has_too_many_rivals(act, contest_index, candidate)) return std::nullopt;
  PlainMatch match;
  match.rule = act.rule.id;
  match.pack = lists_.packs[act.pack].id + "@" + lists_.packs[act.pack].version;
  match.contest = contest.id;
  if (candidate != kNoCandidate) match.candidate = contest.candidates[candidate].id;
  match.stage = stage;
  match.breach = stage == Stage::Before ? "ethics" : "discipline";
  match.proposes = stage == Stage::Before ? act.rule.proposes_ethics : act.rule.proposes_discipline;
  match.spans = pattern_spans(act);
  return match;
}

std::optional<PlainMatch> PlainMatcher::target_match(const Act& act, ContestIndex contest,
                                                     CandidateIndex candidate) const {
  if (act.rule.link == LinkKind::Mention) return std::nullopt;
  for (const CampaignEntry& entry : lists_.campaign) {
    if (entry.contest != contest || entry.candidate != candidate) continue;
    if (!act.rule.target_types.test(static_cast<std::size_t>(entry.type))) continue;
    if (!is_target(lists_, act.record, entry)) continue;
    std::optional<PlainMatch> found = match(act, contest, candidate);
    if (!found) return std::nullopt;
    found->via = Via::Target;
    found->account_type = entry.type;
    sort_spans(found->spans);
    return found;
  }
  return std::nullopt;
}

std::optional<PlainMatch> PlainMatcher::mention_match(const Act& act, ContestIndex contest,
                                                      CandidateIndex candidate) const {
  if (act.rule.link == LinkKind::Target || candidate == kNoCandidate) return std::nullopt;
  const PlainMentions& named = mentions(act, contest, candidate);
  const std::vector<PlainPlace> seen = of_kinds(named, act.rule.mention_kinds);
  if (seen.empty() || !is_near(act, seen)) return std::nullopt;
  if (act.rule.needs_slogan && named.slogans.empty()) return std::nullopt;
  std::optional<PlainMatch> found = match(act, contest, candidate);
  if (!found) return std::nullopt;
  found->via = Via::Mention;
  add_spans(kMentionSpan, seen, found->spans);
  add_spans(kSloganSpan, named.slogans, found->spans);
  sort_spans(found->spans);
  return found;
}

std::optional<PlainFlag> PlainMatcher::flag(const Record& record) const {
  const std::optional<std::uint32_t> found_subject = subject(record);
  if (!found_subject) return std::nullopt;
  const RosterLine& line = lists_.roster[*found_subject];
  PlainFlag flag{line.subject_id, line.category, line.region, line.ownership, Level::Info, {}};
  Sight sight(record.text);
  for (std::size_t pack = 0; pack < lists_.packs.size(); pack++) {
    for (const Rule& rule : lists_.packs[pack].rules) {
      const Act act{record, line, sight, pack, rule};
      if (!rule.kinds.test(static_cast<std::size_t>(record.kind)) || !patterns_hold(act)) continue;
      const std::size_t matches_before = flag.matches.size();
      for (ContestIndex contest = 0; contest < lists_.contests.size(); contest++) {
        const auto candidates =
            static_cast<CandidateIndex>(lists_.contests[contest].candidates.size());
        for (CandidateIndex i = 0; i <= candidates; i++) {
          const CandidateIndex candidate = i < candidates ? i : kNoCandidate;
          for (auto& found :
               {target_match(act, contest, candidate), mention_match(act, contest, candidate)}) {
            if (found) flag.matches.push_back(*found);
          }
        }
      }
      if (flag.matches.size() > matches_before) flag.level = std::max(flag.level, rule.level);
    }
  }
  if (flag.matches.empty()) return std::nullopt;
  return flag;
}

}  // namespace pantau
