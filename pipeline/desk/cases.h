// Cases: what two people confirmed about one person and one candidate, until it is handed over.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/desk/desk.h"
#include "pipeline/desk/listing.h"

namespace pantau {

struct CaseRow {
  CaseId id = 0;
  std::string number;  // "case-2024-000017"
  std::string state;   // open, handed_over, closed
  std::string subject, contest, candidate;
  Instant opened_at;
  std::int64_t items = 0;
  bool may_hand_over = false;  // every account is the person's for sure
  bool is_held = false;        // a legal hold keeps it from retention
};

struct IdentityStep {
  std::int64_t id = 0;
  std::string platform, account;
  std::string description, media_type, sha256;
  std::uint64_t bytes = 0;
  std::string staff_name;
  Instant at;
};
struct LegalHold {
  std::int64_t id = 0;
  std::string reason;
  std::string asked_by, approved_by, released_by;  // "": not
  Instant asked_at;
};
struct HandOver {
  std::string to, letter_number;
  std::string staff_name;
  Instant at;
};
// An account of the case's items, and why it is held to be the person's.
struct CaseAccount {
  std::string platform, account;
  std::string ownership;
  bool is_settled = false;  // declared, confirmed, or an identity step was recorded
};

struct CaseView {
  CaseRow row;
  SubjectDetail subject;
  std::vector<ItemRow> items;
  std::vector<DecisionRow> decisions;  // of all its items
  std::vector<CaseAccount> accounts;
  std::vector<IdentityStep> identity;
  std::vector<LegalHold> holds;
  std::optional<HandOver> hand_over;
};

// Case handlers (second reviewers may read). `state` "": all.
Answer<Listed<CaseRow>> list_cases(Desk& desk, const Caller& caller, const std::string& state,
                                   const Page& page);
Answer<CaseView> view_case(Desk& desk, const Caller& caller, CaseId id);  // audited
Answer<CaseId> case_numbered(Desk& desk, const std::string& number);

struct NewIdentityStep {
  std::string platform, account;  // as in CaseAccount
  std::string description;
  std::string media_type;
  std::string evidence;  // the bytes
};
inline constexpr std::size_t kIdentityEvidenceBytesMax = 8 << 20;
Answer<std::int64_t> add_identity_step(Desk& desk, const Caller& caller, CaseId id,
                                       const NewIdentityStep& step);
Answer<std::string> identity_evidence(Desk& desk, const Caller& caller, CaseId id,
                                      std::int64_t step);  // audited

Done hand_over_case(Desk& desk, const Caller& caller, CaseId id, const std::string& to,
                    const std::string& letter_number);
Done close_case(Desk& desk, const Caller& caller, CaseId id, const std::string& note);

// A hold keeps a case's items from retention from the moment it is asked for; it stands when a
// second person approved it, and only a person other than who asked may release it.
Answer<std::int64_t> ask_legal_hold(Desk& desk, const Caller& caller, CaseId id,
                                    const std::string& reason);
Done approve_legal_hold(Desk& desk, const Caller& caller, CaseId id, std::int64_t hold);
Done release_legal_hold(Desk& desk, const Caller& caller, CaseId id, std::int64_t hold,
                        const std::string& note);

}  // namespace pantau
