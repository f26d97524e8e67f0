#include "classifiers/rules/pattern.h"

#include <fmt/format.h>

#include <algorithm>

namespace pantau {
namespace {

bool starts_before(ByteRange a, ByteRange b) {
  return a.start != b.start ? a.start < b.start : a.end < b.end;
}

bool overlaps_one(const std::vector<ByteRange>& places, ByteRange range) {
  return std::ranges::any_of(
      places, [&](ByteRange place) { return place.start < range.end && range.start < place.end; });
}

// Calls `found(range)` for the matches of `re`, left to right, none overlapping another and
// none empty, until it returns false.
template <class Found>
void each_match(const re2::RE2& re, std::string_view text, Found&& found) {
  re2::StringPiece match;
  for (std::size_t from = 0; from <= text.size();) {
    if (!re.Match(text, from, text.size(), re2::RE2::UNANCHORED, &match, 1)) return;
    const auto start = static_cast<std::size_t>(match.data() - text.data());
    const std::size_t end = start + match.size();
    if (!match.empty() &&
        !found(ByteRange{static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)})) {
      return;
    }
    from = match.empty() ? end + 1 : end;
  }
}

void sort_and_cut(std::vector<ByteRange>& places) {
  std::ranges::sort(places, starts_before);
  places.erase(std::unique(places.begin(), places.end()), places.end());
  if (places.size() > kPlacesMax) places.resize(kPlacesMax);
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

void find_places(const std::vector<Expression>& pattern, const TextViews& views,
                 std::vector<ByteRange>& places) {
  for (const Expression& expression : pattern) {
    std::size_t count = 0;
    each_match(expression.re(), views.plain->text(), [&](ByteRange range) {
      places.push_back(range);
      return ++count < kPlacesMax;
    });
  }
  sort_and_cut(places);
  if (views.undisguised == nullptr) return;
  // The first places of the plain view are enough to compare with: what lies behind them
  // would be cut anyway.
  std::vector<ByteRange> further;
  for (const Expression& expression : pattern) {
    std::size_t count = 0;
    each_match(expression.re(), views.undisguised->text(), [&](ByteRange range) {
      const ByteRange place = views.undisguised->source_of(range);
      if (places.size() == kPlacesMax && place.start > places.back().start) return false;
      if (overlaps_one(places, place)) return true;
      further.push_back(place);
      return ++count < kPlacesMax;
    });
  }
  places.insert(places.end(), further.begin(), further.end());
  sort_and_cut(places);
}

}  // namespace pantau
