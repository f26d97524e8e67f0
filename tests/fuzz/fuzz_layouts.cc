// Any bytes as a file, in any layout: opened, unpacked, cut into chunks, read.
//
// The first byte picks the layout, the second the size of the chunks; the rest
// is the file. What must hold: the chunks are the file, without a gap; a row is
// read the same whatever the chunks; every row that is not blank is one reading;
// and a record stays as it is when its reader goes on to the next line.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "classifiers/base/check.h"
#include "classifiers/base/csv.h"
#include "pipeline/archive/chunker.h"
#include "pipeline/archive/rows.h"
#include "pipeline/layouts/layout.h"
#include "tests/layouts/reading_text.h"

namespace pantau {
namespace {

// A file that exists only in memory, the same one for all inputs.
InputFile file_of(std::string_view bytes) {
  static const int fd = ::memfd_create("fuzzed", 0);
  CHECK(fd >= 0, "there is memory for a file");
  CHECK(::ftruncate(fd, 0) == 0, "it is ours");
  CHECK(::pwrite(fd, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()),
        "it is in memory");
  InputFile file;
  file.name = "fuzzed";
  file.path = "/proc/self/fd/" + std::to_string(fd);
  return file;
}

// A line of every layout, read in between to make a reader forget the last one.
constexpr std::string_view kOtherLine =
    R"({"platform":"x\u0079","kind":"po\u0073t","id":"\u0031","text":"\"other\"","actor":{"id":"2"}})";

struct Pass {
  std::string readings;
  std::uint64_t rows = 0;
  bool failed = false;
};

std::string texts_of(const std::vector<std::pair<Reading, Record>>& readings) {
  std::string text;
  for (const auto& [reading, record] : readings) text += text_of(reading, record);
  return text;
}

void read_rows(const Chunk& chunk, LineReader& reader, const std::string& other, Pass& pass) {
  RowIterator rows(chunk);
  Row row;
  Arena arena;
  Arena other_arena;
  std::uint64_t line = chunk.line;
  const bool in_documents = chunk.framing == Framing::Documents;
  if (in_documents) {
    reader.enter(chunk.surroundings ? std::string_view(*chunk.surroundings) : "", arena);
  }
  while (rows.next(row)) {
    CHECK(!is_blank(row.bytes), "blank rows are left out");
    // Some items may stand on one line, and a chunk may end before the line does.
    const std::uint64_t behind = chunk.line + chunk.lines + (in_documents ? 1 : 0);
    CHECK(row.line >= line && row.line < behind, "rows come in order");
    CHECK(row.bytes.data() == chunk.bytes.data() + (row.offset - chunk.offset), "offsets are true");
    CHECK(row.bytes.data() + row.bytes.size() <= chunk.bytes.data() + chunk.bytes.size(),
          "a row is in its chunk");
    line = row.line + (in_documents ? 0 : 1);
    std::vector<std::pair<Reading, Record>> readings(1);
    readings[0].first = reader.read(row.bytes, readings[0].second, arena);
    for (std::pair<Reading, Record> next; reader.read_next(next.first, next.second);) {
      readings.push_back(next);
    }
    const std::string text = texts_of(readings);
    for (const auto& [reading, record] : readings) {
      CHECK((reading.is == Reading::Is::Act || reading.is == Reading::Is::Deletion) ==
                reading.reason.empty(),
            "what is no act has a reason");
      CHECK(reading.is != Reading::Is::Act || record.actor.known(), "somebody acted");
      CHECK(reading.is != Reading::Is::Act || is_platform_name(record.platform), "somewhere");
    }
    Record other_record;
    static_cast<void>(reader.read(std::string_view(other).substr(0, kOtherLine.size()),
                                  other_record, other_arena));
    CHECK(text == texts_of(readings), "a record does not point into its reader");
    pass.readings += std::to_string(row.line) + ": " + text;
    pass.rows++;
  }
}

Pass read_file(const InputFile& file, const Layout& layout, ChunkLimits limits) {
  Pass pass;
  ChunkerOptions options;
  options.limits = limits;
  const auto opened = Chunker::open(file, options);
  if (!opened) return {"", 0, true};
  Chunker& chunker = **opened;
  static_cast<void>(recognise_layout(chunker.head()));
  if (!chunker.start(layout.framing_of(chunker.head()), {}, layout.arrays())) return {"", 0, true};
  const auto made = layout.make_reader(chunker.header());
  if (!made) return {"no reader", 0, false};
  const std::string other = std::string(kOtherLine) + std::string(kChunkPaddingBytes, ' ');
  while (true) {
    const FilePosition before = chunker.position();
    const Result<std::optional<Chunk>> next = chunker.next();
    if (!next) pass.failed = true;
    if (!next || !*next) return pass;
    const Chunk& chunk = **next;
    CHECK(chunk.offset == before.offset && chunk.line == before.line, "there is no gap");
    CHECK(!chunk.bytes.empty(), "a chunk holds something");
    if (chunk.too_long) {
      pass.readings += std::to_string(chunk.line) + ": too long\n";
      pass.rows++;
    }
    read_rows(chunk, **made, other, pass);
  }
}

}  // namespace
}  // namespace pantau

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pantau;
  if (size < 2) return 0;
  const Layout& layout = *all_layouts()[data[0] % all_layouts().size()];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  const InputFile file = file_of(bytes);
  constexpr std::size_t kLineBytesMax = 2000;
  const Pass whole = read_file(file, layout, {kLineBytesMax, kLineBytesMax});
  const Pass pieces = read_file(file, layout, {1 + std::size_t{data[1]}, kLineBytesMax});
  CHECK(whole.failed == pieces.failed, "damage does not depend on the chunks");
  CHECK(whole.rows == pieces.rows, "every row is read once");
  CHECK(whole.readings == pieces.readings, "and the same way");
  return 0;
}
