// Records and texts in memory, as the stages of a sweep find them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "bench/material.h"
#include "bench/measure.h"
#include "classifiers/base/arena.h"
#include "classifiers/model/record.h"
#include "classifiers/rules/pattern.h"
#include "classifiers/text/fold.h"

namespace pantau::bench {

// So many records, at most, are kept read in memory.
inline constexpr std::size_t kRecordsMax = 200'000;

// The first records of an archive, read.
struct ReadArchive {
  const Archive* archive = nullptr;
  Arena arena;
  std::vector<Record> records;
  double share = 1;
};

// Kept for the whole run: several stages start from the same records.
ReadArchive& records_of(Material& material, Mix mix);

struct FoldedText {
  const Record* record = nullptr;
  FoldedView plain;
  FoldedView undisguised;
  bool differs = false;

  TextViews views() const { return {&plain, differs ? &undisguised : nullptr}; }
};

std::vector<FoldedText> fold_texts(const ReadArchive& read, std::size_t texts_max);

// Of all the archive's texts that are in memory.
double share_of_texts(const ReadArchive& read, std::size_t texts);

Work stage(const ReadArchive& read, std::uint64_t items, std::function<void()> run);

}  // namespace pantau::bench
