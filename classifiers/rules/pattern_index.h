// Which expressions could match a text, and where.
//
// Of each expression the index knows what words a match must have, in which order (phrase.h), and
// looks for the rarest of them: for a word, two words side by side, the begin or the end of a
// word, a part of one, a character beyond ASCII. A text is cut into words once, and each word is
// looked up: that takes hardly longer for ten thousand expressions than for ten. Where one is
// found, the words around it are compared. What is left, RE2 judges.
//
// The index may only save time: it never leaves out an expression that matches, nor a place where
// a match begins. Expressions that nothing can be looked for in are left to the caller.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/rules/feature_table.h"
#include "classifiers/rules/phrase.h"
#include "classifiers/rules/possible_match.h"
#include "classifiers/rules/word_scan.h"

namespace pantau {

// Immutable once built; shared by threads.
class PatternIndex {
 public:
  class Scratch;

  // Expressions are numbered in the order in which they are added. Returns whether anything can be
  // looked for; if not, the expression is never among the possible.
  bool add(const SyntaxNode& expression);
  // An expression of which nothing is known.
  void add_unknown() { expressions_++; }
  // After the last one.
  void build();

  // Appends what could match `text`, in no certain order.
  void find(std::string_view text, Scratch& scratch, std::vector<PossibleMatch>& possible) const;

  // Uses this scanner in place of the fastest one.
  void use(WordScanner scanner) { scan_ = scanner; }

 private:
  // The texts of a slot, or, of a slot that is a whole word, their keys.
  struct Slot {
    WordSlot::Kind kind = WordSlot::Kind::Any;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  struct CompiledPhrase {
    std::uint32_t expression = 0;
    std::uint32_t slots_begin = 0;
    std::uint16_t slots = 0;
    std::uint16_t feature = 0;  // number of the slot that was found
    std::uint16_t found = 0;    // so many slots need not be compared any more
    MatchStart start = MatchStart::Anywhere;
  };
  // A part of a word, found by some of its bytes.
  struct Part {
    std::string text;
    std::uint32_t phrase = 0;
  };
  struct Window {
    std::uint32_t part = 0;
    std::uint32_t offset = 0;  // of the bytes in it
  };
  struct Search;

  void add_feature(const Phrase& phrase, std::uint32_t number);
  void add_affix(const std::string& text, bool is_prefix, std::uint32_t number);
  void add_slot(const WordSlot& slot);
  void add_windows();
  void look_up_word(std::size_t word, Search& search) const;
  void find_parts(Search& search) const;
  void find_characters(Search& search) const;
  void nominate(const CompiledPhrase& phrase, std::size_t word, std::uint32_t start_end,
                Search& search) const;
  bool holds(const Slot& slot, std::size_t word, const Search& search) const;

  std::uint32_t expressions_ = 0;
  std::vector<CompiledPhrase> phrases_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> keys_;
  std::vector<std::string> texts_;

  WordScanner scan_ = word_scanners().back();
  FeatureTable word_table_;  // and pairs, begins and ends
  WordProbes probes_;
  FeatureTable character_table_;
  FeatureTable part_table_;
  std::vector<Window> windows_;
  std::vector<Part> parts_;
  std::uint32_t window_bytes_ = 4;
  std::uint32_t stride_ = 1;
};

// What one thread writes while it searches.
class PatternIndex::Scratch {
 private:
  friend class PatternIndex;
  TextWords words_;
};

}  // namespace pantau
