#include "classifiers/rules/phrase.h"

#include <algorithm>
#include <limits>

#include "classifiers/rules/frequency.h"

namespace pantau {
namespace {

// So many pairs of words are looked for in place of one word, at most.
constexpr std::size_t kPairsMax = 64;

// What may stand between two gaps of a sequence.
struct Segment {
  std::vector<WordSlot> slots;
  // Before each slot and behind the last: characters beyond ASCII of which one must be there.
  std::vector<std::vector<std::string>> characters = {{}};
  MatchStart start = MatchStart::Anywhere;
};

constexpr double kNever = std::numeric_limits<double>::infinity();

// How many bytes of a word's begin or end are looked up; 0 if there are too few.
std::size_t affix_bytes(std::string_view text) {
  for (const std::uint32_t bytes : kAffixBytes) {
    if (bytes <= text.size()) return bytes;
  }
  return 0;
}

double affix_frequency(WordSlot::Kind kind, std::string_view text) {
  const std::size_t bytes = affix_bytes(text);
  if (bytes == 0) return kNever;
  return kind == WordSlot::Kind::Prefix ? prefix_frequency(text.substr(0, bytes))
                                        : suffix_frequency(text.substr(text.size() - bytes));
}

// Infinite if it cannot be looked for.
double frequency_of(const WordSlot& slot) {
  if (slot.texts.empty()) return kNever;
  double sum = 0;
  for (const std::string& text : slot.texts) {
    switch (slot.kind) {
      case WordSlot::Kind::Word:
        sum += word_frequency(text);
        break;
      case WordSlot::Kind::Prefix:
      case WordSlot::Kind::Suffix:
        sum += affix_frequency(slot.kind, text);
        break;
      case WordSlot::Kind::Inside:
        if (text.size() < kInsideBytesMin) return kNever;
        sum += inside_frequency(text);
        break;
      case WordSlot::Kind::Any:
        break;
    }
  }
  return sum;
}

// Of the end of one word and the begin of the next.
double joint_frequency(const WordSlot& first, const WordSlot& second) {
  const auto is_long = [](const std::string& text) { return text.size() >= kJointBytesMin; };
  const auto fits = [&](const WordSlot& slot, WordSlot::Kind kind) {
    return slot.kind == WordSlot::Kind::Word ||
           (slot.kind == kind && std::ranges::all_of(slot.texts, is_long));
  };
  if (!fits(first, WordSlot::Kind::Suffix) || !fits(second, WordSlot::Kind::Prefix)) return kNever;
  double of_first = 0;
  double of_second = 0;
  for (const std::string_view a : first.texts) {
    of_first += suffix_frequency(a.substr(a.size() - std::min(a.size(), kJointBytesMin)));
  }
  for (const std::string_view b : second.texts) {
    of_second += prefix_frequency(b.substr(0, kJointBytesMin));
  }
  return frequency_together(of_first, of_second);
}

// Cuts a sequence into segments.
class SegmentMaker {
 public:
  // Nothing if the sequence describes no text.
  std::optional<std::vector<Segment>> make(const PieceSequence& sequence) {
    for (std::size_t i = 0; i < sequence.size(); i++) {
      const Piece& piece = sequence[i];
      switch (piece.kind) {
        case Piece::Kind::Text:
        case Piece::Kind::Open:
        case Piece::Kind::Border:
          run_.push_back(&piece);
          break;
        case Piece::Kind::Separator:
          if (!end_run(true)) return std::nullopt;
          is_exact_before_ = true;
          if (segments_.back().slots.empty() && segments_.size() == 1) {
            segments_.back().start = MatchStart::BeforeWord;
          }
          if (!piece.texts.empty()) segments_.back().characters.back() = piece.texts;
          break;
        case Piece::Kind::Gap:
          if (!end_run(false)) return std::nullopt;
          begin_segment(false);
          break;
      }
    }
    if (!end_run(false)) return std::nullopt;
    return std::move(segments_);
  }

 private:
  void begin_segment(bool is_exact_before) {
    segments_.emplace_back();
    is_exact_before_ = is_exact_before;
  }

  static bool is_some(const Piece* piece) {
    return piece->kind == Piece::Kind::Text ||
           (piece->kind == Piece::Kind::Open && !piece->may_be_empty);
  }
  static bool is_border(const Piece* piece) { return piece->kind == Piece::Kind::Border; }

  // Makes a slot of the pieces since the last separator or gap. False if there is no such word.
  bool end_run(bool is_exact_behind) {
    bool is_exact_before = is_exact_before_;
    while (!run_.empty() && is_border(run_.front())) {
      is_exact_before = true;
      run_.erase(run_.begin());
    }
    while (!run_.empty() && is_border(run_.back())) {
      is_exact_behind = true;
      run_.pop_back();
    }
    // A border within a word: one side of it is empty.
    for (auto border = std::ranges::find_if(run_, is_border); border != run_.end();
         border = std::ranges::find_if(run_, is_border)) {
      const bool some_before = std::any_of(run_.begin(), border, is_some);
      const bool some_behind = std::any_of(border, run_.end(), is_some);
      if (some_before && some_behind) return false;
      if (!some_before && !some_behind) break;
      if (some_before) {
        run_.erase(border, run_.end());
        is_exact_behind = true;
      } else {
        run_.erase(run_.begin(), border + 1);
        is_exact_before = true;
      }
    }
    if (run_.empty()) return true;
    if (std::ranges::any_of(run_, is_some)) {
      add_slot(is_exact_before, is_exact_behind);
    } else {
      begin_segment(true);  // one word or none: what is behind has no known place
    }
    run_.clear();
    return true;
  }

