#include "classifiers/rules/pattern_index.h"

#include <algorithm>
#include <array>

#include "classifiers/base/check.h"
#include "classifiers/rules/frequency.h"

namespace pantau {
namespace {

// Parts of words are looked up at every so many bytes of a text at most.
constexpr std::uint32_t kStrideMax = 8;

std::uint32_t key_of_word(std::string_view word) {
  return word_key(bytes_of_word(word));
}

}  // namespace

struct PatternIndex::Search {
  std::string_view text;
  const TextWords& words;
  std::vector<PossibleMatch>& possible;

  std::string_view text_of(std::size_t word) const {
    return text.substr(words.start(word), words.end(word) - words.start(word));
  }
};

bool PatternIndex::add(const SyntaxNode& expression) {
  const std::optional<std::vector<Phrase>> phrases = phrases_of(expression);
  const std::uint32_t number = expressions_++;
  if (!phrases) return false;
  for (const Phrase& phrase : *phrases) {
    CompiledPhrase compiled;
    compiled.expression = number;
    compiled.slots_begin = static_cast<std::uint32_t>(slots_.size());
    compiled.slots = static_cast<std::uint16_t>(phrase.slots.size());
    compiled.feature = static_cast<std::uint16_t>(phrase.feature.slot);
    if (phrase.feature.kind == Feature::Kind::Word) compiled.found = 1;
    if (phrase.feature.kind == Feature::Kind::Pair) compiled.found = 2;
    compiled.start = phrase.start;
    for (const WordSlot& slot : phrase.slots) add_slot(slot);
    phrases_.push_back(compiled);
    add_feature(phrase, static_cast<std::uint32_t>(phrases_.size() - 1));
  }
  return true;
}

void PatternIndex::add_slot(const WordSlot& slot) {
  Slot compiled;
  compiled.kind = slot.kind;
  if (slot.kind == WordSlot::Kind::Word) {
    compiled.begin = static_cast<std::uint32_t>(keys_.size());
    for (const std::string& text : slot.texts) keys_.push_back(key_of_word(text));
    compiled.end = static_cast<std::uint32_t>(keys_.size());
    std::sort(keys_.begin() + compiled.begin, keys_.end());
  } else {
    compiled.begin = static_cast<std::uint32_t>(texts_.size());
    texts_.insert(texts_.end(), slot.texts.begin(), slot.texts.end());
    compiled.end = static_cast<std::uint32_t>(texts_.size());
  }
  slots_.push_back(compiled);
}

void PatternIndex::add_feature(const Phrase& phrase, std::uint32_t number) {
  const Feature& feature = phrase.feature;
  if (feature.kind == Feature::Kind::Character) {
    for (const std::string& character : feature.characters) {
      character_table_.add(character_key(character, 0), number);
    }
    return;
  }
  for (const std::string& text : phrase.slots[feature.slot].texts) {
    switch (feature.kind) {
      case Feature::Kind::Word:
        word_table_.add(key_of_word(text), number);
        break;
      case Feature::Kind::Pair:
        probes_.pairs = true;
        for (const std::string& next : phrase.slots[feature.slot + 1].texts) {
          word_table_.add(pair_key(key_of_word(text), key_of_word(next)), number);
        }
        break;
      case Feature::Kind::Joint:
        probes_.joints = true;
        for (const std::string& next : phrase.slots[feature.slot + 1].texts) {
          word_table_.add(joint_key(bytes_of_word(text), bytes_of_word(next)), number);
        }
        break;
      case Feature::Kind::Prefix:
      case Feature::Kind::Suffix:
        add_affix(text, feature.kind == Feature::Kind::Prefix, number);
        break;
      case Feature::Kind::Inside:
        parts_.push_back({text, number});
        break;
      case Feature::Kind::Character:
        break;
    }
  }
}

void PatternIndex::add_affix(const std::string& text, bool is_prefix, std::uint32_t number) {
  const auto size = static_cast<std::uint32_t>(text.size());
  const std::uint32_t* const fits =
      std::ranges::find_if(kAffixBytes, [size](std::uint32_t bytes) { return bytes <= size; });
  CHECK(fits != kAffixBytes.end(), "shorter ones are no features");
  (is_prefix ? probes_.prefixes : probes_.suffixes).add(*fits);
  const WordBytes bytes = bytes_of_word(text);
  word_table_.add(is_prefix ? prefix_key(bytes, *fits) : suffix_key(bytes, *fits), number);
}

void PatternIndex::build() {
  add_windows();
  word_table_.build();
  character_table_.build();
  part_table_.build();
}

// A part is found by the windows at `stride_` offsets side by side, one of which lies where a text
// is looked at, wherever the part stands. They are taken where its bytes are rarest.
void PatternIndex::add_windows() {
  std::size_t shortest = kStrideMax + kWindowBytesMax - 1;
  for (const Part& part : parts_) shortest = std::min(shortest, part.text.size());
  window_bytes_ = static_cast<std::uint32_t>(std::min<std::size_t>(shortest, kWindowBytesMax));
  stride_ = static_cast<std::uint32_t>(shortest) - window_bytes_ + 1;
  for (std::uint32_t i = 0; i < parts_.size(); i++) {
    const std::string_view text = parts_[i].text;
    const std::uint32_t bytes = window_bytes_ + stride_ - 1;
    std::uint32_t rarest = 0;
    for (std::uint32_t at = 1; at + bytes <= text.size(); at++) {
      const double frequency = bytes_frequency(text.substr(at, bytes));
      if (frequency < bytes_frequency(text.substr(rarest, bytes))) rarest = at;
    }
    for (std::uint32_t offset = rarest; offset < rarest + stride_; offset++) {
      part_table_.add(window_key(text.data() + offset, window_bytes_),
                      static_cast<std::uint32_t>(windows_.size()));
      windows_.push_back({i, offset});
    }
  }
}

void PatternIndex::find(std::string_view text, Scratch& scratch,
                        std::vector<PossibleMatch>& possible) const {
  Search search{text, scratch.words_, possible};
  scan_(text, probes_, word_table_.filter(), scratch.words_);
  for (const std::uint32_t word : scratch.words_.hits()) look_up_word(word, search);
  if (!part_table_.empty()) find_parts(search);
  if (!character_table_.empty()) find_characters(search);
}

void PatternIndex::look_up_word(std::size_t word, Search& search) const {
  const TextWords& words = search.words;
  const auto look_up = [&](std::uint32_t key, std::size_t at) {
    word_table_.each(
        key, [&](std::uint32_t phrase) { nominate(phrases_[phrase], at, words.end(at), search); });
  };
  const WordBytes bytes = words.bytes(word);
  look_up(words.key(word), word);
  if (probes_.pairs && word > 0) {
    look_up(pair_key(words.key(word - 1), words.key(word)), word - 1);
  }
  if (probes_.joints && word > 0) {
    look_up(joint_key(words.bytes(word - 1), bytes), word - 1);
  }
  for (const std::uint32_t length : probes_.prefixes) look_up(prefix_key(bytes, length), word);
  for (const std::uint32_t length : probes_.suffixes) look_up(suffix_key(bytes, length), word);
}

void PatternIndex::find_parts(Search& search) const {
  const std::string_view text = search.text;
  for (std::size_t at = 0; at + window_bytes_ <= text.size(); at += stride_) {
    const std::uint32_t key = window_key(text.data() + at, window_bytes_);
    part_table_.each(key, [&](std::uint32_t number) {
      const Window& window = windows_[number];
      const Part& part = parts_[window.part];
      if (at < window.offset) return;
      const std::size_t start = at - window.offset;
      if (!text.substr(start).starts_with(part.text)) return;
      nominate(phrases_[part.phrase], search.words.first_behind(static_cast<std::uint32_t>(start)),
               static_cast<std::uint32_t>(start + part.text.size()), search);
    });
  }
}

void PatternIndex::find_characters(Search& search) const {
  const std::string_view text = search.text;
  for (std::size_t at = 0; at < text.size(); at++) {
    if (static_cast<unsigned char>(text[at]) < 0xC0) continue;
    const std::uint32_t key = character_key(text, at);
    character_table_.each(key, [&](std::uint32_t phrase) {
      nominate(phrases_[phrase], search.words.first_behind(static_cast<std::uint32_t>(at)),
               static_cast<std::uint32_t>(at + 1), search);
    });
  }
}

// The phrase's feature stands at `word`; a character's, before it.
void PatternIndex::nominate(const CompiledPhrase& phrase, std::size_t word, std::uint32_t start_end,
                            Search& search) const {
  const TextWords& words = search.words;
  if (word < phrase.feature || word - phrase.feature + phrase.slots > words.size()) return;
  const std::size_t first = word - phrase.feature;
  for (std::size_t i = 0; i < phrase.slots; i++) {
    if (i - phrase.feature < phrase.found) continue;
    if (!holds(slots_[phrase.slots_begin + i], first + i, search)) return;
  }
  PossibleMatch match{phrase.expression, 0, start_end, phrase.start == MatchStart::AtWord};
  switch (phrase.start) {
    case MatchStart::AtWord:
    case MatchStart::InWord:
      match.start = words.start(first);
      break;
    case MatchStart::BeforeWord:
      match.start = first == 0 ? 0 : words.end(first - 1);
      break;
    case MatchStart::Anywhere:
      break;
  }
  search.possible.push_back(match);
}

bool PatternIndex::holds(const Slot& slot, std::size_t word, const Search& search) const {
  const std::string_view text = search.text_of(word);
  const auto has = [&](auto is) {
    return std::any_of(texts_.begin() + slot.begin, texts_.begin() + slot.end, is);
  };
  switch (slot.kind) {
    case WordSlot::Kind::Word:
      return std::binary_search(keys_.begin() + slot.begin, keys_.begin() + slot.end,
                                search.words.key(word));
    case WordSlot::Kind::Prefix:
      return has([text](const std::string& prefix) { return text.starts_with(prefix); });
    case WordSlot::Kind::Suffix:
      return has([text](const std::string& suffix) { return text.ends_with(suffix); });
    case WordSlot::Kind::Inside:
      return has(
          [text](const std::string& part) { return text.find(part) != std::string_view::npos; });
    case WordSlot::Kind::Any:
      return true;
  }
  return true;
}

}  // namespace pantau
