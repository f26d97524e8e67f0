#include "classifiers/contests/mentions.h"

#include <algorithm>
#include <tuple>

#include "classifiers/contests/ballot_index.h"
#include "classifiers/contests/handle_index.h"
#include "classifiers/contests/hashtag_index.h"
#include "classifiers/contests/name_index.h"
#include "classifiers/contests/number_phrases.h"
#include "classifiers/contests/runs.h"
#include "classifiers/text/words.h"

namespace pantau {
namespace {

// A candidate of a contest, or its slogan.
struct Owner {
  ContestIndex contest = 0;
  CandidateIndex candidate = 0;
  bool slogan = false;
};

ByteRange range_of(std::size_t start, std::size_t end) {
  return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
}

auto owner_of(const Mention& mention) {
  return std::tuple(mention.contest, mention.candidate, mention.slogan);
}

auto order_of(const Mention& mention) {
  return std::tuple(mention.contest, mention.candidate, mention.slogan, mention.plain.start,
                    mention.plain.end, mention.kind);
}

void sort_and_drop_doubles(std::vector<Mention>& mentions) {
  std::ranges::sort(mentions, {}, order_of);
  const auto doubles =
      std::unique(mentions.begin(), mentions.end(),
                  [](const Mention& a, const Mention& b) { return order_of(a) == order_of(b); });
  mentions.erase(doubles, mentions.end());
}

std::uint32_t longest(const std::vector<Mention>& mentions) {
  std::uint32_t length = 0;
  for (const Mention& mention : mentions) {
    length = std::max(length, mention.plain.end - mention.plain.start);
  }
  return length;
}

// Whether one of the sorted `mentions`, none longer than `length_max`, overlaps another one
// of the same owner. Looks only at those that begin near enough, so that a text full of
// names does not cost the square of their number.
bool overlaps_one(std::span<const Mention> mentions, std::uint32_t length_max,
                  const Mention& other) {
  Mention from = other;
  from.plain.start = other.plain.start > length_max ? other.plain.start - length_max : 0;
  from.plain.end = 0;
  for (auto near = std::ranges::lower_bound(mentions, order_of(from), {}, order_of);
       near != mentions.end() && owner_of(*near) == owner_of(other) &&
       near->plain.start < other.plain.end;
       near++) {
    if (near->plain.end > other.plain.start) return true;
  }
  return false;
}

// Slogans stay only beside a mention of their candidate. `mentions` are sorted, so it stands
// before them.
void drop_lone_slogans(std::vector<Mention>& mentions) {
  const Mention* named = nullptr;
  auto kept = mentions.begin();
  for (const Mention& mention : mentions) {
    const bool stays = !mention.slogan || (named != nullptr && named->contest == mention.contest &&
                                           named->candidate == mention.candidate);
    if (!stays) continue;
    *kept = mention;
    if (!mention.slogan) named = &*kept;
    kept++;
  }
  mentions.erase(kept, mentions.end());
}

// All that is searched for, by its owner: a position in `owners`.
struct Lists {
  explicit Lists(const ContestList& contests);
  void add(ContestIndex index, const Contest& contest);

  std::vector<Owner> owners;
  std::vector<std::size_t> first_owners;  // of each contest
  std::vector<OwnedName> names;
  std::vector<OwnedHashtag> hashtags;
  BallotIndex numbers;
};

Lists::Lists(const ContestList& contests) {
  for (ContestIndex i = 0; i < contests.size(); i++) add(i, contests[i]);
}

void Lists::add(ContestIndex index, const Contest& contest) {
  first_owners.push_back(owners.size());
  for (CandidateIndex i = 0; i < contest.candidates.size(); i++) {
    const Candidate& candidate = contest.candidates[i];
    const auto owner = static_cast<std::uint32_t>(owners.size());
    owners.push_back({index, i, false});
    owners.push_back({index, i, true});
    for (const std::string& name : candidate.names) names.push_back({name, owner});
    for (const std::string& slogan : candidate.slogans) names.push_back({slogan, owner + 1});
    for (const std::string& hashtag : candidate.hashtags) hashtags.push_back({hashtag, owner});
    if (candidate.number && contest.number_draw) {
      numbers.add(contest.region,
                  {*candidate.number, contest.zone.start_of(*contest.number_draw), owner});
    }
  }
}

std::vector<OwnedHandle> owned(std::span<const CandidateHandle> handles, const Lists& lists,
                               const ContestList& contests) {
  std::vector<OwnedHandle> result;
  result.reserve(handles.size());
  for (const CandidateHandle& handle : handles) {
    const std::size_t owner =
        lists.first_owners[handle.contest] + std::size_t{2} * handle.candidate;
    result.push_back({handle.handle, handle.platform,
                      Period(handle.validity, contests[handle.contest].zone),
                      static_cast<std::uint32_t>(owner)});
  }
  return result;
}

// What stands in a text besides runs.
struct WhatElse {
  bool has_sign = false;  // '#' or '@'
  bool beyond_ascii = false;
};

}  // namespace

static_assert(kViewPaddingBytes >= kRunPaddingBytes, "kernels read behind a view's end");

struct MentionFinder::Index {
  Index(Lists lists, std::vector<OwnedHandle> owned_handles);

