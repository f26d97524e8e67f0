// Mentions, the slow and obvious way: each name, hashtag and handle of each
// candidate is tried at each character of each view.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/accounts/campaign_list.h"
#include "classifiers/contests/contest.h"
#include "classifiers/model/flag.h"
#include "classifiers/model/record.h"
#include "tests/support/plain_text.h"

namespace pantau {

// A number phrase of a view, in the view's characters.
struct PlainNumber {
  std::uint32_t number = 0;
  PlainRange range;
};

// The parts of a name, as the plain view has them.
using PlainName = std::vector<std::u32string>;

// What a candidate is called. Folded once, because the lists do not change.
struct PlainCandidate {
  std::vector<PlainName> names;
  std::vector<std::u32string> hashtags;  // without '#'
  std::vector<PlainName> slogans;
};

PlainCandidate plain_candidate(const Candidate& candidate);

std::vector<PlainRange> find_name(const std::u32string& text, const PlainName& name);
std::vector<PlainRange> find_hashtag(const std::u32string& text, const std::u32string& hashtag);
std::vector<PlainRange> find_handle(const std::u32string& text, std::string_view handle);
std::vector<PlainNumber> find_numbers(const std::u32string& text);

// A handle as handles compare: without a leading '@', ASCII letters small.
std::string plain_handle(std::string_view handle);

bool plainly_lies_in(std::string_view region, std::string_view area);

struct PlainMentions {
  std::array<std::vector<PlainPlace>, kMentionKinds> mentions;  // by kind
  std::vector<PlainPlace> slogans;
};

// Those of some kinds, as one list.
std::vector<PlainPlace> of_kinds(const PlainMentions& mentions, std::bitset<kMentionKinds> kinds);

// What does not depend on the candidate.
struct PlainQuestion {
  const ContestList& contests;
  const CampaignList& campaign;
  const Record& record;
  std::string_view subject_region;
};

// The number phrases of a text's two views.
struct PlainNumbers {
  std::vector<PlainNumber> plain;
  std::vector<PlainNumber> undisguised;
};

PlainNumbers numbers_of(const PlainText& text);

// The candidate who is asked about.
struct PlainWho {
  ContestIndex contest = 0;
  CandidateIndex candidate = 0;
  const PlainCandidate& names;
};

// Where `text` names one candidate, and where it shows its slogans.
PlainMentions mentions_of(const PlainQuestion& question, const PlainText& text,
                          const PlainNumbers& numbers, const PlainWho& who);

}  // namespace pantau
