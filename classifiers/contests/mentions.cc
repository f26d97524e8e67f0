#include "classifiers/contests/mentions.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "classifiers/contests/name_index.h"
#include "classifiers/contests/number_phrases.h"
#include "classifiers/model/validity.h"
#include "classifiers/text/words.h"

namespace pantau {
namespace {

// A candidate of a contest, or its slogan.
struct Owner {
  ContestIndex contest = 0;
  CandidateIndex candidate = 0;
  bool slogan = false;
};

// The hashtags of all candidates, found inside a longer one by their first bytes.
class HashtagIndex {
 public:
  void add(std::string_view hashtag, const Owner& owner) {
    if (hashtag.starts_with('#')) hashtag.remove_prefix(1);
    Entry entry{folded(hashtag), owner};
    std::vector<Entry>& entries =
        entry.text.size() < kPrefixBytes ? short_ : by_prefix_[entry.text.substr(0, kPrefixBytes)];
    entries.push_back(std::move(entry));
  }

  // Calls `found(owner)` for each hashtag that `word` contains, perhaps several times.
  template <class Found>
  void find(std::string_view word, Found&& found) const {
    for (const Entry& entry : short_) {
      if (word.find(entry.text) != std::string_view::npos) found(entry.owner);
    }
    for (std::size_t at = 0; at + kPrefixBytes <= word.size(); at++) {
      const auto entries = by_prefix_.find(word.substr(at, kPrefixBytes));
      if (entries == by_prefix_.end()) continue;
      for (const Entry& entry : entries->second) {
        if (word.substr(at).starts_with(entry.text)) found(entry.owner);
      }
    }
  }

 private:
  struct Entry {
    std::string text;
    Owner owner;
  };
  static constexpr std::size_t kPrefixBytes = 3;

  std::vector<Entry> short_;
  std::unordered_map<std::string, std::vector<Entry>, StringHash, std::equal_to<>> by_prefix_;
};

struct CampaignHandle {
  std::string platform;
  Owner owner;
  Period period;
};

bool is_handle_character(char c) {
  return is_ascii_word(c) || c == '.' || c == '-';
}

// The handle behind the '@' before `at`, without '.' and '-' at its end.
std::string_view handle_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_handle_character(text[end])) end++;
  if (end > at && end + 1 < text.size() && text[end] == '@' && is_handle_character(text[end + 1])) {
    end++;
    while (end < text.size() && is_handle_character(text[end])) end++;
  }
  while (end > at && (text[end - 1] == '.' || text[end - 1] == '-')) end--;
  return text.substr(at, end - at);
}

ByteRange range_of(std::size_t start, std::size_t end) {
  return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
}

auto owner_of(const Mention& mention) {
  return std::tuple(mention.contest, mention.candidate, mention.slogan);
}

