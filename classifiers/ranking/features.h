// What the learned ranking sees of an act: its words and how the rules took it, each as a feature
// that is there or not.
//
// It does not see who acted, for whom, from which office or where. Whether an act is looked at
// sooner must not hang on the person or on the candidate (equal treatment), and a model that sees
// them learns who was suspected before. So the places of a text that name a candidate are hidden,
// and so are handles, hashtags, addresses and numbers, which stand for people as well. What else
// could stand for one of them is left out when a model is learned (learn.h).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/text/byte_range.h"

namespace pantau {

struct RankedAct {
  struct Match {
    std::string rule, via, account_type, stage;
  };
  std::string text;
  std::vector<ByteRange> named;  // places of the text that name a candidate, in any order
  std::string kind, platform;
  std::vector<Match> matches;
};

// So many words of a text are looked at, the first ones; a longer word is none.
inline constexpr std::size_t kRankedWordsMax = 128;
inline constexpr std::size_t kRankedWordBytesMax = 64;
inline constexpr std::size_t kRankedMatchesMax = 64;

// The groups of features, as their names begin: "word:ayo", "pair:ayo dukung", "rule:ajakan",
// "kind:post", "platform:x", "via:mention", "account:registered", "stage:campaign".
inline constexpr std::string_view kFeatureGroups[] = {"account", "kind",  "pair", "platform",
                                                      "rule",    "stage", "via",  "word"};
inline constexpr std::size_t kFeatureBytesMax = 256;

// What stands in a text's place of something that is not to be seen. No word of a text looks so.
inline constexpr std::string_view kCandidateWord = "<candidate>";
inline constexpr std::string_view kAccountWord = "<account>";
inline constexpr std::string_view kHashtagWord = "<hashtag>";
inline constexpr std::string_view kLinkWord = "<link>";
inline constexpr std::string_view kNumberWord = "<number>";

// Sorted, each once.
std::vector<std::string> ranking_features(const RankedAct& act);

}  // namespace pantau
