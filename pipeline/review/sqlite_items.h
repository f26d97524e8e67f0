// Items of a queue in SQLite, as both the sweep's queue and live ingest write them.
#pragma once

#include <string>

#include "pipeline/review/ingest_store.h"
#include "pipeline/review/review_queue.h"
#include "pipeline/review/sqlite.h"

namespace pantau {

// Every call is part of the caller's transaction.
class ItemWriter {
 public:
  Status prepare(Database& database);

  // The new item's number, or nothing if its key is known. Counts it as open, held or known.
  Result<std::optional<std::int64_t>> add(RunId run, const ReviewItem& item,
                                          const std::string& found_at, QueueCounts& counts);

  // Marks an item, and tells when, why, and when we learned of it; passed over if there is none.
  Status mark_deleted(const ItemDeletion& deletion, const std::string& observed_at,
                      QueueCounts& counts);

  // The same for an edit; true if it was news.
  Result<bool> mark_edited(const ItemEdit& edit, const std::string& observed_at);

 private:
  Result<bool> count_rules(std::int64_t seq, const ReviewItem& item);

  Statement add_item_, hold_item_, add_rule_, count_flag_, add_candidate_;
  Statement mark_deleted_, tell_deleted_, tell_edited_;
};

}  // namespace pantau
