#include "classifiers/rules/pattern.h"

#include <fmt/format.h>

#include <algorithm>

namespace pantau {
namespace {

bool starts_before(ByteRange a, ByteRange b) {
  return a.start != b.start ? a.start < b.start : a.end < b.end;
}

// Calls `found(range)` for the matches of `re`, left to right, none overlapping another and
// none empty.
template <class Found>
void each_match(const re2::RE2& re, std::string_view text, Found&& found) {
  re2::StringPiece match;
  for (std::size_t from = 0; from <= text.size();) {
    if (!re.Match(text, from, text.size(), re2::RE2::UNANCHORED, &match, 1)) return;
    const auto start = static_cast<std::size_t>(match.data() - text.data());
    const std::size_t end = start + match.size();
    if (!match.empty()) {
      found(ByteRange{static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)});
    }
    from = match.empty() ? end + 1 : end;
  }
}

}  // namespace

Result<Expression> Expression::compile(std::string_view source) {
  if (source.size() > kExpressionCharactersMax) {
    return fail(Fault::Config, fmt::format("the expression is longer than {} characters",
                                           kExpressionCharactersMax));
  }
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kExpressionBytesMax);
  auto re = std::make_unique<re2::RE2>(source, options);
  if (!re->ok()) {
    return fail(Fault::Config, re->error_arg().empty()
                                   ? re->error()
                                   : fmt::format("{} (at '{}')", re->error(), re->error_arg()));
  }
  if (re2::RE2::PartialMatch("", *re)) {
    return fail(Fault::Config, "it matches the empty text, so it would hold for every text");
  }
  return Expression(std::move(re));
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

void find_places(std::span<const Expression> pattern, std::span<const MayMatch> may_match,
                 const TextViews& views, Places& places) {
  const auto may = [&](std::size_t i) { return may_match.empty() ? MayMatch() : may_match[i]; };
  for (std::size_t i = 0; i < pattern.size(); i++) {
    if (!may(i).plain) continue;
    each_match(pattern[i].re(), views.plain->text(), [&](ByteRange range) { places.add(range); });
  }
  places.sort();
  if (views.undisguised == nullptr) return;
  std::vector<ByteRange> further;
  for (std::size_t i = 0; i < pattern.size(); i++) {
    if (!may(i).undisguised) continue;
    each_match(pattern[i].re(), views.undisguised->text(), [&](ByteRange range) {
      const ByteRange place = views.undisguised->source_of(range);
      if (!places.overlap(place)) further.push_back(place);
    });
  }
  if (further.empty()) return;
  for (const ByteRange place : further) places.add(place);
  places.sort();
}

}  // namespace pantau
