// What was found: flags, the rules that hold for them, and where in the text.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace pantau {

enum class Level : std::uint8_t { Info, Low, Medium, High, Critical };
enum class Stage : std::uint8_t { Before, Determined, Campaign, Quiet, Voting, After };
inline constexpr std::size_t kStages = 6;
enum class Via : std::uint8_t { Target, Mention };
enum class AccountType : std::uint8_t {
  Registered,
  CampaignTeam,
  Supporter,
  Party,
  Personal,
  Institution,
  Media
};
inline constexpr std::size_t kAccountTypes = 7;
// By what a text names a candidate.
enum class MentionKind : std::uint8_t { Name, Hashtag, Handle, Number };
inline constexpr std::size_t kMentionKinds = 4;

std::string_view name_of(Level level);       // "info" …
std::string_view name_of(Stage stage);       // "before" …
std::string_view name_of(Via via);           // "target", "mention"
std::string_view name_of(AccountType type);  // "registered", "campaign_team" …
std::string_view name_of(MentionKind kind);  // "name", "hashtag" …
std::optional<Level> level_named(std::string_view name);
std::optional<Stage> stage_named(std::string_view name);
std::optional<AccountType> account_type_named(std::string_view name);
std::optional<MentionKind> mention_kind_named(std::string_view name);

// A breach before the candidates are determined would be one of ethics, from
// then on one of discipline (DOMAIN: SKB 2/2022, annex II).
inline bool is_ethics(Stage stage) {
  return stage == Stage::Before;
}

// Byte offsets [start, end) into the record's own text, on character borders.
struct Span {
  std::string_view name;  // a pattern's, "@mention" or "@slogan"; the rule set owns it
  std::uint32_t start = 0;
  std::uint32_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

// A position in ContestList::contests and in that contest's candidates.
using ContestIndex = std::uint32_t;
using CandidateIndex = std::uint32_t;
inline constexpr CandidateIndex kNoCandidate = std::numeric_limits<CandidateIndex>::max();

// One rule that holds, for one (contest, candidate, via).
struct RuleMatch {
  std::uint32_t rule = 0;  // position in RuleSet::rules
  ContestIndex contest = 0;
  CandidateIndex candidate = kNoCandidate;
  Via via = Via::Target;
  AccountType account_type = AccountType::Registered;  // of the target; only if via is Target
  Stage stage = Stage::Before;
  std::uint32_t spans_begin = 0;  // [begin, end) in Findings::spans
  std::uint32_t spans_end = 0;
};

struct Flag {
  std::uint32_t record = 0;  // position in the batch
  std::uint32_t entry = 0;   // the roster's, of who acts
  Level level = Level::Info;
  std::uint32_t matches_begin = 0;  // [begin, end) in Findings::matches
  std::uint32_t matches_end = 0;
};

// Who acted in a record: the roster's entry by which that is known, and the subject's number.
struct ActingSubject {
  std::uint32_t entry = 0;
  std::uint32_t subject = 0;
};

// The flags of a batch, in the order of its records. Flat, so that a batch of
// many flags costs three growing arrays and no allocation per flag.
struct Findings {
  std::vector<Flag> flags;
  std::vector<RuleMatch> matches;
  std::vector<Span> spans;
  std::vector<ActingSubject> subjects;  // of each record that a subject acted in

  void clear() {
    subjects.clear();
    flags.clear();
    matches.clear();
    spans.clear();
  }
};

}  // namespace pantau
