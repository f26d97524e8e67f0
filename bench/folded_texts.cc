#include "bench/folded_texts.h"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "bench/runs.h"

namespace pantau::bench {

ReadArchive& records_of(Material& material, Mix mix) {
  static std::map<Mix, ReadArchive> known;
  ReadArchive& read = known[mix];
  if (read.archive != nullptr) return read;
  const Archive& archive = material.archive(mix);
  read.archive = &archive;
  const std::size_t bytes_max = archive.lines.size() / archive.records * kRecordsMax;
  std::size_t chunks = 1;
  while (chunks < archive.chunks.size() && archive.chunks[chunks].chunk->offset < bytes_max) {
    chunks++;
  }
  read.records = read_records(std::span(archive.chunks).first(chunks), read.arena);
  read.share = static_cast<double>(read.records.size()) / static_cast<double>(archive.records);
  return read;
}

std::vector<FoldedText> fold_texts(const ReadArchive& read, std::size_t texts_max) {
  std::vector<FoldedText> texts;
  for (const Record& record : read.records) {
    if (record.text.empty()) continue;
    if (texts.size() == texts_max) break;
    FoldedText& text = texts.emplace_back();
    text.record = &record;
    fold(record.text, text.plain);
    text.differs = undisguise(text.plain, text.undisguised);
  }
  return texts;
}

double share_of_texts(const ReadArchive& read, std::size_t texts) {
  const auto of_all = std::ranges::count_if(
      read.records, [](const Record& record) { return !record.text.empty(); });
  return static_cast<double>(texts) / static_cast<double>(of_all);
}

Work stage(const ReadArchive& read, std::uint64_t items, std::function<void()> run) {
  return {read.archive, 1, 0, std::move(run), items, read.share};
}

}  // namespace pantau::bench
