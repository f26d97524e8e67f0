// The desk: what people do with the items of the review queue.
//
// A Desk is one connection to the queue's file. All else here are functions over it, one header
// for each idea: staff.h, listing.h, claims.h, decisions.h, cases.h, audit.h, statistics.h,
// retention.h, packs.h, imports.h.
//
// The rules of the work (two people, a claim that holds, no decision overwritten) are CHECKs and
// triggers of the file itself (review/sqlite_desk_schema.cc): no program can step around them.
// Who may see what is asked in SQL, within the statement that reads or writes.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/result.h"
#include "classifiers/base/time.h"
#include "pipeline/desk/answer.h"

namespace pantau {

using ItemSeq = std::int64_t;
using PileId = std::int64_t;
using StaffId = std::int64_t;
using DecisionId = std::int64_t;
using BulkId = std::int64_t;
using CaseId = std::int64_t;

// Who asks, and when: the desk has no clock.
struct Caller {
  StaffId staff = 0;
  Instant now;
};

// Acts of the program itself (a retention run by a timer, first start) stand under this number.
inline constexpr StaffId kNobody = 0;

// A page of a list is asked for by where the last one ended.
struct Page {
  std::string after;       // "" or Listed::next of the page before
  std::size_t limit = 50;  // kPageRowsMax at most
};
inline constexpr std::size_t kPageRowsMax = 200;

template <class Row>
struct Listed {
  std::vector<Row> rows;
  std::string next;  // "": this was the last page
};

struct DeskState;  // the connection and its prepared statements

// Not thread-safe: one object for each thread. Several, in several processes, may have the same
// file open; writers wait for each other, `busy_timeout` at most.
class Desk {
 public:
  // `url` is "sqlite:PATH"; the file is made or brought up to date if need be. `zone` is the
  // sweep's: days are counted in it.
  static Result<std::unique_ptr<Desk>> open(
      std::string_view url, TimeZone zone,
      std::chrono::milliseconds busy_timeout = std::chrono::seconds(10));
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;
  ~Desk();

  // Makes the text index and the graph's links of items that came in since: `items_max` of them
  // at most, in one short transaction, so that a sweep's commit need not. Returns how many it did;
  // to be called until 0, at start and from time to time.
  Result<std::size_t> catch_up(std::size_t items_max = 2000);

  // After a fault of the disk a connection begins no transaction any more; this makes a new one in
  // its place, and nothing if there is no need. What was answered before is in the file: each
  // commit was synced. For who serves on, between two requests.
  Status mend();

  TimeZone zone() const;
  DeskState& state() { return *state_; }

 private:
  Desk(std::string path, std::chrono::milliseconds busy_timeout, std::unique_ptr<DeskState> state);
  std::string path_;
  std::chrono::milliseconds busy_timeout_;
  std::unique_ptr<DeskState> state_;
};

// Fault::Config unless `url` names a queue that is there: a desk makes its file where there is
// none, and some commands must find one.
Status need_queue(std::string_view url);

// What the roster knows of a person beyond what a flag may hold. It is kept for people who have
// items and for nobody else.
struct SubjectDetail {
  std::string subject;
  std::string name;
  std::string nip;
  std::string agency;
  std::string position;
};

// Takes over the details of those `details` who have items; returns how many had. Details of
// others are passed over. To be called when the service starts and after a roster's import.
Answer<std::size_t> fill_subject_details(Desk& desk, std::span<const SubjectDetail> details);

// Reads the details from a roster's CSV (CONTRACT.md §3), the first row of a subject counting. Rows
// that are not sound are passed over: the sweep that reads the same list tells them.
std::vector<SubjectDetail> read_subject_details(std::string_view csv);

}  // namespace pantau
