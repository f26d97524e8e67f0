// Folding: what a text looks like to the rules (CONTRACT.md §8).
//
// People write one word in many ways, some to be seen and some to hide. Rules
// and names are therefore searched in two views of a text, never in the text
// itself:
//
//   plain view      Unicode NFKC case folding; without invisible characters
//                   (default ignorable, controls, variation selectors, skin
//                   tones); letters that look like Latin ones made Latin; each
//                   run of white space one blank.
//   undisguised     the plain view with disguises undone: letters spread by
//   view            separators joined (c.o.b.l.o.s), digits and signs inside
//                   words read as letters (c0bl0s, p!lih), repeated letters
//                   reduced (dukuuung). Often equal to the plain view, and
//                   then not searched again.
//
// The undisguised view is searched in addition, so undoing too little costs a
// match and undoing too much costs a false flag: what ordinary words do (a
// number behind a word as in `nomor2`, a year, a phone number, a doubled letter
// inside a word) stays as it is. The exact rules stand in undisguise.cc.
//
// Every byte of a view knows which bytes of the original it came from, so a
// match is reported where the reader of the original can see it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "classifiers/text/folded_view.h"

namespace pantau {

// Texts above this are folded to this length only (on a character border); no
// platform lets a post be longer.
inline constexpr std::size_t kFoldedTextBytesMax = 1 << 20;

// Makes the plain view of `text` (valid UTF-8). Pure and thread-safe.
void fold(std::string_view text, FoldedView& plain);

// Makes the undisguised view of a plain view; its source is the plain view.
// Returns whether it differs; if not, `undisguised` is left empty.
bool undisguise(const FoldedView& plain, FoldedView& undisguised);

// The plain view's text alone, for names and hashtags of a list.
std::string folded(std::string_view text);

}  // namespace pantau
