// What live ingest keeps: how far each source was read, how it does, and what was found there.
//
// A source's cursor is committed in one transaction with the items of the answer that led
// there. So after a crash at any point neither is ahead of the other: nothing is lost, and what
// is asked for again is known by its key.
//
// It lives in the review queue's file. Nothing here can hold a record that gave no flag.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/result.h"
#include "pipeline/review/queue_hooks.h"
#include "pipeline/review/review_queue.h"

namespace pantau {

// How an item's bytes came over the network, so that whoever doubts them can ask again. Of the
// answer's body only the record's own bytes are kept (ReviewItem::received), since it holds other
// people's acts as well; the hash of the whole lets it be recognised.
struct ItemCapture {
  std::string request;        // the URL, without secrets
  int status = 0;             // 0: not HTTP (a frame of a stream)
  std::string headers;        // of the answer, a line each, cookies left out
  std::string received_at;    // RFC 3339, by our clock
  std::string server_time;    // RFC 3339, by the server's Date; empty: it gave none
  std::int64_t clock_ms = 0;  // server's clock minus ours, if it gave one
  std::string body_sha256;    // of the whole body, decoded
  std::uint64_t body_bytes = 0;
  std::string received_sha256;  // of ReviewItem::received
};

// An act that was changed after it had been made. If it still gives a flag, so does the new
// version, and its bytes are kept beside the first ones; else it is only said that it changed.
struct ItemEdit {
  std::string key;
  std::string edited_at;  // RFC 3339, UTC
  std::string reason;     // "edited, and still flagged" …
  std::string flag;       // of the new version; empty: it gives none
  std::string received;   // likewise
};

enum class SourceState : std::uint8_t {
  Ready,      // is being read
  Waiting,    // the platform asked for patience
  Failing,    // the last request had no good answer; is tried again
  Exhausted,  // all there is was read
  Stopped,    // cannot go on until a person does something
};
std::string_view name_of(SourceState state);  // "ready" …

// A row of the health table. The counts are of all runs.
struct SourceHealth {
  SourceState state = SourceState::Ready;
  std::string detail;       // why, for people
  std::string next_at;      // RFC 3339: when it is asked again, if not at once
  std::string answered_at;  // RFC 3339: when the last good answer came
  std::uint64_t requests = 0;
  std::uint64_t bytes = 0;
  std::uint64_t records = 0;
  std::uint64_t flags = 0;
  std::uint64_t deletions = 0;
  std::uint64_t edits = 0;
  std::uint64_t skipped = 0;   // what is no act
  std::uint64_t rejected = 0;  // what could not be read
  std::uint64_t faults = 0;
  std::uint64_t faults_in_a_row = 0;

  friend bool operator==(const SourceHealth&, const SourceHealth&) = default;
};

struct StoredSource {
  std::string name;
  std::string cursor;
  SourceHealth health;
};

// What one answer led to.
struct IngestCommit {
  std::string_view source;
  std::string_view cursor;
  std::span<const ReviewItem> items;
  std::span<const ItemCapture> captures;  // one for each item
  std::span<const ItemDeletion> deletions;
  std::span<const ItemEdit> edits;
  const SourceHealth* health = nullptr;
};

// Not thread-safe. Errors are of Fault::Storage; after one in commit() nothing of that commit is
// stored, unless the disk itself failed meanwhile (see ReviewQueue).
class IngestStore {
 public:
  virtual ~IngestStore() = default;

  // Makes the named sources of this sweep this object's own: a process that had them before gets
  // errors from now on. Returns them in the same order; a new one's cursor is "".
  virtual Result<std::vector<StoredSource>> begin(const std::string& sweep,
                                                  const std::string& mandate,
                                                  std::span<const std::string> sources) = 0;

  // All or nothing, and durable when it returns.
  virtual Result<QueueCounts> commit(const IngestCommit& commit) = 0;

  // How a source does, when there is nothing else to keep.
  virtual Status save_health(std::string_view source, const SourceHealth& health) = 0;
};

// `url` as for open_review_queue(); only SQLite queues can hold live ingest.
Result<std::unique_ptr<IngestStore>> open_ingest_store(std::string_view url, QueueHooks hooks = {});

// The sources of a sweep as they were last saved, in the order in which they first came.
Result<std::vector<StoredSource>> list_sources(std::string_view url, const std::string& sweep);

}  // namespace pantau
