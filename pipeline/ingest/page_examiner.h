// From a page of records to what is kept of it. Records die here: what gives no flag leaves no
// trace but a count.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "classifiers/engine.h"
#include "pipeline/ingest/source.h"
#include "pipeline/review/ingest_store.h"
#include "pipeline/sweep/finding.h"

namespace pantau {

struct PageFindings {
  std::vector<ReviewItem> items;
  std::vector<ItemCapture> captures;  // one for each item
  std::vector<ItemDeletion> deletions;
  std::vector<ItemEdit> edits;
};

class PageExaminer {
 public:
  PageExaminer(const Engine& engine, SweepName sweep);

  // Where a page comes from: `request` without secrets.
  struct Origin {
    const Request& request;
    const Answer& answer;
  };

  // The same classifiers and the same words as a sweep. Fills in what all records of live sources
  // have in common: provenance, and observed_at where the source gave none.
  PageFindings examine(Page& page, const Origin& origin);

 private:
  void keep_flag(const Flag& flag, const Page& page, const Origin& origin, PageFindings& found);
  void keep_edits_without_flag(const Page& page, const Origin& origin, PageFindings& found);
  const ItemCapture& capture_of(const Origin& origin);

  const Engine& engine_;
  SweepName sweep_;
  Engine::ScratchPtr scratch_;
  Findings findings_;
  std::vector<Record> records_;
  std::vector<bool> flagged_;
  std::optional<ItemCapture> capture_;  // of the page, made when the first flag asks for it
};

}  // namespace pantau
