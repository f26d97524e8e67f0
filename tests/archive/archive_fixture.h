// What the tests of this folder share: files in a folder of their own, and the
// same bytes packed in every way.
#pragma once

#include <bzlib.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/archive/chunker.h"
#include "pipeline/archive/inputs.h"
#include "pipeline/archive/rows.h"

namespace pantau {

class ArchiveTest : public testing::Test {
 protected:
  ArchiveTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "pantau_test_XXXXXX").string();
    EXPECT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  ~ArchiveTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  InputFile write(const std::string& name, std::string_view bytes) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return input(name);
  }

  InputFile input(const std::string& name) const {
    InputFile file;
    file.name = name;
    file.path = path(name);
    return file;
  }

  std::filesystem::path folder_;
};

inline std::string gzipped(std::string_view bytes) {
  z_stream stream = {};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(deflateBound(&stream, bytes.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<unsigned int>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<unsigned int>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

inline std::string zstd_packed(std::string_view bytes) {
  ZSTD_CCtx* const context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size =
      ZSTD_compress2(context, packed.data(), packed.size(), bytes.data(), bytes.size());
  EXPECT_EQ(ZSTD_isError(size), 0u);
  packed.resize(size);
  ZSTD_freeCCtx(context);
  return packed;
}

inline std::string bzip2_packed(std::string_view bytes) {
  std::string packed(bytes.size() + bytes.size() / 50 + 1000, '\0');
  auto size = static_cast<unsigned int>(packed.size());
  EXPECT_EQ(BZ2_bzBuffToBuffCompress(packed.data(), &size, const_cast<char*>(bytes.data()),
                                     static_cast<unsigned int>(bytes.size()), 1, 0, 0),
            BZ_OK);
  packed.resize(size);
  return packed;
}

// A row as the tests compare it.
struct SeenRow {
  std::string bytes;
  std::uint64_t line = 0;
  std::uint64_t offset = 0;
  bool too_long = false;

  friend bool operator==(const SeenRow&, const SeenRow&) = default;
  friend void PrintTo(const SeenRow& row, std::ostream* out) {
    *out << row.line << "@" << row.offset << (row.too_long ? " too long " : " ")
         << testing::PrintToString(row.bytes);
  }
};

struct SeenFile {
  std::vector<SeenRow> rows;
  std::vector<FilePosition> positions;  // before each chunk, and at the end
  std::string header;
  std::string error;
  std::uint64_t bytes = 0;  // that the chunks account for
  std::size_t chunks = 0;
  FileFacts facts;
};

inline void add_rows(const Chunk& chunk, SeenFile& seen) {
  if (chunk.too_long) {
    seen.rows.push_back({std::string(chunk.bytes), chunk.line, chunk.offset, true});
  }
  RowIterator rows(chunk);
  Row row;
  while (rows.next(row)) {
    seen.rows.push_back({std::string(row.bytes), row.line, row.offset, false});
  }
}

inline void drain(Chunker& chunker, SeenFile& seen) {
  while (true) {
    const FilePosition before = chunker.position();
    seen.positions.push_back(before);
    Result<std::optional<Chunk>> chunk = chunker.next();
    if (!chunk) {
      seen.error = chunk.error().message;
      break;
    }
    if (!*chunk) break;
    EXPECT_EQ((*chunk)->offset, before.offset);
    EXPECT_EQ((*chunk)->line, before.line);
    EXPECT_FALSE((*chunk)->bytes.empty());
    seen.chunks++;
    seen.bytes += (*chunk)->bytes.size() + (*chunk)->bytes_skipped;
    EXPECT_EQ(chunker.position().offset,
              before.offset + (*chunk)->bytes.size() + (*chunk)->bytes_skipped);
    EXPECT_EQ(chunker.position().line, before.line + (*chunk)->lines);
    add_rows(**chunk, seen);
  }
  seen.header = chunker.header();
  seen.facts = chunker.facts();
}

// Everything that is in a file, as a consumer sees it.
inline SeenFile see(const InputFile& file, Framing framing, ChunkLimits limits = {},
                    FilePosition from = {}) {
  SeenFile seen;
  ChunkerOptions options;
  options.limits = limits;
  Result<std::unique_ptr<Chunker>> chunker = Chunker::open(file, options);
  if (!chunker) {
    seen.error = chunker.error().message;
    return seen;
  }
  const Status started = (*chunker)->start(framing, from);
  if (!started) {
    seen.error = started.error().message;
    return seen;
  }
  drain(**chunker, seen);
  return seen;
}

}  // namespace pantau
