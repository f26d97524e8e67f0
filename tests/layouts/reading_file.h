// A file as a sweep reads it, from opening to records.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "pipeline/archive/chunker.h"
#include "pipeline/archive/rows.h"
#include "tests/layouts/reading_text.h"

namespace pantau {

struct FileReading {
  std::string text;  // of every reading, behind the number of its line
  std::uint64_t rows = 0;
  std::uint64_t further = 0;  // readings behind the first of their row
  std::uint64_t acts = 0;
  std::uint64_t deletions = 0;
  std::map<std::string, std::uint64_t> not_acts;
  std::map<std::string, std::uint64_t> rejected;  // with the place, where one is told
  bool last_unended = false;

  static std::uint64_t total(const std::map<std::string, std::uint64_t>& counts) {
    std::uint64_t sum = 0;
    for (const auto& [name, count] : counts) sum += count;
    return sum;
  }
  bool adds_up() const {
    return rows + further == acts + deletions + total(not_acts) + total(rejected);
  }
};

inline void count_reading(const Reading& reading, FileReading& file) {
  switch (reading.is) {
    case Reading::Is::Act:
      file.acts++;
      break;
    case Reading::Is::Deletion:
      file.deletions++;
      break;
    case Reading::Is::NotAnAct:
      file.not_acts[std::string(reading.reason)]++;
      break;
    case Reading::Is::Rejected:
      file.rejected[std::string(reading.reason) + where_of(reading)]++;
      break;
  }
}

inline void read_chunk(const Chunk& chunk, LineReader& reader, FileReading& file) {
  Arena arena;
  if (chunk.framing == Framing::Documents) {
    reader.enter(chunk.surroundings ? std::string_view(*chunk.surroundings) : "", arena);
  }
  RowIterator rows(chunk);
  for (Row row; rows.next(row); file.rows++) {
    Record record;
    Reading reading = reader.read(row.bytes, record, arena);
    bool is_first = true;
    do {
      file.text += std::to_string(row.line) + ": " + text_of(reading, record);
      if (reading.is == Reading::Is::Act) {
        EXPECT_TRUE(record.actor.known() && is_platform_name(record.platform)) << file.text;
      }
      if (!is_first) file.further++;
      is_first = false;
      count_reading(reading, file);
    } while (reader.read_next(reading, record));
  }
}

inline FileReading read_whole_file(const Layout& layout, const std::filesystem::path& path,
                                   std::size_t chunk_bytes = 512 * 1024) {
  InputFile input;
  input.name = input.path = path.string();
  ChunkerOptions options;
  options.limits.chunk_bytes = chunk_bytes;
  const auto chunker = std::move(Chunker::open(input, options).value());
  EXPECT_TRUE(chunker->start(layout.framing_of(chunker->head()), {}, layout.arrays()));
  const auto reader = std::move(layout.make_reader(chunker->header()).value());
  FileReading file;
  while (const std::optional<Chunk> chunk = chunker->next().value()) {
    if (chunk->too_long) file.rejected["too_long"]++;
    if (chunk->too_long) file.rows++;
    read_chunk(*chunk, *reader, file);
  }
  file.last_unended = chunker->facts().last_unended;
  return file;
}

inline const Layout& recognised(const std::filesystem::path& path) {
  InputFile input;
  input.name = input.path = path.string();
  return recognise_layout(Chunker::open(input).value()->head());
}

inline std::string contents(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

// Outside material, which is not everywhere.
inline std::filesystem::path shared_data() {
  const char* const shared = std::getenv("PANTAU_SHARED_DATA");
  return shared != nullptr ? std::filesystem::path(shared)
                           : std::filesystem::path(PANTAU_SOURCE_DIR) / "../shared/data";
}

}  // namespace pantau
