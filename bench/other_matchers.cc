#include "bench/other_matchers.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <utility>

#include "bench/material.h"

#ifdef PANTAU_BENCH_HYPERSCAN
#include <hs.h>
#endif

namespace pantau::bench {
namespace {

class SetMatcher : public MatchNominator {
 public:
  explicit SetMatcher(std::span<const std::string> expressions)
      : set_(options(), re2::RE2::UNANCHORED) {
    for (const std::string& expression : expressions) set_.Add(expression, nullptr);
    if (!set_.Compile()) give_up("RE2::Set has too little memory");
  }

  void nominate(std::string_view text, std::vector<PossibleMatch>& possible) const override {
    thread_local std::vector<int> matching;
    if (!set_.Match(text, &matching)) return;
    for (const int expression : matching) {
      possible.push_back({static_cast<std::uint32_t>(expression)});
    }
  }

 private:
  static re2::RE2::Options options() {
    re2::RE2::Options options;
    options.set_max_mem(std::int64_t{1} << 30);
    return options;
  }

  re2::RE2::Set set_;
};

#ifdef PANTAU_BENCH_HYPERSCAN

class Hyperscan : public MatchNominator {
 public:
  explicit Hyperscan(std::span<const std::string> expressions) {
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
    if (error != nullptr) give_up(error->message);
    if (hs_alloc_scratch(database_, &scratch_) != HS_SUCCESS) give_up("Hyperscan has no memory");
  }
  Hyperscan(const Hyperscan&) = delete;
  ~Hyperscan() override {
    hs_free_scratch(scratch_);
    hs_free_database(database_);
  }

  // By one thread at a time: it has one scratch.
  void nominate(std::string_view text, std::vector<PossibleMatch>& possible) const override {
    const auto add = [](unsigned id, unsigned long long, unsigned long long, unsigned, void* to) {
      static_cast<std::vector<PossibleMatch>*>(to)->push_back({id});
      return 0;
    };
    hs_scan(database_, text.data(), static_cast<unsigned>(text.size()), 0, scratch_, add,
            &possible);
  }

 private:
  hs_database_t* database_ = nullptr;
  hs_scratch_t* scratch_ = nullptr;
};

#endif

template <class Matcher>
std::unique_ptr<const MatchNominator> make(std::span<const std::string> expressions) {
  return std::make_unique<Matcher>(expressions);
}

}  // namespace

std::vector<OtherMatcher> other_matchers() {
  std::vector<OtherMatcher> matchers = {{"re2set", make<SetMatcher>}};
#ifdef PANTAU_BENCH_HYPERSCAN
  matchers.push_back({"hyperscan", make<Hyperscan>});
#endif
  return matchers;
}

}  // namespace pantau::bench
