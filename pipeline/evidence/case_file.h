// All that goes into an evidence bag, gathered by whoever has the case.
//
// It owns its bytes, so it may outlive the transaction that it was read in. A bag depends on it
// alone: no clock, no host name, no random number. The same case file gives the same bytes.
//
// Times are RFC 3339 in UTC. Texts are UTF-8; "" means that it is not known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pantau {

struct CaseSubject {
  std::string id;    // as in the roster: "S-000123"
  std::string name;  // masked in copies, as is the NIP
  std::string nip;
  std::string category;
  std::string agency;
  std::string position;
  std::string region;
};

// Whose favour the acts are suspected of; a contest-wide case has no candidate.
struct CaseCandidate {
  std::string contest;
  std::string contest_title;
  std::string candidate;
  std::string candidate_name;
};

// How received bytes came over the network, if they did (review/ingest_store.h).
struct CaseCapture {
  std::string request;
  std::int64_t status = 0;
  std::string headers;  // a line each
  std::string received_at;
  std::string server_time;
  std::optional<std::int64_t> clock_ms;  // server's clock minus ours
  std::string body_sha256;               // of the whole answer, of which `received` is a part
  std::uint64_t body_bytes = 0;
  std::string received_sha256;
};

// What was seen of the act later: that it was deleted, or edited.
struct CaseEvent {
  std::string event;  // "deleted", "edited"
  std::string at;
  std::string observed_at;
  std::string reason;
  std::string flag;      // JSON, of an edit that still gives a flag
  std::string received;  // likewise
};

// A span of the record's text that a pattern matched: bytes [start, end).
struct CaseSpan {
  std::string pattern;
  std::uint64_t start = 0;
  std::uint64_t end = 0;
};

// An item of the catalogue (SKB) that a rule or a reviewer proposes, in its own wording.
struct CaseProposal {
  std::string item;  // "DS-2"
  std::string wording;
  std::string legal_basis;
  std::string sanction;
};

// Why one rule spoke of an item.
struct CaseExplanation {
  std::string rule;  // "ajakan"
  std::string pack;  // "skb-2022@2024.1"
  std::string title_id;
  std::string title_en;
  std::string level;
  std::string link;  // what ties the act to the candidate, as the rule asks for it
  std::string via;   // what tied it
  std::string contest;
  std::string candidate;
  std::string account_type;
  std::string stage;
  std::string stage_class;  // "ethics", "discipline"
  std::vector<CaseProposal> proposes;
  std::vector<CaseSpan> spans;
};

struct CaseFact {
  std::string fact;  // "spouse", "duty" …
  std::string note;
  std::string staff;
  std::string at;
};

// A decision about an item, in the order in which they were made.
struct CaseDecision {
  std::uint64_t seq = 0;
  std::string at;
  std::string staff;
  std::string action;  // "propose", "confirm" …
  std::string reason;
  std::string note;
  std::vector<std::string> proposes;  // items of the catalogue, where the reviewer changed them
  std::string proposes_reason;
  std::string undone_at;  // "": it stands
};

struct CaseItem {
  std::uint64_t item = 0;  // its number in the queue
  std::string key;         // CONTRACT.md §9
  std::string state;
  std::string level;
  std::string platform;
  std::string kind;
  std::string acted_at;
  std::string found_at;
  std::string due_at;      // when the legal clock runs out
  std::string deleted_at;  // "": not deleted, as far as is known
  std::string sweep;
  std::string mandate;    // under which it was found
  std::string ownership;  // of the account: "declared" …
  std::string basis;      // the document that says so
  std::string received;   // the bytes as they were read: the evidence
  std::string record;     // canonical, JSON
  std::string flag;       // JSON, as --flags writes it
  std::string text;       // of the record; what spans point into
  std::optional<CaseCapture> capture;
  std::vector<CaseEvent> events;
  std::vector<CaseExplanation> explanations;
  std::vector<CaseDecision> decisions;
  std::vector<CaseFact> facts;
};

// A pack of rules as it was when it spoke.
struct CaseRuleText {
  std::string pack;     // "skb-2022"
  std::string version;  // "2024.1"
  std::string text;     // the pack's TOML
};

// How it was established that an account is the subject's.
struct CaseIdentityStep {
  std::string platform;
  std::string account;
  std::string description;
  std::string staff;
  std::string at;
  std::string media_type;
  std::string evidence;
  std::string evidence_sha256;  // as it was recorded with the step
};

struct CaseHandover {
  std::string to;
  std::string number;
  std::string staff;
  std::string at;
};

// A row of the audit log that is about this case, its items or its evidence.
struct CustodyRow {
  std::uint64_t seq = 0;  // in the whole log, from which these rows are picked
  std::string at;
  std::string staff;
  std::string action;
  std::string object;
  std::string detail;     // JSON
  std::string prev;       // hash of the log's row before, 64 hexadecimal digits
  std::string hash;       // SHA-256 of `canonical`
  std::string canonical;  // the bytes that were hashed; prev is in them, as it is written here
};

// Who takes part, so that a report can name people by more than their short name.
struct CaseStaff {
  std::string staff;
  std::string full_name;
  std::vector<std::string> roles;
};

// What a form asks for about the office; empty where nobody has configured it.
struct CaseOffice {
  std::string organisation;  // "Bawaslu Kabupaten …"
  std::string address;
  std::string assignment;  // number of the letter of assignment
  std::string place;       // where the report is signed
};

struct CaseFile {
  std::string number;  // "case-2026-000123": also the bag's name
  std::string state;
  std::string opened_at;
  std::string mandate;
  std::string timezone;  // IANA name, for the times that people read
  CaseSubject subject;
  CaseCandidate candidate;
  CaseOffice office;
  std::vector<CaseItem> items;
  std::vector<CaseRuleText> rules;
  std::vector<CaseIdentityStep> identity;
  std::optional<CaseHandover> handover;
  std::vector<CustodyRow> custody;  // by seq
  std::vector<CaseStaff> staff;

  std::string program_version;  // "pantau 0.1.0"
  std::string exported_by;
  std::string exported_at;  // the bag's only "now"
};

}  // namespace pantau
