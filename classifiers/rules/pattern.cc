#include "classifiers/rules/pattern.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "classifiers/base/check.h"

namespace pantau {
namespace {

bool starts_before(ByteRange a, ByteRange b) {
  return a.start != b.start ? a.start < b.start : a.end < b.end;
}

// Calls `found(range)` for the matches of `re`, left to right, none overlapping another and none
// empty. All of them are possible ones, which are ordered.
template <class Found>
void each_match(const re2::RE2& re, std::string_view text, std::span<const PossibleMatch> possible,
                Found&& found) {
  re2::StringPiece match;
  std::size_t from = 0;
  int tries = 0;
  for (const PossibleMatch& may_match : possible) {
    while (from < may_match.start_end && from <= text.size()) {
      // A try that fails may read all of the text, so many of them might take too long.
      const bool is_anchored = may_match.starts_here && tries < kAnchoredTriesMax;
      if (is_anchored && may_match.start < from) break;
      from = std::max<std::size_t>(from, may_match.start);
      const auto anchor = is_anchored ? re2::RE2::ANCHOR_START : re2::RE2::UNANCHORED;
      if (!re.Match(text, from, text.size(), anchor, &match, 1)) {
        if (!is_anchored) return;
        tries++;
        break;
      }
      const auto start = static_cast<std::size_t>(match.data() - text.data());
      const std::size_t end = start + match.size();
      if (!match.empty()) {
        found(ByteRange{static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)});
      }
      from = match.empty() ? end + 1 : end;
    }
  }
}

// Of one expression.
std::span<const PossibleMatch> possible_matches_of(std::uint32_t expression,
                                                   const std::vector<PossibleMatch>& possible) {
  const auto begin = std::ranges::lower_bound(possible, expression, {}, &PossibleMatch::expression);
  auto end = begin;
  while (end != possible.end() && end->expression == expression) end++;
  return {begin, end};
}

}  // namespace

re2::RE2::Options expression_options() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kExpressionBytesMax);
  return options;
}

Result<Expression> Expression::compile(std::string_view source, std::optional<Syntax>* syntax) {
  if (source.size() > kExpressionCharactersMax) {
    return fail(Fault::Config, fmt::format("the expression is longer than {} characters",
                                           kExpressionCharactersMax));
  }
  std::optional<Syntax> parsed = parse_syntax(source);
  Expression expression(source);
  if (!parsed || !parsed->is_certain) {
    auto re = std::make_unique<re2::RE2>(source, expression_options());
    if (!re->ok()) {
      return fail(Fault::Config, re->error_arg().empty()
                                     ? re->error()
                                     : fmt::format("{} (at '{}')", re->error(), re->error_arg()));
    }
    if (re2::RE2::PartialMatch("", *re)) {
      return fail(Fault::Config, "it matches the empty text, so it would hold for every text");
    }
    expression.re_ = re.release();
  }
  if (syntax != nullptr) *syntax = std::move(parsed);
  return expression;
}

// Another thread may do the same at the same time; then its work stands.
const re2::RE2& Expression::compile_now() const {
  auto re = std::make_unique<const re2::RE2>(source_, expression_options());
  CHECK(re->ok(), "its syntax is certain");
  const re2::RE2* known = nullptr;
  if (re_.compare_exchange_strong(known, re.get(), std::memory_order_acq_rel)) known = re.release();
  return *known;
}

void Places::clear() {
  ranges_.clear();
  furthest_end_.clear();
}

void Places::sort() {
  std::ranges::sort(ranges_, starts_before);
  ranges_.erase(std::unique(ranges_.begin(), ranges_.end()), ranges_.end());
  furthest_end_.clear();
  std::uint32_t furthest = 0;
  for (const ByteRange& range : ranges_) {
    furthest = std::max(furthest, range.end);
    furthest_end_.push_back(furthest);
  }
}

bool Places::overlap(ByteRange range) const {
  const auto behind = std::ranges::lower_bound(ranges_, range.end, {}, &ByteRange::start);
  const auto before = static_cast<std::size_t>(behind - ranges_.begin());
  return before > 0 && furthest_end_[before - 1] > range.start;
}

std::optional<std::uint32_t> Places::end_before(ByteRange range) const {
  const auto behind = std::ranges::upper_bound(ranges_, range.end, {}, &ByteRange::start);
  const auto before = static_cast<std::size_t>(behind - ranges_.begin());
  if (before == 0) return std::nullopt;
  return furthest_end_[before - 1];
}

std::optional<std::uint32_t> Places::start_behind(ByteRange range) const {
  const auto behind = std::ranges::upper_bound(ranges_, range.end, {}, &ByteRange::start);
  if (behind == ranges_.end()) return std::nullopt;
  return behind->start;
}

void find_places(std::span<const Expression> pattern, std::uint32_t first,
                 const PossibleMatches& possible, const TextViews& views, Places& places) {
  const auto each = [&](const std::vector<PossibleMatch>& in_view, std::string_view text,
                        auto found) {
    for (std::uint32_t i = 0; i < pattern.size(); i++) {
      const std::span<const PossibleMatch> own = possible_matches_of(first + i, in_view);
      if (!own.empty()) each_match(pattern[i].re(), text, own, found);
    }
  };
  each(possible.plain, views.plain->text(), [&](ByteRange range) { places.add(range); });
  places.sort();
  if (views.undisguised == nullptr || possible.undisguised.empty()) return;
  std::vector<ByteRange> further;
  each(possible.undisguised, views.undisguised->text(), [&](ByteRange range) {
    const ByteRange place = views.undisguised->source_of(range);
    if (!places.overlap(place)) further.push_back(place);
  });
  if (further.empty()) return;
  for (const ByteRange place : further) places.add(place);
  places.sort();
}

}  // namespace pantau
