#include "tests/support/plain_text.h"

#include <algorithm>

#include "classifiers/base/check.h"

namespace pantau {
namespace {

// The non-empty matches of one expression, as ranges of the view's characters.
std::vector<PlainRange> matches_in(const re2::RE2& expression, const PlainBytes& bytes) {
  const auto& [text, character] = bytes;
  std::vector<PlainRange> ranges;
  std::size_t from = 0;
  re2::StringPiece found;
  while (from <= text.size() &&
         expression.Match(text, from, text.size(), re2::RE2::UNANCHORED, &found, 1)) {
    const auto start = static_cast<std::size_t>(found.data() - text.data());
    const std::size_t end = start + found.size();
    if (end > start) {
      ranges.push_back({character[start], character[end - 1] + 1});
      from = end;
    } else {
      from = start + 1;  // to the next character's first byte
      while (from < text.size() && character[from] == character[start]) from++;
    }
  }
  return ranges;
}

bool overlaps_one(PlainRange original, const std::vector<PlainPlace>& places) {
  return std::ranges::any_of(
      places, [&](const PlainPlace& place) { return overlap(place.original, original); });
}

}  // namespace

PlainBytes::PlainBytes(const PlainView& view) {
  for (std::uint32_t i = 0; i < view.size(); i++) {
    append_utf8(text, view[i].value);
    character.resize(text.size(), i);
  }
}

PlainText::PlainText(std::string_view text)
    : plain(plain_view(text)),
      undisguised(undisguised_view(plain)),
      plain_characters(to_characters(plain)),
      undisguised_characters(to_characters(undisguised)),
      plain_bytes(plain),
      undisguised_bytes(undisguised),
      is_disguised(!same_text(plain, undisguised)) {}

PlainPlace place_in_plain(const PlainText& text, PlainRange range) {
  return {source_of(text.plain, range), range};
}

PlainPlace place_in_undisguised(const PlainText& text, PlainRange range) {
  return place_in_plain(text, source_of(text.undisguised, range));
}

void sort_places(std::vector<PlainPlace>& places) {
  std::ranges::sort(places);
  places.erase(std::unique(places.begin(), places.end()), places.end());
}

std::uint32_t characters_between(PlainRange a, PlainRange b) {
  if (a.end <= b.start) return b.start - a.end;
  if (b.end <= a.start) return a.start - b.end;
  return 0;
}

PlainExpressions compile_expressions(const std::vector<std::string>& sources) {
  PlainExpressions expressions;
  for (const std::string& source : sources) {
    expressions.push_back(std::make_unique<re2::RE2>(source));
    CHECK(expressions.back()->ok(), "tests give expressions that compile");
  }
  return expressions;
}

std::vector<PlainPlace> places_of(const PlainExpressions& pattern, const PlainText& text) {
  std::vector<PlainPlace> plain;
  for (const auto& expression : pattern) {
    for (const PlainRange range : matches_in(*expression, text.plain_bytes)) {
      plain.push_back(place_in_plain(text, range));
    }
  }
  std::vector<PlainPlace> places = plain;
  for (const auto& expression : pattern) {
    if (!text.is_disguised) break;
    for (const PlainRange range : matches_in(*expression, text.undisguised_bytes)) {
      const PlainPlace place = place_in_undisguised(text, range);
      if (!overlaps_one(place.original, plain)) places.push_back(place);
    }
  }
  sort_places(places);
  return places;
}

}  // namespace pantau
