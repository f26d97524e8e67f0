// Searching texts for many patterns at once: as a sweep does it, and by other means.
#include <re2/re2.h>

#include <algorithm>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "bench/benchmarks.h"
#include "bench/folded_texts.h"
#include "bench/measure.h"
#include "bench/one_rule_a_pattern.h"
#include "bench/other_matchers.h"
#include "classifiers/engine.h"
#include "classifiers/rules/rule_set.h"

namespace pantau::bench {
namespace {

constexpr std::size_t kTextsOnce = 2000;
constexpr std::size_t kTextsChecked = 20;

// The rules, as a sweep evaluates them: it tells all places, too, which the others do not.
class RuleSearch {
 public:
  RuleSearch(Material& material, const Expressions& expressions)
      : pack_(pack_of(expressions)),
        rules_(need(RuleSet::compile({&pack_, 1}, lists_of(material).contests))),
        scratch_(rules_) {}

  std::size_t search(const FoldedText& text) {
    findings_.clear();
    Act act;
    act.kind = text.record->kind;
    act.time = text.record->time;
    act.views = text.views();
    act.targets = std::span(&link_, 1);  // all of them are tied to a candidate by the target
    rules_.evaluate(act, scratch_, findings_);
    return findings_.matches.size();
  }

  void add_found(std::set<std::uint32_t>& patterns) const {
    for (const RuleMatch& match : findings_.matches) patterns.insert(match.rule);
  }

 private:
  static const EngineLists& lists_of(Material& material) {
    return material.engine(material.settings().patterns).lists();
  }

  RulePack pack_;
  TargetLink link_;
  RuleSet rules_;
  RuleSet::Scratch scratch_;
  Findings findings_;
};

// Another matcher. Tells which patterns match, not where.
class OtherSearch {
 public:
  OtherSearch(const OtherMatcher& matcher, const Expressions& expressions)
      : matcher_(matcher.make(expressions)) {}

  std::size_t search(const FoldedText& text) {
    found_.clear();
    matcher_->nominate(text.plain.text(), found_);
    if (text.differs) matcher_->nominate(text.undisguised.text(), found_);
    return found_.size();
  }

  void add_found(std::set<std::uint32_t>& patterns) const {
    for (const PossibleMatch& match : found_) patterns.insert(match.expression);
  }

 private:
  std::unique_ptr<const MatchNominator> matcher_;
  std::vector<PossibleMatch> found_;
};

bool holds(const re2::RE2& re, const FoldedText& text) {
  return re2::RE2::PartialMatch(std::string(text.plain.text()), re) ||
         (text.differs && re2::RE2::PartialMatch(std::string(text.undisguised.text()), re));
}

template <class Search>
bool finds_what_re2_finds(Search& search, const Expressions& expressions,
                          std::span<const FoldedText> texts) {
  std::vector<std::set<std::uint32_t>> expected(texts.size());
  for (std::uint32_t i = 0; i < expressions.size(); i++) {
    const re2::RE2 re(expressions[i]);
    for (std::size_t text = 0; text < texts.size(); text++) {
      if (holds(re, texts[text])) expected[text].insert(i);
    }
  }
  for (std::size_t text = 0; text < texts.size(); text++) {
    std::set<std::uint32_t> found;
    search.search(texts[text]);
    search.add_found(found);
    if (found != expected[text]) return false;
  }
  return true;
}

// No time is told for a wrong answer: compared with RE2 alone, and with the rules.
template <class Search>
void measure_search(benchmark::State& state, Search& search, RuleSearch& rules,
                    const Expressions& expressions, const ReadArchive& read,
                    std::span<const FoldedText> texts) {
  const auto checked = texts.first(std::min(kTextsChecked, texts.size()));
  if (!finds_what_re2_finds(search, expressions, checked)) {
    return tell_wrong_answer(state, "RE2 alone finds other patterns");
  }
  for (const FoldedText& text : texts) {
    std::set<std::uint32_t> expected;
    std::set<std::uint32_t> found;
    rules.search(text);
    rules.add_found(expected);
    search.search(text);
    search.add_found(found);
    if (found != expected) return tell_wrong_answer(state, "two matchers find different patterns");
  }
  Work work = stage(read, texts.size(), [&] {
    for (const FoldedText& text : texts) benchmark::DoNotOptimize(search.search(text));
  });
  work.share *= share_of_texts(read, texts.size());
  measure(state, work);
}

enum class Texts : std::uint8_t {
  Storm,      // half of them hold a pattern
  Unmatched,  // of ordinary people, none of which holds one
};

std::vector<FoldedText> texts_of(const ReadArchive& read, Texts which, RuleSearch& rules) {
  std::vector<FoldedText> texts = fold_texts(read, kTextsOnce);
  if (which == Texts::Unmatched) {
    std::erase_if(texts, [&rules](const FoldedText& text) { return rules.search(text) > 0; });
  }
  return texts;
}

// Every text is searched for every pattern: by the rules if there is no other matcher.
void patterns(benchmark::State& state, Material& material, Texts which, std::uint32_t count,
              const OtherMatcher* other) {
  const ReadArchive& read =
      records_of(material, which == Texts::Storm ? Mix::Storm : Mix::Timeline);
  const Expressions expressions = make_expressions(material.settings().seed, count);
  RuleSearch rules(material, expressions);
  const std::vector<FoldedText> texts = texts_of(read, which, rules);
  if (other == nullptr) {
    measure_search(state, rules, rules, expressions, read, texts);
  } else {
    OtherSearch search(*other, expressions);
    measure_search(state, search, rules, expressions, read, texts);
  }
}

}  // namespace

void register_pattern_benchmarks(Material& material) {
  static const std::vector<OtherMatcher> others = other_matchers();
  const auto add = [&material](const OtherMatcher* other) {
    const std::string matcher = other == nullptr ? "" : "_" + std::string(other->name);
    for (const std::uint32_t count : {10U, 100U, 1000U, 10'000U}) {
      for (const Texts which : {Texts::Storm, Texts::Unmatched}) {
        const std::string name = "stage/patterns" + matcher +
                                 (which == Texts::Unmatched ? "/unmatched/" : "/") +
                                 std::to_string(count);
        benchmark::RegisterBenchmark(name.c_str(),
                                     [&material, which, count, other](benchmark::State& state) {
                                       patterns(state, material, which, count, other);
                                     })
            ->UseManualTime()
            ->Unit(benchmark::kMillisecond);
      }
    }
  };
  add(nullptr);
  for (const OtherMatcher& other : others) add(&other);
}

}  // namespace pantau::bench
