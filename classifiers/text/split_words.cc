#include "classifiers/text/split_words.h"

#include <array>
#include <cstdint>
#include <limits>
#include <tuple>

#include "classifiers/text/call_words.h"

namespace pantau {
namespace {

struct Cost {
  std::uint32_t unknown_letters = 0;
  std::uint32_t words = 0;

  bool operator<(const Cost& other) const {
    return std::tie(unknown_letters, words) < std::tie(other.unknown_letters, other.words);
  }
};

// How the letters from some place on are best split.
struct Rest {
  Cost cost = {std::numeric_limits<std::uint32_t>::max(), 0};
  std::size_t next = 0;  // where its first word ends
  bool known = false;    // its first word is one of a call
};

using Rests = std::array<Rest, kSplitLettersMax + 1>;

Rest best_rest(std::string_view letters, std::size_t begin, const Rests& rests) {
  Rest best;
  for (std::size_t end = letters.size(); end > begin; end--) {
    const std::size_t size = end - begin;
    const bool known = size <= kCallWordLettersMax && is_call_word(letters.substr(begin, size));
    if (!known && size < kUnknownLettersMin) continue;
    Cost cost = rests[end].cost;
    if (cost.unknown_letters == std::numeric_limits<std::uint32_t>::max()) continue;
    cost.words++;
    if (!known) cost.unknown_letters += static_cast<std::uint32_t>(size);
    if (cost < best.cost) best = {cost, end, known};
  }
  return best;
}

}  // namespace

std::vector<std::size_t> word_begins(std::string_view letters) {
  if (letters.size() > kSplitLettersMax) return {};
  Rests rests;
  rests[letters.size()].cost = {};
  for (std::size_t begin = letters.size(); begin-- > 0;) {
    rests[begin] = best_rest(letters, begin, rests);
  }
  std::vector<std::size_t> begins;
  bool telling = false;
  for (std::size_t at = 0; at < letters.size(); at = rests[at].next) {
    if (rests[at].next == 0) return {};
    if (at > 0) begins.push_back(at);
    telling = telling || (rests[at].known && rests[at].next - at >= kTellingLettersMin);
  }
  return telling ? begins : std::vector<std::size_t>();
}

}  // namespace pantau