auto order_of(const Mention& mention) {
  return std::tuple(mention.contest, mention.candidate, mention.slogan, mention.plain.start,
                    mention.plain.end);
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
bool overlaps_one(const std::vector<Mention>& mentions, std::uint32_t length_max,
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

// Slogans stay only beside a mention of their candidate. `mentions` are sorted.
void drop_lone_slogans(std::vector<Mention>& mentions) {
  std::erase_if(mentions, [mentioned = mentions](const Mention& mention) {
    if (!mention.slogan) return false;
    Mention named = mention;
    named.slogan = false;
    return !std::ranges::binary_search(mentioned, owner_of(named), {}, owner_of);
  });
}

}  // namespace

struct MentionFinder::Index {
  const ContestList* contests;
  std::vector<Owner> owners;  // what NameIndex reports
  NameIndex names;
  HashtagIndex hashtags;
  std::unordered_map<std::string, std::vector<CampaignHandle>, StringHash, std::equal_to<>> handles;
  NumberPhrases number_phrases;
  std::map<std::uint32_t, std::vector<Owner>> by_number;
  std::vector<Instant> number_draws;  // per contest; Instant::max() if there is none

  void add(const ContestList& list);
  void add(std::span<const CandidateHandle> list);
  bool number_counts(const Owner& owner, const MentionContext& context) const;

  template <class Found>
  void find_in_view(std::string_view text, const MentionContext& context, Found&& found) const;
  template <class Found>
  void find_hashtags(std::string_view text, Found&& found) const;
  template <class Found>
  void find_handles(std::string_view text, const MentionContext& context, Found&& found) const;
};

void MentionFinder::Index::add(const ContestList& list) {
  contests = &list;
  for (ContestIndex c = 0; c < list.size(); c++) {
    const Contest& contest = list[c];
    number_draws.push_back(contest.number_draw ? contest.zone.start_of(*contest.number_draw)
                                               : Instant::max());
    for (CandidateIndex k = 0; k < contest.candidates.size(); k++) {
      const Candidate& candidate = contest.candidates[k];
      const Owner owner{c, k, false};
      owners.push_back(owner);
      const auto named = static_cast<std::uint32_t>(owners.size() - 1);
      for (const std::string& name : candidate.names) names.add(name, named);
      for (const std::string& hashtag : candidate.hashtags) hashtags.add(hashtag, owner);
      if (candidate.number) by_number[*candidate.number].push_back(owner);
      owners.push_back({c, k, true});
      for (const std::string& slogan : candidate.slogans) names.add(slogan, named + 1);
    }
  }
}

void MentionFinder::Index::add(std::span<const CandidateHandle> list) {
  for (const CandidateHandle& entry : list) {
    handles[entry.handle].push_back({entry.platform,
                                     {entry.contest, entry.candidate, false},
                                     Period(entry.validity, (*contests)[entry.contest].zone)});
  }
}

bool MentionFinder::Index::number_counts(const Owner& owner, const MentionContext& context) const {
  return context.time >= number_draws[owner.contest] &&
         lies_in(context.subject_region, (*contests)[owner.contest].region);
}

template <class Found>
void MentionFinder::Index::find_hashtags(std::string_view text, Found&& found) const {
  for (std::size_t sign = text.find('#'); sign != std::string_view::npos;
       sign = text.find('#', sign + 1)) {
    const ByteRange word = next_word(text, sign + 1);
    if (word.start != sign + 1) continue;
    hashtags.find(text.substr(word.start, word.end - word.start),
                  [&](const Owner& owner) { found(owner, range_of(sign, word.end)); });
  }
}

template <class Found>
void MentionFinder::Index::find_handles(std::string_view text, const MentionContext& context,
                                        Found&& found) const {
  for (std::size_t sign = text.find('@'); sign != std::string_view::npos;
       sign = text.find('@', sign + 1)) {
    if (word_continues_before(text, sign)) continue;
    const std::string_view handle = handle_at(text, sign + 1);
    const auto accounts = handles.find(handle);
    if (accounts == handles.end()) continue;
    for (const CampaignHandle& account : accounts->second) {
      if (account.platform == context.platform && account.period.holds_at(context.time)) {
        found(account.owner, range_of(sign, sign + 1 + handle.size()));
      }
    }
  }
}

template <class Found>
void MentionFinder::Index::find_in_view(std::string_view text, const MentionContext& context,
                                        Found&& found) const {
  names.find(text, [&](std::uint32_t owner, ByteRange range) { found(owners[owner], range); });
  find_hashtags(text, found);
  number_phrases.find(text, [&](std::uint32_t number, ByteRange range) {
    const auto candidates = by_number.find(number);
    if (candidates == by_number.end()) return;
    for (const Owner& owner : candidates->second) {
      if (number_counts(owner, context)) found(owner, range);
    }
  });
}

MentionFinder::MentionFinder(const ContestList& contests,
                             std::span<const CandidateHandle> handles) {
  auto index = std::make_unique<Index>();
  index->add(contests);
  index->add(handles);
  index_ = std::move(index);
}

MentionFinder::~MentionFinder() = default;

void MentionFinder::find(const FoldedView& plain, const FoldedView* undisguised,
                         const MentionContext& context, std::vector<Mention>& mentions) const {
  mentions.clear();
  const auto add = [&](const Owner& owner, ByteRange range) {
    mentions.push_back({owner.contest, owner.candidate, owner.slogan, range});
  };
  index_->find_in_view(plain.text(), context, add);
  index_->find_handles(plain.text(), context, add);
  if (mentions.empty() && undisguised == nullptr) return;
  sort_and_drop_doubles(mentions);
  if (undisguised != nullptr) {
    std::vector<Mention> further;
    const std::uint32_t length_max = longest(mentions);
    index_->find_in_view(undisguised->text(), context, [&](const Owner& owner, ByteRange range) {
      const Mention mention{owner.contest, owner.candidate, owner.slogan,
                            undisguised->source_of(range)};
      if (!overlaps_one(mentions, length_max, mention)) further.push_back(mention);
    });
    mentions.insert(mentions.end(), further.begin(), further.end());
    sort_and_drop_doubles(mentions);
  }
  if (std::ranges::any_of(mentions, &Mention::slogan)) drop_lone_slogans(mentions);
}

}  // namespace pantau
