// Searching texts for many patterns at once: as a sweep does it, and by other means.
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "bench/benchmarks.h"
#include "bench/folded_texts.h"
#include "bench/measure.h"
#include "bench/patterns.h"
#include "classifiers/engine.h"
#include "classifiers/rules/rule_set.h"

#ifdef PANTAU_BENCH_HYPERSCAN
#include <hs.h>
#endif

namespace pantau::bench {
namespace {

constexpr std::size_t kTextsOnce = 2000;
constexpr std::size_t kTextsChecked = 20;

using Expressions = std::vector<std::string>;

Expressions make_expressions(std::uint64_t seed, std::uint32_t count) {
  Expressions expressions;
  for (std::uint32_t i = 0; i < count; i++) {
    expressions.push_back(make_pattern(seed, i).expression);
  }
  return expressions;
}

// One rule a pattern, so that what holds can be told by looking for each pattern by itself.
RulePack pack_of(const Expressions& expressions) {
  RulePack pack;
  pack.id = "bench";
  for (std::uint32_t i = 0; i < expressions.size(); i++) {
    Pattern pattern;
    pattern.name = std::to_string(i);
    pattern.expressions = {expressions[i]};
    pack.patterns.push_back(std::move(pattern));
    Rule rule;
    rule.id = std::to_string(i);
    rule.kinds.set();
    rule.stages.set();
    rule.target_types.set();
    rule.any = {i};
    pack.rules.push_back(std::move(rule));
  }
  return pack;
}

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

// RE2::Set, with as much memory as it asks for. Tells which patterns match, not where.
class SetSearch {
 public:
  SetSearch(Material&, const Expressions& expressions) : set_(options(), re2::RE2::UNANCHORED) {
    for (const std::string& expression : expressions) set_.Add(expression, nullptr);
    set_.Compile();
  }

  std::size_t search(const FoldedText& text) {
    found_.clear();
    search(text.plain.text());
    if (text.differs) search(text.undisguised.text());
    return found_.size();
  }

  void add_found(std::set<std::uint32_t>& patterns) const {
    for (const int pattern : found_) patterns.insert(static_cast<std::uint32_t>(pattern));
  }

 private:
  static re2::RE2::Options options() {
    re2::RE2::Options options;
    options.set_max_mem(std::int64_t{1} << 30);
    return options;
  }

  void search(std::string_view text) {
    if (set_.Match(text, &in_view_)) found_.insert(found_.end(), in_view_.begin(), in_view_.end());
  }

  re2::RE2::Set set_;
  std::vector<int> in_view_;
  std::vector<int> found_;
};

#ifdef PANTAU_BENCH_HYPERSCAN

// Hyperscan in block mode: each pattern told once a text. Tells which match, not where.
class HyperscanSearch {
 public:
  HyperscanSearch(Material&, const Expressions& expressions) {
    std::vector<const char*> sources;
    std::vector<unsigned> ids;
    for (const std::string& expression : expressions) {
      ids.push_back(static_cast<unsigned>(sources.size()));
      sources.push_back(expression.c_str());
    }
    const std::vector<unsigned> flags(sources.size(), HS_FLAG_UTF8 | HS_FLAG_SINGLEMATCH);
    hs_compile_error_t* error = nullptr;
    hs_compile_multi(sources.data(), flags.data(), ids.data(),
                     static_cast<unsigned>(sources.size()), HS_MODE_BLOCK, nullptr, &database_,
                     &error);
    hs_free_compile_error(error);
    hs_alloc_scratch(database_, &scratch_);
  }
  HyperscanSearch(const HyperscanSearch&) = delete;
  ~HyperscanSearch() {
    hs_free_scratch(scratch_);
    hs_free_database(database_);
  }

  std::size_t search(const FoldedText& text) {
    found_.clear();
    search(text.plain.text());
    if (text.differs) search(text.undisguised.text());
    return found_.size();
  }

  void add_found(std::set<std::uint32_t>& patterns) const {
    patterns.insert(found_.begin(), found_.end());
  }

 private:
  void search(std::string_view text) {
    const auto add = [](unsigned id, unsigned long long, unsigned long long, unsigned,
                        void* found) {
      static_cast<std::vector<unsigned>*>(found)->push_back(id);
      return 0;
    };
    hs_scan(database_, text.data(), static_cast<unsigned>(text.size()), 0, scratch_, add, &found_);
  }

  hs_database_t* database_ = nullptr;
  hs_scratch_t* scratch_ = nullptr;
  std::vector<unsigned> found_;
};

#endif

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

// Every text is searched for every pattern.
template <class Search>
void patterns(benchmark::State& state, Material& material, Texts which, std::uint32_t count) {
  const ReadArchive& read =
      records_of(material, which == Texts::Storm ? Mix::Storm : Mix::Timeline);
  const Expressions expressions = make_expressions(material.settings().seed, count);
  RuleSearch rules(material, expressions);
  const std::vector<FoldedText> texts = texts_of(read, which, rules);
  Search search(material, expressions);
  const auto checked = std::span(texts).first(std::min(kTextsChecked, texts.size()));
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

}  // namespace

void register_pattern_benchmarks(Material& material) {
  const auto add = [&material](const std::string& matcher, auto run) {
    for (const std::uint32_t count : {10U, 100U, 1000U, 10'000U}) {
      for (const Texts which : {Texts::Storm, Texts::Unmatched}) {
        const std::string name = "stage/patterns" + matcher +
                                 (which == Texts::Unmatched ? "/unmatched/" : "/") +
                                 std::to_string(count);
        benchmark::RegisterBenchmark(name.c_str(),
                                     [run, &material, which, count](benchmark::State& state) {
                                       run(state, material, which, count);
                                     })
            ->UseManualTime()
            ->Unit(benchmark::kMillisecond);
      }
    }
  };
  add("", patterns<RuleSearch>);
  add("_re2set", patterns<SetSearch>);
#ifdef PANTAU_BENCH_HYPERSCAN
  add("_hyperscan", patterns<HyperscanSearch>);
#endif
}

}  // namespace pantau::bench
