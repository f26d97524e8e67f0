// Mentions: which candidates a text names, and where (CONTRACT.md §7).
//
//   name      a name of `names`, folded; its parts in order, with one to three
//             blanks or hyphens (-, U+2010 to U+2015, U+2212) between two parts; no
//             word character directly before or after
//   hashtag   a `#word` (all word characters after the sign) that contains a
//             hashtag of the candidate; the span is the whole `#word`
//   handle    an `@handle` of one of the candidate's campaign accounts on the
//             record's platform that is valid at the record's time: after '@' all
//             of [a-z0-9._-] (and one further '@' as in user@host), less '.' and
//             '-' at its end, must be the handle; not directly behind a word character
//   number    a number phrase that names the ballot number, from the contest's
//             number draw on, and only if the subject's region lies in the
//             contest's. Phrases: (nomor|nomer|nmr|no) [urut] N, paslon [nomor …]
//             [urut] N, pasangan calon …, capres|cagub|cabup|cawali|cawalkot … N,
//             with up to three of blank . : - # between the parts; N in digits
//             (leading zeros allowed, at most two digits without them), satu … sepuluh
//             or what other languages have for them (siji, loro, tilu, duo), or I … IX
//             apart from what stands before, but for I and V behind a mere "no"; whole,
//             and not followed by a decimal ("2,5") or a reduplication
//             ("satu-satunya"); and keycap digits
//             (2️⃣), neighbouring ones read as one number, with leading zeros as above
//
// Names, hashtags and numbers are searched in both views of the text, handles in the
// plain view. What the undisguised view finds counts only where the plain view has no
// mention of that candidate overlapping it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/contests/contest.h"
#include "classifiers/model/flag.h"
#include "classifiers/model/validity.h"
#include "classifiers/text/fold.h"

namespace pantau {

// An account by whose handle a text names its candidate.
struct CandidateHandle {
  ContestIndex contest = 0;
  CandidateIndex candidate = 0;
  std::string platform;
  std::string handle;  // as handle_key()
  Validity validity;   // days of the contest's time zone
};

struct Mention {
  ContestIndex contest = 0;
  CandidateIndex candidate = 0;
  bool slogan = false;                   // a slogan stands beside a mention; alone it is none
  ByteRange plain;                       // in the plain view
  MentionKind kind = MentionKind::Name;  // a slogan is as a name
};

// All that a mention depends on besides the text.
struct MentionContext {
  std::string_view platform;
  std::string_view subject_region;
  Instant time;
};

// Immutable and shared by all threads. `contests` must outlive it.
class MentionFinder {
 public:
  MentionFinder(const ContestList& contests, std::span<const CandidateHandle> handles);
  ~MentionFinder();

  // Puts the mentions in `plain` (and in `undisguised`, null if it does not
  // differ) into `mentions`, ordered by contest, candidate, slogan or not, start;
  // slogans only of candidates that are mentioned.
  void find(const FoldedView& plain, const FoldedView* undisguised, const MentionContext& context,
            std::vector<Mention>& mentions) const;

 private:
  struct Index;
  std::unique_ptr<const Index> index_;
};

}  // namespace pantau
