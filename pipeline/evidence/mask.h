// What a copy of a case shows in place of who somebody is.
//
// A copy goes to people who must know what happened, not to whom. So it has no name, no NIP, no
// account, no address of a post, none of what people wrote in free words, and of an act's text
// only what names nobody: handles and names in it are covered. A star covers one byte, so the
// places where patterns matched are the same as in the original.
//
// Kept are the accounts and names that a rule matched: those of candidates and their campaign,
// which are public and what the case is about.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/evidence/case_file.h"

namespace pantau {

inline constexpr std::string_view kMasked = "●●●";

class Mask {
 public:
  // One that covers nothing, for the original.
  Mask() = default;
  // One that covers what tells who the case is about, and bystanders.
  explicit Mask(const CaseFile& file);

  bool covers() const { return covers_; }

  // A name, a number, an account, or words of a person: all of it.
  std::string whole(std::string_view text) const;

  // An act's text, of the same length. What stands in a span stays.
  std::string act(std::string_view text, std::span<const CaseSpan> spans) const;

  // The JSON of a record or a flag of `item`, written anew; what is no JSON becomes "".
  std::string json(std::string_view json, const CaseItem& item) const;

 private:
  bool covers_ = false;
  std::vector<std::string> names_;  // in small letters, to be covered where they stand in a text
};

// All spans of an item's text.
std::vector<CaseSpan> spans_of(const CaseItem& item);

}  // namespace pantau