  void add_slot(bool is_exact_before, bool is_exact_behind) {
    Segment& segment = segments_.back();
    if (segment.slots.empty() && segments_.size() == 1 && segment.start != MatchStart::BeforeWord) {
      segment.start = is_exact_before ? MatchStart::AtWord : MatchStart::InWord;
    }
    segment.slots.push_back(slot(is_exact_before, is_exact_behind));
    segment.characters.emplace_back();
  }

  // What says most of the word.
  WordSlot slot(bool is_exact_before, bool is_exact_behind) const {
    const bool is_whole = run_.size() == 1 && is_exact_before && is_exact_behind;
    WordSlot best;
    double lowest = kNever;
    for (std::size_t i = 0; i < run_.size(); i++) {
      if (run_[i]->kind != Piece::Kind::Text) continue;
      WordSlot slot{WordSlot::Kind::Inside, run_[i]->texts};
      if (i + 1 == run_.size() && is_exact_behind) slot.kind = WordSlot::Kind::Suffix;
      if (i == 0 && is_exact_before) slot.kind = WordSlot::Kind::Prefix;
      if (is_whole) slot.kind = WordSlot::Kind::Word;
      const double frequency = frequency_of(slot);
      if (best.kind != WordSlot::Kind::Any && frequency >= lowest) continue;
      best = std::move(slot);
      lowest = frequency;
    }
    return best;
  }

  std::vector<Segment> segments_{1};
  std::vector<const Piece*> run_;
  bool is_exact_before_ = false;
};

// The rarest feature of some segments.
class FeatureChoice {
 public:
  void consider(const Segment& segment) {
    for (std::size_t i = 0; i < segment.slots.size(); i++) {
      consider_slot(segment, i);
      if (i + 1 < segment.slots.size()) consider_pair(segment, i);
    }
    for (std::size_t i = 0; i < segment.characters.size(); i++) {
      const std::vector<std::string>& characters = segment.characters[i];
      if (characters.empty()) continue;
      const double frequency = kCharacterFrequency * static_cast<double>(characters.size());
      take({Feature::Kind::Character, i, characters}, frequency, segment);
    }
  }

  bool has_one() const { return segment_ != nullptr; }

  Phrase phrase() const { return {segment_->slots, segment_->start, feature_}; }

 private:
  void consider_slot(const Segment& segment, std::size_t i) {
    const auto take_as = [&](Feature::Kind kind) {
      take({kind, i, {}}, frequency_of(segment.slots[i]), segment);
    };
    switch (segment.slots[i].kind) {
      case WordSlot::Kind::Word:
        return take_as(Feature::Kind::Word);
      case WordSlot::Kind::Prefix:
        return take_as(Feature::Kind::Prefix);
      case WordSlot::Kind::Suffix:
        return take_as(Feature::Kind::Suffix);
      case WordSlot::Kind::Inside:
        return take_as(Feature::Kind::Inside);
      case WordSlot::Kind::Any:
        return;
    }
  }

  void consider_pair(const Segment& segment, std::size_t i) {
    const WordSlot& first = segment.slots[i];
    const WordSlot& second = segment.slots[i + 1];
    if (first.texts.size() * second.texts.size() > kPairsMax) return;
    if (first.kind == WordSlot::Kind::Word && second.kind == WordSlot::Kind::Word) {
      const double frequency = frequency_together(frequency_of(first), frequency_of(second));
      take({Feature::Kind::Pair, i, {}}, frequency, segment);
    } else {
      take({Feature::Kind::Joint, i, {}}, joint_frequency(first, second), segment);
    }
  }

  void take(Feature feature, double frequency, const Segment& segment) {
    if (frequency >= frequency_) return;
    feature_ = std::move(feature);
    frequency_ = frequency;
    segment_ = &segment;
  }

  Feature feature_;
  double frequency_ = kNever;
  const Segment* segment_ = nullptr;
};

}  // namespace

std::optional<std::vector<Phrase>> phrases_of(const SyntaxNode& expression) {
  std::vector<Phrase> phrases;
  for (const PieceSequence& sequence : sequences_of(expression)) {
    const std::optional<std::vector<Segment>> segments = SegmentMaker().make(sequence);
    if (!segments) continue;
    FeatureChoice choice;
    for (const Segment& segment : *segments) choice.consider(segment);
    if (!choice.has_one()) return std::nullopt;
    phrases.push_back(choice.phrase());
  }
  return phrases;
}

}  // namespace pantau
