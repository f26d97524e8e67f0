// The audit log: who did and who read what, in a chain that shows any change.
//
// A row is written in the transaction of what it tells, so neither is without the other. Each row
// holds the hash of the one before; the file refuses to change or remove rows, and check_audit()
// finds it if somebody did so past the file's own rules.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipeline/desk/desk.h"

namespace pantau {

struct AuditRow {
  std::int64_t seq = 0;
  Instant at;
  StaffId staff = kNobody;
  std::string staff_name;
  std::string action;  // "sign_in", "read_item", "decide" …
  std::string object;  // "item/17", "case/3", "staff/2" …
  std::string detail;  // JSON
  std::string prev, hash;
};

// The bytes whose SHA-256 is the row's hash: each field behind its length, so that no two rows have
// the same. Whoever has the rows can check the chain with this alone.
std::string canonical_audit_bytes(const AuditRow& row);

struct AuditFilter {
  std::optional<StaffId> staff;
  std::string action;
  std::string object;
};

// Auditors. Newest first.
Answer<Listed<AuditRow>> list_audit(Desk& desk, const Caller& caller, const AuditFilter& filter,
                                    const Page& page);

struct AuditCheck {
  bool ok = true;
  std::int64_t rows = 0;
  std::optional<std::int64_t> broken_at;  // the first row that is not as it was written
  std::string what;                       // in words, if not ok
  std::string head;                       // the last row's hash: write it down elsewhere
};
// Reads the whole chain. Needs no caller: `pantau` itself may ask.
Result<AuditCheck> check_audit(Desk& desk);
// Adds a row about something that happened outside of the desk (an export was written, a bag was
// downloaded). `detail` is a JSON object.
Done add_audit(Desk& desk, const Caller& caller, std::string_view action, std::string_view object,
               std::string_view detail);

// What is held about one person and who looked at it: an answer to their question. Auditors; asking
// is audited itself. An empty `items` with rows in `reads`: it was held once.
struct PersonReport {
  SubjectDetail subject;
  struct Item {
    ItemSeq item = 0;
    std::string key, state, level, kind, platform, found_at, acted_at;
    std::string delete_after;  // a day: when retention takes it; "": while its case lasts
  };
  std::vector<Item> items;
  std::vector<std::string> cases;  // their numbers
  std::vector<AuditRow> reads;     // reads of these items, newest first, kReadsMax at most
};
inline constexpr std::size_t kReadsMax = 1000;
Answer<PersonReport> report_on_person(Desk& desk, const Caller& caller, const std::string& subject);

}  // namespace pantau
