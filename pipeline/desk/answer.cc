#include "pipeline/desk/answer.h"

namespace pantau {
namespace {

struct RuleOfTheFile {
  std::string_view mark;  // in what SQLite says
  Refused why;
  std::string_view message;
};

// What the triggers and constraints of review/sqlite_desk_*.cc refuse, in words.
constexpr RuleOfTheFile kRulesOfTheFile[] = {
    {"desk:state", Refused::Conflict, "it is in another state by now"},
    {"desk:undecided", Refused::Conflict, "an item changes its state only by a decision"},
    {"desk:late", Refused::Late, "the claim ran out, or somebody else has the item now"},
    {"desk:same_person", Refused::SamePerson, "a second person has to do this"},
    {"desk:built_on", Refused::Conflict, "it can no longer be undone: something was built on it"},
    {"desk:append_only", Refused::Conflict, "what was written here stays as it is"},
    {"desk:fence", Refused::Late, "somebody else has the item now"},
    {"desk:identity", Refused::Conflict,
     "whose an account is has not been settled: declare or confirm it, or record an identity step"},
    {"desk:empty", Refused::Conflict, "the case has no items"},
    {"desk:roles", Refused::Invalid,
     "an administrator or auditor cannot also be analyst, second reviewer or case handler"},
    {"desk:chain", Refused::Storage, "the audit log does not go on where it ended"},
    {"CHECK constraint failed: decision_fits_state", Refused::Conflict,
     "it is in another state by now"},
    {"CHECK constraint failed: approved_by", Refused::SamePerson, "a second person has to do this"},
    {"CHECK constraint failed: released_by", Refused::SamePerson, "a second person has to do this"},
    {"CHECK constraint failed: decided_by", Refused::SamePerson, "a second person has to do this"},
    {"CHECK constraint failed: second_staff", Refused::SamePerson,
     "a second person has to do this"},
    {"CHECK constraint failed: author", Refused::SamePerson, "a second person has to do this"},
    {"CHECK constraint failed", Refused::Invalid, "this is not among what may be said here"},
    {"UNIQUE constraint failed", Refused::Conflict, "there is one already"},
    {"FOREIGN KEY constraint failed", Refused::Invalid, "it refers to what does not exist"},
};

}  // namespace

std::string_view name_of(Refused why) {
  switch (why) {
    case Refused::Invalid:
      return "invalid";
    case Refused::NotFound:
      return "not_found";
    case Refused::Forbidden:
      return "forbidden";
    case Refused::Late:
      return "late";
    case Refused::Conflict:
      return "conflict";
    case Refused::SamePerson:
      return "same_person";
    case Refused::Storage:
      break;
  }
  return "storage";
}

tl::unexpected<Error> as_error(const Refusal& refusal, std::string_view what) {
  const Fault fault = refusal.why == Refused::Storage ? Fault::Storage : Fault::Config;
  return fail(fault, std::string(what) + (what.empty() ? "" : ": ") + refusal.message);
}

Refusal::Refusal(Error error) : why(Refused::Storage), message(std::move(error.message)) {
  if (error.fault == Fault::Config) why = Refused::Invalid;
  for (const RuleOfTheFile& rule : kRulesOfTheFile) {
    if (message.find(rule.mark) == std::string::npos) continue;
    why = rule.why;
    message = rule.message;
    return;
  }
}

}  // namespace pantau
