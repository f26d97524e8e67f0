// Places in a folded text, for the plain matcher.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/plain_fold.h"

namespace pantau {

// A view as RE2 reads it.
struct PlainBytes {
  explicit PlainBytes(const PlainView& view);

  std::string text;
  std::vector<std::uint32_t> character;  // for each byte the one that it belongs to
};

// A text's two views. `undisguised` is made in any case; `is_disguised` says
// whether it is searched.
struct PlainText {
  explicit PlainText(std::string_view text);

  PlainView plain;
  PlainView undisguised;
  std::u32string plain_characters;
  std::u32string undisguised_characters;
  PlainBytes plain_bytes;
  PlainBytes undisguised_bytes;
  bool is_disguised;
};

// A range of the plain view's characters, and the bytes of the original.
struct PlainPlace {
  PlainRange original;
  PlainRange plain;

  friend auto operator<=>(const PlainPlace&, const PlainPlace&) = default;
};

PlainPlace place_in_plain(const PlainText& text, PlainRange range);
PlainPlace place_in_undisguised(const PlainText& text, PlainRange range);

// Sorted, without equal ones.
void sort_places(std::vector<PlainPlace>& places);

// How many characters of the plain view lie between two ranges of it.
std::uint32_t characters_between(PlainRange a, PlainRange b);

using PlainExpressions = std::vector<std::unique_ptr<re2::RE2>>;

PlainExpressions compile_expressions(const std::vector<std::string>& sources);

// Every place of a pattern: all matches of each expression in the plain view, and
// those of the undisguised view that overlap none of these.
std::vector<PlainPlace> places_of(const PlainExpressions& pattern, const PlainText& text);

}  // namespace pantau
