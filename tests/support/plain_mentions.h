// Mentions, the slow and obvious way: each name, hashtag and handle of each
// candidate is tried at each character of each view.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/accounts/campaign_list.h"
#include "classifiers/contests/contest.h"
#include "classifiers/model/record.h"
#include "tests/support/plain_text.h"

namespace pantau {

// A number phrase of a view, in the view's characters.
struct PlainNumber {
  std::uint32_t number = 0;
  PlainRange range;
};

std::vector<PlainRange> find_name(const PlainView& view, std::string_view name);
std::vector<PlainRange> find_hashtag(const PlainView& view, std::string_view hashtag);
std::vector<PlainRange> find_handle(const PlainView& view, std::string_view handle);
std::vector<PlainNumber> find_numbers(const PlainView& view);

// A handle as handles compare: without a leading '@', ASCII letters small.
std::string plain_handle(std::string_view handle);

bool plainly_lies_in(std::string_view region, std::string_view area);

struct PlainMentions {
  std::vector<PlainPlace> mentions;
  std::vector<PlainPlace> slogans;
};

// Who is asked about, in which record.
struct PlainQuestion {
  const ContestList& contests;
  const CampaignList& campaign;
  const Record& record;
  std::string_view subject_region;
};

// Where `text` names one candidate, and where it shows its slogans.
PlainMentions mentions_of(const PlainQuestion& question, const PlainText& text,
                          ContestIndex contest, CandidateIndex candidate);

}  // namespace pantau