  // Names and number phrases of words. Most runs of a text are passed over by one look at
  // `first_runs`, and most texts have nothing else to look at.
  template <class Found>
  WhatElse find_at_runs(std::string_view text, const MentionContext& context, Found&& found) const;
  template <class Found>
  void find_hashtags(std::string_view text, Found&& found) const;
  template <class Found>
  void find_handles(std::string_view text, const MentionContext& context, Found&& found) const;
  // Keycaps, and names that begin with a letter beyond ASCII.
  template <class Found>
  void find_beyond_ascii(std::string_view text, const MentionContext& context, Found&& found) const;
  template <class Found>
  void find_number(const NumberPhrase& phrase, const MentionContext& context, Found&& found) const;

  std::vector<Owner> owners;
  NameIndex names;
  HashtagIndex hashtags;
  HandleIndex handles;
  BallotIndex numbers;
  NumberPhrases number_phrases;
  KeyFilter first_runs;  // with which a name or a number phrase begins
  RunKernel scan_runs = run_kernels().front().kernel;
};

MentionFinder::Index::Index(Lists lists, std::vector<OwnedHandle> owned_handles)
    : owners(std::move(lists.owners)),
      names(lists.names),
      hashtags(lists.hashtags),
      handles(std::move(owned_handles)),
      numbers(std::move(lists.numbers)) {
  std::vector<std::uint64_t> keys(names.first_keys().begin(), names.first_keys().end());
  keys.insert(keys.end(), number_phrases.first_keys().begin(), number_phrases.first_keys().end());
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  first_runs = KeyFilter(keys);
}

template <class Found>
void MentionFinder::Index::find_hashtags(std::string_view text, Found&& found) const {
  for (std::size_t sign = text.find('#'); sign != std::string_view::npos;
       sign = text.find('#', sign + 1)) {
    if (!word_continues_at(text, sign + 1)) continue;
    const ByteRange word = next_word(text, sign + 1);
    hashtags.find(text.substr(word.start, word.end - word.start), [&](std::uint32_t owner) {
      found(MentionKind::Hashtag, owner, range_of(sign, word.end));
    });
  }
}

template <class Found>
void MentionFinder::Index::find_handles(std::string_view text, const MentionContext& context,
                                        Found&& found) const {
  for (std::size_t sign = text.find('@'); sign != std::string_view::npos;
       sign = text.find('@', sign + 1)) {
    handles.find_at(
        text, sign, {context.platform, context.time},
        [&](std::uint32_t owner, ByteRange range) { found(MentionKind::Handle, owner, range); });
  }
}

template <class Found>
void MentionFinder::Index::find_number(const NumberPhrase& phrase, const MentionContext& context,
                                       Found&& found) const {
  numbers.find(phrase.number, context.subject_region, context.time,
               [&](std::uint32_t owner) { found(MentionKind::Number, owner, phrase.range); });
}

template <class Found>
void MentionFinder::Index::find_beyond_ascii(std::string_view text, const MentionContext& context,
                                             Found&& found) const {
  for (auto phrase = NumberPhrases::next_keycaps(text, 0); phrase;
       phrase = NumberPhrases::next_keycaps(text, phrase->range.end)) {
    find_number(*phrase, context, found);
  }
  if (!names.has_names_beyond_ascii()) return;
  const auto found_name = [&](std::uint32_t owner, ByteRange range) {
    found(MentionKind::Name, owner, range);
  };
  for (std::size_t at = 0; at < text.size(); at++) {
    if (static_cast<unsigned char>(text[at]) >= 0xC0) names.find_beyond_ascii(text, at, found_name);
  }
}

template <class Found>
WhatElse MentionFinder::Index::find_at_runs(std::string_view text, const MentionContext& context,
                                            Found&& found) const {
  WhatElse what_else;
  RunScan scan;
  const KeyFilterBits first = first_runs.bits();
  const auto size = static_cast<std::uint32_t>(text.size());
  std::uint32_t phrase_end = 0;
  const auto found_name = [&](std::uint32_t owner, ByteRange range) {
    found(MentionKind::Name, owner, range);
  };
  for (std::uint32_t from = 0; from < size; from += kRunWindowBytes) {
    scan_runs(text.data(), size, from, first, scan);
    what_else.has_sign |= scan.has_sign;
    what_else.beyond_ascii |= scan.beyond_ascii;
    for (std::uint32_t i = 0; i < scan.count; i++) {
      const std::uint32_t start = scan.starts[i];
      const std::uint64_t key = run_key(eight_bytes(text, start));
      names.find_at_run(text, start, key, found_name);
      // A phrase may hold what looks like another's beginning: "paslon no 2".
      if (start < phrase_end || !number_phrases.may_begin_with(key)) continue;
      if (const std::optional<NumberPhrase> phrase = number_phrases.at(text, start)) {
        find_number(*phrase, context, found);
        phrase_end = phrase->range.end;
      }
    }
  }
  return what_else;
}

MentionFinder::MentionFinder(const ContestList& contests,
                             std::span<const CandidateHandle> handles) {
  Lists lists(contests);
  std::vector<OwnedHandle> owned_handles = owned(handles, lists, contests);
  index_ = std::make_unique<const Index>(std::move(lists), std::move(owned_handles));
}

MentionFinder::~MentionFinder() = default;

void MentionFinder::find(const FoldedView& plain, const FoldedView* undisguised,
                         const MentionContext& context, std::vector<Mention>& mentions) const {
  mentions.clear();
  const auto mention = [&](MentionKind kind, std::uint32_t position, ByteRange range) {
    const Owner& owner = index_->owners[position];
    return Mention{owner.contest, owner.candidate, owner.slogan, range, kind};
  };
  const auto add = [&](MentionKind kind, std::uint32_t owner, ByteRange range) {
    mentions.push_back(mention(kind, owner, range));
  };
  const WhatElse in_plain = index_->find_at_runs(plain.text(), context, add);
  if (in_plain.has_sign) index_->find_hashtags(plain.text(), add);
  if (in_plain.has_sign) index_->find_handles(plain.text(), context, add);
  if (in_plain.beyond_ascii) index_->find_beyond_ascii(plain.text(), context, add);
  if (!mentions.empty()) sort_and_drop_doubles(mentions);
  if (undisguised != nullptr) {
    // What is found here is put behind the sorted ones of the plain view.
    const std::size_t plain_count = mentions.size();
    const std::uint32_t length_max = longest(mentions);
    const auto add_further = [&](MentionKind kind, std::uint32_t owner, ByteRange range) {
      const Mention further = mention(kind, owner, undisguised->source_of(range));
      const std::span<const Mention> of_plain(mentions.data(), plain_count);
      if (!overlaps_one(of_plain, length_max, further)) mentions.push_back(further);
    };
    const std::string_view text = undisguised->text();
    const WhatElse in_text = index_->find_at_runs(text, context, add_further);
    if (in_text.has_sign) index_->find_hashtags(text, add_further);
    if (in_text.beyond_ascii) index_->find_beyond_ascii(text, context, add_further);
    if (mentions.size() != plain_count) sort_and_drop_doubles(mentions);
  }
  if (std::ranges::any_of(mentions, &Mention::slogan)) drop_lone_slogans(mentions);
}

}  // namespace pantau
