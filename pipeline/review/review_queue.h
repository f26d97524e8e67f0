// The review queue: where findings wait for a person.
//
// Nothing here decides anything about anybody, and no call reaches outside.
// Items come in with the position that the sweep had reached, in one
// transaction, so after a crash the queue and the position always belong
// together: a sweep that is started again neither loses an item nor repeats
// one. What "again" means is the run's fingerprint: same inputs, same lists,
// same rules.
//
// The contract of every implementation is tests/review/review_queue_contract_test.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/result.h"

namespace pantau {

using RunId = std::int64_t;

// One rule's part in an item, for the quota that keeps a careless rule from
// burying the queue (CONTRACT.md §7, flags_per_day_max).
struct ItemRule {
  std::string rule;                     // "skb-2022/ajakan"
  std::uint32_t flags_per_day_max = 0;  // 0: no quota
};

// A candidate that the item's matches name; a contest-wide match has no candidate.
struct ItemCandidate {
  std::string contest;
  std::optional<std::string> candidate;
  std::string stage{};  // of the contest at the act's time: "campaign"
};

// A flag on its way into the queue, complete without the platform: it owns all
// that a person needs in order to judge.
struct ReviewItem {
  std::string key;       // CONTRACT.md §9; same finding, same key
  std::string flag;      // the flag's JSON, as --flags writes it
  std::string received;  // the line's bytes as they were read: the evidence
  std::string level;
  std::string subject;
  std::string category;
  std::string region;
  std::string ownership;
  std::string basis;  // the document that the roster's row rests on
  std::string platform;
  std::string kind;
  std::string acted_at;   // RFC 3339, UTC: the record's time
  std::string acted_day;  // "2024-11-27", in the sweep's time zone: the quota's day
  std::vector<ItemRule> rules;
  std::vector<ItemCandidate> candidates;
};

// An act that was taken back or removed later, as the platform said in so many words. It marks
// the item, it never removes it.
struct ItemDeletion {
  std::string key;
  std::string deleted_at;  // RFC 3339, UTC
  std::string reason = "deleted by its author";
};

// What a run is; two runs with the same fingerprint would do the same.
struct RunDescription {
  std::string sweep;
  std::string mandate;      // the assignment or legal basis; recorded with every item
  std::string fingerprint;  // of inputs, lists, rules and options
};

// Where a run stands. The texts are the sweep's own (JSON) and opaque here.
struct Checkpoint {
  std::string position;
  std::string statistics;
};

// An unfinished run with the same fingerprint, found again.
struct UnfinishedRun {
  Checkpoint checkpoint;
  std::vector<std::string> keys;  // of all flags that it has committed, in no certain order
};

struct Run {
  RunId id = 0;
  std::optional<UnfinishedRun> unfinished;  // nothing: begin at the beginning
};

// What one commit, or a whole run, did to the queue.
struct QueueCounts {
  std::uint64_t open = 0;     // new items that wait for review
  std::uint64_t held = 0;     // new items above a rule's quota
  std::uint64_t known = 0;    // their keys were in the queue before this commit reached them
  std::uint64_t deleted = 0;  // items marked as deleted by their authors

  friend bool operator==(const QueueCounts&, const QueueCounts&) = default;
};

enum class ItemState : std::uint8_t { Open, Held };

struct ListedItem {
  std::string key;
  ItemState state = ItemState::Open;
  std::string level;
  std::string flag;
  std::string received;
  std::string sweep;
  std::string mandate;
  std::optional<std::string> deleted_at;
};

// Not thread-safe: one sweep, one queue object. Several processes may have the
// same queue open.
//
// Errors are of Fault::Storage and say which queue. After one in commit() nothing
// of that commit is in the queue, unless the disk itself failed while it was made
// durable: then all of it may be, checkpoint included, and a run that goes on from
// the stored checkpoint is right in either case.
class ReviewQueue {
 public:
  virtual ~ReviewQueue() = default;

  // Goes on with the newest unfinished run of this sweep if its fingerprint and
  // mandate are the same, else starts a new one (an older unfinished run of the
  // sweep is then closed as abandoned; its items stay). From now on the run is this
  // object's: one that had it before, in a process that hangs or was started twice,
  // gets errors for it and can store nothing more under it.
  virtual Result<Run> begin_run(const RunDescription& description) = 0;

  // Adds the items whose keys are new, then marks deletions, remembers all the
  // items' keys as this run's, and saves the checkpoint: all or nothing, and durable
  // when it returns.
  //
  // Each new item counts once for each of its rules on its day, whichever run brings
  // it; it is open as long as one of its rules is within its quota (or has none, or
  // if it has no rule), else held. Of two items with one key the first stands, and
  // so does the first of two deletions; a deletion of what is no item is passed over.
  virtual Result<QueueCounts> commit(RunId run, std::span<const ReviewItem> items,
                                     std::span<const ItemDeletion> deletions,
                                     const Checkpoint& checkpoint) = 0;

  // Marks the run as done, keeps its summary, and forgets what only a resumption
  // needs. Returns what all of the run's commits did.
  virtual Result<QueueCounts> finish_run(RunId run, std::string_view summary) = 0;

  // Items in the order in which they came in, `limit` at most.
  virtual Result<std::vector<ListedItem>> list(ItemState state, std::size_t limit) = 0;
};

// Opens or creates the queue at `url`: "memory:" (for tests) or "sqlite:PATH".
// "postgresql://…" is refused as not available yet. Fault::Config for a URL that
// is none, Fault::Storage if the queue cannot be opened.
//
// A queue holds people's acts: a new file is its owner's only (0600), and so are
// the folders that are made on the way to it (0700). A file that is something
// else, or the queue of a newer pantau, is refused and left as it is.
Result<std::unique_ptr<ReviewQueue>> open_review_queue(std::string_view url);

// Checks a URL without opening anything, for a configuration that must be told
// whole before anything is stored.
Status check_review_queue_url(std::string_view url);

}  // namespace pantau
