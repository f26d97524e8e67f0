#include "classifiers/ranking/features.h"

#include <algorithm>

#include "classifiers/text/fold.h"
#include "classifiers/text/words.h"

namespace pantau {
namespace {

class WordList {
 public:
  bool is_full() const { return words_.size() >= kRankedWordsMax; }
  void add(std::string_view word) {
    if (!is_full()) words_.emplace_back(word);
  }

  // The words of a stretch of the text in which no candidate is named.
  void add_stretch(std::string_view stretch) {
    const std::string text = folded(stretch);
    std::size_t at = 0;
    while (!is_full()) {
      const ByteRange word = next_word(text, at);
      if (word.empty()) return;
      at = add_word(text, word);
    }
  }

  const std::vector<std::string>& words() const { return words_; }

 private:
  // Adds a word, or what stands for it; where to go on.
  std::size_t add_word(std::string_view text, ByteRange place) {
    const std::string_view word = text.substr(place.start, place.end - place.start);
    const char before = place.start == 0 ? ' ' : text[place.start - 1];
    const auto blank = [&] { return std::min(text.find(' ', place.end), text.size()); };
    if (before == '@' || (place.end < text.size() && text[place.end] == '@')) {
      add(kAccountWord);
      return blank();
    }
    if (before == '#') {
      add(kHashtagWord);
      return blank();
    }
    const bool goes_on = place.end + 1 < text.size() && text[place.end + 1] != ' ';
    if (goes_on && ((text[place.end] == ':' && (word == "http" || word == "https")) ||
                    (text[place.end] == '.' && word == "www"))) {
      add(kLinkWord);
      return blank();
    }
    if (std::ranges::all_of(word, is_ascii_digit)) {
      add(kNumberWord);
    } else if (word.size() <= kRankedWordBytesMax) {
      add(word);
    }
    return place.end;
  }

  std::vector<std::string> words_;
};

// The words of the text, what names a candidate being one word that is the same for all of them.
std::vector<std::string> words_of(const RankedAct& act) {
  std::vector<ByteRange> named = act.named;
  std::ranges::sort(named, {}, &ByteRange::start);
  const std::string_view text = act.text;
  WordList list;
  std::size_t at = 0;
  for (const ByteRange& place : named) {
    if (place.start >= place.end || place.end > text.size() || place.end <= at) continue;
    const bool overlaps = at > 0 && place.start < at;
    if (!overlaps) {
      list.add_stretch(text.substr(at, place.start - at));
      list.add(kCandidateWord);
    }
    at = place.end;
  }
  list.add_stretch(text.substr(at));
  return list.words();
}

}  // namespace

std::vector<std::string> ranking_features(const RankedAct& act) {
  std::vector<std::string> features;
  const auto add = [&](std::string_view group, std::string_view value) {
    if (value.empty() || group.size() + 1 + value.size() > kFeatureBytesMax) return;
    features.push_back(std::string(group) + ':' + std::string(value));
  };
  const std::vector<std::string> words = words_of(act);
  for (std::size_t i = 0; i < words.size(); i++) {
    add("word", words[i]);
    if (i > 0) add("pair", words[i - 1] + ' ' + words[i]);
  }
  add("kind", act.kind);
  add("platform", act.platform);
  for (std::size_t i = 0; i < std::min(act.matches.size(), kRankedMatchesMax); i++) {
    const RankedAct::Match& match = act.matches[i];
    add("rule", match.rule);
    add("via", match.via);
    add("account", match.account_type);
    add("stage", match.stage);
  }
  std::ranges::sort(features);
  features.erase(std::unique(features.begin(), features.end()), features.end());
  return features;
}

}  // namespace pantau
